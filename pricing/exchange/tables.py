"""What the tables of prices and of the fund hold as files."""

from django.utils.translation import gettext_lazy as _

from hub.exchange.table import Table, column

TEMPERATURES = {
    "frozen": _("Frozen"),
    "chilled": _("Chilled"),
    "ambient": _("Ambient"),
}

MARGINS = Table(
    name="margins",
    title=_("Margin of the hub"),
    columns=(
        column(_("Kind"), "rule.get_basis_display"),
        column(_("Rate"), "rule.rate_bps", "basis_points"),
        column(_("On the other basis"), "other_bps", "basis_points"),
        column(_("From"), "rule.starts_on", "day"),
        column(_("In force"), "is_in_force", "yes"),
    ),
)
TRANSPORT = Table(
    name="transport_rules",
    title=_("Transport part"),
    columns=(
        column(_("Temperature"), "temperature_class", words=TEMPERATURES),
        column(_("Per kilogram"), "cents_per_kg", "cents"),
        column(_("Bears taxes"), "is_taxed", "yes"),
        column(_("From"), "starts_on", "day"),
    ),
)
MULTIPLIERS = Table(
    name="multipliers",
    title=_("Multipliers of the tiers"),
    columns=(
        column(_("Price tier"), "tier"),
        column(_("Share of the full price"), "row.multiplier_bps", "basis_points"),
        column(_("From"), "row.starts_on", "day"),
    ),
)
FEES = Table(
    name="fees",
    title=_("Fees for the way"),
    columns=(
        column(_("Leg of the way"), "get_leg_display"),
        column(_("Per unit"), "cents_per_unit", "cents"),
        column(_("Per kilogram"), "cents_per_kg", "cents"),
        column(_("Of the farm’s price"), "share_bps", "basis_points"),
        column(_("Bears taxes"), "is_taxed", "yes"),
        column(_("From"), "starts_on", "day"),
    ),
)
TAXES = Table(
    name="tax_rates",
    title=_("Sales taxes"),
    columns=(
        column(_("Class"), "get_goods_class_display"),
        column(_("Tax"), "code"),
        column(_("Rate (parts per million)"), "rate_ppm", "count"),
        column(_("From"), "starts_on", "day"),
        column(_("Until"), "ends_on", "day"),
    ),
)
LIMITS = Table(
    name="support_limits",
    title=_("Limits of support"),
    is_personal=True,
    columns=(
        column(_("Buyer"), "buyer.name"),
        column(_("Lowest price, of the farm’s price"), "floor_bps", "basis_points"),
        column(_("Most support a month"), "cap_cents", "cents"),
        column(_("Grant that lifts the floor"), "grant.source"),
        column(_("From"), "starts_on", "day"),
        column(_("Until"), "ends_on", "day"),
    ),
)
AGREEMENTS = Table(
    name="agreements",
    title=_("Agreements"),
    is_personal=True,
    columns=(
        column(_("Buyer"), "agreement.buyer.name"),
        column(_("Price tier"), "tier"),
        column(_("From"), "agreement.starts_on", "day"),
        column(_("Until"), "agreement.ends_on", "day"),
    ),
)
FUND_LOTS = Table(
    name="fund_lots",
    title=_("Money lots"),
    columns=(
        column(_("Source"), "name"),
        column(_("Kind of source"), "seen.lot.get_kind_display"),
        column(_("Purpose"), "seen.lot.purpose"),
        column(_("To be spent by"), "seen.lot.ends_on", "day"),
        column(_("Days left"), "seen.days_left", "number"),
        column(_("Only for"), "groups"),
        column(_("Received"), "seen.received_cents", "cents"),
        column(_("Free money"), "seen.balance_cents", "cents"),
        column(_("Held for orders"), "seen.held_cents", "cents"),
        column(_("Spent"), "seen.spent_cents", "cents"),
        column(_("Given back"), "seen.returned_cents", "cents"),
    ),
)
FUND_JOURNAL = Table(
    name="fund_journal",
    title=_("Journal of the free money"),
    columns=(
        column(_("What happened"), "name"),
        column(_("Date"), "movement.effective_on", "day"),
        column(_("Amount"), "movement.amount_cents", "cents"),
        column(_("Free after it"), "movement.balance_cents", "cents"),
    ),
)
TABLES = (
    MARGINS,
    TRANSPORT,
    MULTIPLIERS,
    FEES,
    TAXES,
    LIMITS,
    AGREEMENTS,
    FUND_LOTS,
    FUND_JOURNAL,
)
