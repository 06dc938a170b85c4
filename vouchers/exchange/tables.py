"""What the tables of envelopes hold as files."""

from django.utils.translation import gettext_lazy as _

from hub.exchange.table import Table, column

WHAT_HAPPENED = {
    "granted": _("Granted by the programme"),
    "withdrawn": _("Taken back by the programme"),
    "held": _("Set aside for an order"),
    "given_back": _("Given back by an order"),
    "spent": _("Paid at delivery"),
    "corrected": _("Correction"),
}
"""The movements of an envelope, as people call them."""

ENVELOPES = Table(
    name="envelopes",
    title=_("Envelopes"),
    is_personal=True,
    columns=(
        column(_("Programme"), "seen.envelope.programme.name"),
        column(_("Group"), "seen.envelope.group.name"),
        column(_("From"), "seen.envelope.starts_on", "day"),
        column(_("Until"), "seen.envelope.ends_on", "day"),
        column(_("Only for"), "families"),
        column(_("Granted in all"), "seen.granted_cents", "cents"),
        column(_("Held"), "seen.held_cents", "cents"),
        column(_("Spent"), "seen.spent_cents", "cents"),
        column(_("What is left"), "seen.left_cents", "cents"),
    ),
)
ENVELOPE_JOURNAL = Table(
    name="envelope_journal",
    title=_("Movements"),
    columns=(
        column(_("What happened"), "what", words=WHAT_HAPPENED),
        column(_("Date"), "effective_on", "day"),
        column(_("Order"), "order"),
        column(_("Into the envelope"), "in_cents", "cents"),
        column(_("Out of it"), "out_cents", "cents"),
        column(_("Spent"), "spent_cents", "cents"),
    ),
)
PROGRAMMES = Table(
    name="programmes",
    title=_("Programmes"),
    columns=(
        column(_("Programme"), "programme.name"),
        column(_("Member of the hub"), "is_member", "yes"),
    ),
)
TABLES = (ENVELOPES, ENVELOPE_JOURNAL, PROGRAMMES)
