"""What the tables of orders hold as files: lists, lines, papers."""

from django.utils.translation import gettext_lazy as _

from hub.exchange.table import Table, column
from orders.exchange import cash_tables
from orders.exchange.words import TEMPERATURES

CYCLE_ORDERS = Table(
    name="cycle_orders",
    title=_("Orders of the cycle"),
    is_personal=True,
    columns=(
        column(_("Buyer"), "order.buyer.name"),
        column(_("Drop point"), "order.drop_point.name"),
        column(_("Price tier"), "tier"),
        column(_("Products"), "order.num_lines", "count"),
        column(_("Total"), "order.total_cents", "cents"),
        column(_("Paid by a programme"), "part.total_cents", "cents"),
        column(_("Programme"), "order.envelope.programme.name"),
        column(_("Placed by default"), "order.is_default", "yes"),
        column(_("Last changed by"), "order.changed_by"),
    ),
)
TIER_TOTALS = Table(
    name="tier_totals",
    title=_("Totals by price tier"),
    columns=(
        column(_("Price tier"), "name"),
        column(_("Orders"), "num_orders", "count"),
        column(_("Buyers pay"), "buyer_cents", "cents"),
        column(_("The fund adds"), "drawn_cents", "cents"),
        column(_("Given to the fund"), "given_cents", "cents"),
        column(_("To the farms"), "farm_cents", "cents"),
    ),
)
ALLOCATION = Table(
    name="allocation",
    title=_("What everyone gets"),
    is_personal=True,
    columns=(
        column(_("Product"), "product"),
        column(_("Buyer"), "line.order.buyer.name"),
        column(_("Drop point"), "line.order.drop_point.name"),
        column(_("Ordered"), "line.ordered", "count"),
        column(_("Given"), "line.allocated", "count"),
        column(_("Why"), "reason"),
    ),
)
FARM_ALLOCATION = Table(
    name="farm_allocation",
    title=_("What each farm gives"),
    columns=(
        column(_("Product"), "product"),
        column(_("Farm"), "name"),
        column(_("Quantity"), "units", "count"),
        column(_("Why"), "reason"),
    ),
)
PICK_LIST = Table(
    name="pick_list",
    title=_("Pick list"),
    columns=(
        column(_("Farm"), "farm"),
        column(_("Drop point"), "row.drop_point"),
        column(_("Product"), "row.product"),
        column(_("Packing"), "row.packing"),
        column(_("Lot"), "row.lot"),
        column(_("Temperature"), "row.temperature_class", words=TEMPERATURES),
        column(_("Quantity"), "row.units", "count"),
        column(_("Mass"), "row.mass_g", "grams"),
    ),
)
PACKING_LISTS = Table(
    name="packing_lists",
    title=_("Packing lists"),
    is_personal=True,
    columns=(
        column(_("Delivered"), "service_on", "day"),
        column(_("Drop point"), "drop_point"),
        column(_("Buyer"), "buyer"),
        column(_("Purchase order"), "po_number"),
        column(_("Product"), "product"),
        column(_("Packing"), "packing"),
        column(_("Farm"), "farm"),
        column(_("Lot"), "lot"),
        column(_("Temperature"), "temperature_class", words=TEMPERATURES),
        column(_("Crates"), "units", "count"),
        column(_("Mass"), "mass_g", "grams"),
    ),
)
LOT_LABELS = Table(
    name="lot_labels",
    title=_("Lot labels"),
    columns=(
        column(_("Product"), "product"),
        column(_("Packing"), "packing"),
        column(_("Lot"), "lot"),
        column(_("Temperature"), "temperature_class", words=TEMPERATURES),
        column(_("Drop point"), "drop_point"),
        column(_("Buyer"), "buyer"),
        column(_("Crates"), "num_crates", "count"),
    ),
)
SOLD = Table(
    name="sold",
    title=_("What was ordered"),
    columns=(
        column(_("Delivery"), "cycle.service_on", "day"),
        column(_("Cycle"), "cycle.name"),
        column(_("Status"), "cycle.get_status_display"),
        column(_("You will be paid"), "pay_cents", "cents"),
    ),
)
SOLD_IN = Table(
    name="sold_in",
    title=_("Quantities by product"),
    columns=(
        column(_("Product"), "0"),
        column(_("Quantity"), "1", "count"),
    ),
)
OPEN_CYCLES = Table(
    name="open_cycles",
    title=_("Open cycles"),
    columns=(
        column(_("Cycle"), "cycle.name"),
        column(_("Delivered on"), "cycle.service_on", "day"),
        column(_("Order before"), "cycle.closes_at", "moment"),
    ),
)
PRICE_LIST = Table(
    name="price_list",
    title=_("List of products"),
    columns=(
        column(_("Product"), "row.name"),
        column(_("Packing"), "row.label"),
        column(_("Farms"), "row.farm_names"),
        column(_("Temperature"), "row.temperature_class", words=TEMPERATURES),
        column(_("Organic"), "row.is_organic", "yes"),
        column(_("Seconds"), "row.is_seconds", "yes"),
        column(_("Mass"), "row.mass_g", "grams"),
        column(_("Full price"), "quote.unit.full_price_cents", "cents"),
        column(_("Price of one"), "quote.unit.price_cents", "cents"),
        column(_("Left"), "left", "count"),
        column(_("In the basket"), "quantity", "count"),
    ),
)
BASKET = Table(
    name="basket",
    title=_("Basket"),
    columns=(
        column(_("Product"), "title"),
        column(_("Farms"), "row.farm_names"),
        column(_("Quantity"), "quantity", "count"),
        column(_("Price of one"), "quote.unit.price_cents", "cents"),
        column(_("Total"), "quote.line.buyer_cents", "cents"),
    ),
)
ORDERS = Table(
    name="orders",
    title=_("My orders"),
    columns=(
        column(_("Delivery"), "order.cycle.service_on", "day"),
        column(_("Status"), "order.get_status_display"),
        column(_("Drop point"), "order.drop_point.name"),
        column(_("Price tier"), "tier"),
        column(_("Products"), "order.num_lines", "count"),
        column(_("Total"), "order.total_cents", "cents"),
    ),
)
ORDER_LINES = Table(
    name="order_lines",
    title=_("Products of the order"),
    columns=(
        column(_("Product"), "title"),
        column(_("Farms"), "farms"),
        column(_("Ordered"), "line.ordered", "count"),
        column(_("Given"), "line.allocated", "count"),
        column(_("Delivered"), "line.delivered", "count"),
        column(_("Billed"), "line.billed", "count"),
        column(_("Price of one"), "line.price_unit_cents", "cents"),
        column(_("The farm"), "line.farm_cents", "cents"),
        column(_("Transport"), "line.transport_cents", "cents"),
        column(_("Fees for the way"), "line.fees_cents", "cents"),
        column(_("The hub"), "line.margin_cents", "cents"),
        column(_("Paid by the solidarity fund"), "line.draw_cents", "cents"),
        column("TPS", "line.tps_cents", "cents"),
        column("TVQ", "line.tvq_cents", "cents"),
        column(_("Total"), "line.buyer_cents", "cents"),
        column(_("Why"), "reason"),
    ),
)
INVOICES = Table(
    name="invoices",
    title=_("Invoices"),
    is_personal=True,
    columns=(
        column(_("Number"), "number", "count"),
        column(_("Kind"), "get_kind_display"),
        column(_("Corrects"), "corrects.number", "count"),
        column(_("Buyer"), "buyer.name"),
        column(_("Delivered"), "service_on", "day"),
        column(_("Day in the books"), "effective_on", "day"),
        column(_("Payable by"), "due_on", "day"),
        column("TPS", "tps_cents", "cents"),
        column("TVQ", "tvq_cents", "cents"),
        column(_("Total"), "buyer_cents", "cents"),
        column(_("Paid by an envelope"), "envelope_cents", "cents"),
    ),
)
INVOICE_LINES = Table(
    name="invoice_lines",
    title=_("What is billed"),
    columns=(
        column(_("Product"), "title"),
        column(_("Farms"), "farms"),
        column(_("Taxable"), "is_taxed", "yes"),
        column(_("Quantity"), "quantity", "count"),
        column(_("Price of one"), "unit_cents", "cents"),
        column(_("Amount"), "price_cents", "cents"),
    ),
)
DAY_ORDERS = Table(
    name="day_orders",
    title=_("Orders of the day"),
    is_personal=True,
    columns=(
        column(_("Buyer"), "order.buyer.name"),
        column(_("Drop point"), "order.drop_point.name"),
        column(_("Delivered"), "num_delivered", "count"),
        column(_("On the road"), "awaited_farms"),
        column(_("Billed"), "is_billed", "yes"),
        column(_("Invoice"), "invoice.number", "count"),
        column(_("Total"), "invoice.buyer_cents", "cents"),
    ),
)
MOVEMENTS = Table(
    name="movements",
    title=_("Movements"),
    is_personal=True,
    columns=(
        column(_("Movement"), "name"),
        column(_("Day"), "line.effective_on", "day"),
        column(_("Amount"), "line.amount_cents", "cents"),
    ),
)
BUYERS_OWE = Table(
    name="buyers_owe",
    title=_("Buyers owe"),
    is_personal=True,
    columns=(
        column(_("Buyer"), "member.name"),
        column(_("Amount"), "cents", "cents"),
    ),
)
PAYMENTS_WAITING = Table(
    name="payments_waiting",
    title=_("Payments to match"),
    is_personal=True,
    columns=(
        column(_("Day of the bank"), "payment.received_on", "day"),
        column(_("Days waited"), "age_days", "count"),
        column(_("Amount"), "payment.amount_cents", "cents"),
        column(_("Still waiting"), "payment.left_cents", "cents"),
        column(_("Payer"), "payment.payer"),
        column(_("Reference"), "payment.reference"),
        column(_("Source"), "payment.get_source_display"),
        column(_("Looks like an earlier one"), "payment.is_undecided", "yes"),
        column(_("Likeliest buyer"), "likeliest"),
    ),
)
OPEN_INVOICES = Table(
    name="open_invoices",
    title=_("Open invoices"),
    is_personal=True,
    columns=(
        column(_("Number"), "number", "count"),
        column(_("Day in the books"), "issued_on", "day"),
        column(_("Still open"), "open_cents", "cents"),
    ),
)
FARMS_OWED = Table(
    name="farms_owed",
    title=_("Farms are owed"),
    is_personal=True,
    columns=(
        column(_("Farm"), "member.name"),
        column(_("Amount"), "cents", "cents"),
    ),
)
SIMULATED_MONTHS = Table(
    name="simulated_months",
    title=_("The past twelve months at these prices"),
    columns=(
        column(_("Month of"), "starts_on", "day"),
        column(_("Drawn, really"), "real_drawn_cents", "cents"),
        column(_("Given, really"), "real_given_cents", "cents"),
        column(_("Drawn, simulated"), "drawn_cents", "cents"),
        column(_("Given, simulated"), "given_cents", "cents"),
        column(_("To find elsewhere"), "net_cents", "cents"),
    ),
)
STATEMENTS = Table(
    name="statements",
    title=_("My statements"),
    is_personal=True,
    columns=(
        column(_("Day"), "0", "day"),
        column(_("Sales"), "1", "cents"),
    ),
)
STATEMENT = Table(
    name="statement",
    title=_("Statement"),
    is_personal=True,
    columns=(
        column(_("Product"), "title"),
        column(_("Delivered"), "service_on", "day"),
        column(_("Day in the books"), "on", "day"),
        column(_("Paper"), "paper"),
        column(_("Quantity"), "quantity", "count"),
        column(_("Amount"), "farm_cents", "cents"),
    ),
)
TABLES = (
    CYCLE_ORDERS,
    TIER_TOTALS,
    ALLOCATION,
    FARM_ALLOCATION,
    PICK_LIST,
    PACKING_LISTS,
    LOT_LABELS,
    SOLD,
    SOLD_IN,
    OPEN_CYCLES,
    PRICE_LIST,
    BASKET,
    ORDERS,
    ORDER_LINES,
    INVOICES,
    INVOICE_LINES,
    DAY_ORDERS,
    MOVEMENTS,
    BUYERS_OWE,
    PAYMENTS_WAITING,
    OPEN_INVOICES,
    FARMS_OWED,
    SIMULATED_MONTHS,
    STATEMENTS,
    STATEMENT,
    *cash_tables.TABLES,
)
