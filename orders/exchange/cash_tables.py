"""What the tables of terms, cash and loans hold as files."""

from django.utils.translation import gettext_lazy as _

from hub.exchange.table import Table, column

TERMS = Table(
    name="terms",
    title=_("Payment terms"),
    is_personal=True,
    columns=(
        column(_("Member"), "whom"),
        column(_("To be paid"), "due"),
        column(_("Terms of its own"), "is_own", "yes"),
        column(_("Next"), "next"),
        column(_("From"), "next_on", "day"),
    ),
)
TABLES = (TERMS,)
