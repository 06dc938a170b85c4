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
KINDS = {"buyer": _("A buyer pays"), "farm": _("A farm is paid")}
FLOWS = Table(
    name="flows",
    title=_("Who pays and who is paid"),
    is_personal=True,
    columns=(
        column(_("Day"), "on", "day"),
        column(_("Movement"), "kind", words=KINDS),
        column(_("Member"), "whom"),
        column(_("Invoice"), "name"),
        column(_("Amount"), "cents", "cents"),
    ),
)
CASH_DAYS = Table(
    name="cash_days",
    title=_("Cash by day"),
    columns=(
        column(_("Day"), "on", "day"),
        column(_("Comes in"), "in_cents", "cents"),
        column(_("Goes out"), "out_cents", "cents"),
        column(_("In the bank"), "position_cents", "cents"),
    ),
)
LATE = Table(
    name="late",
    title=_("Late invoices"),
    is_personal=True,
    columns=(
        column(_("Buyer"), "buyer.name"),
        column(_("Invoice"), "name"),
        column(_("Payable by"), "due_on", "day"),
        column(_("Days late"), "age_days", "count"),
        column(_("Amount"), "cents", "cents"),
    ),
)
PAYOUTS_DUE = Table(
    name="payouts_due",
    title=_("Farms to pay"),
    is_personal=True,
    columns=(
        column(_("Farm"), "farm.name"),
        column(_("Due"), "gross_cents", "cents"),
        column(_("Withheld for loans"), "withheld_cents", "cents"),
        column(_("Carried over"), "carried_cents", "cents"),
        column(_("To pay"), "net_cents", "cents"),
    ),
)
LOANS = Table(
    name="farm_loans",
    title=_("Loans to farms"),
    is_personal=True,
    columns=(
        column(_("Farm"), "farm.name"),
        column(_("What for"), "purpose"),
        column(_("Lent on"), "granted_on", "day"),
        column(_("Lent"), "amount_cents", "cents"),
        column(_("Came back"), "repaid_cents", "cents"),
        column(_("Left"), "left_cents", "cents"),
    ),
)
INSTALMENTS = Table(
    name="instalments",
    title=_("Instalments"),
    is_personal=True,
    columns=(
        column(_("Day"), "due_on", "day"),
        column(_("Amount"), "amount_cents", "cents"),
        column(_("Came back"), "repaid_cents", "cents"),
        column(_("Left"), "left_cents", "cents"),
    ),
)
COMING = Table(
    name="coming",
    title=_("What you have coming"),
    is_personal=True,
    columns=(
        column(_("Day"), "on", "day"),
        column(_("Waits for the buyer"), "waits", "yes"),
        column(_("Due"), "gross_cents", "cents"),
        column(_("Withheld for loans"), "withheld_cents", "cents"),
        column(_("You will be paid"), "net_cents", "cents"),
    ),
)
TABLES = (
    TERMS,
    FLOWS,
    CASH_DAYS,
    LATE,
    PAYOUTS_DUE,
    LOANS,
    INSTALMENTS,
    COMING,
)
