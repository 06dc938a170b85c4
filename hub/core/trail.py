"""What the trail tells: the kinds of changes, each in one sentence, and their facts.

A floor that changes stock, a price, a role or money hands its facts down as plain
data, before and after: whole cents (`…_cents`), days as "2026-06-18" (`…_on`), moments
as ISO text (`…_at`), rates in ten-thousandths (`…_bps`), hours as seconds from midnight
(`…_s`), counts, codes and names. The sentence names the subject, and the words of
each fact stand in `hub.core.trail_facts`.
"""

from dataclasses import dataclass
from enum import StrEnum

from hub.core.errors import N_


class Topic(StrEnum):
    """What a change is about, to look for it."""

    STOCK = "stock"
    PRICE = "price"
    ORDER = "order"
    MONEY = "money"
    ROLE = "role"
    CYCLE = "cycle"
    ROUTE = "route"
    PERSONAL = "personal"


TOPICS: dict[Topic, str] = {
    Topic.STOCK: N_("Stock"),
    Topic.PRICE: N_("Prices"),
    Topic.ORDER: N_("Orders and deliveries"),
    Topic.MONEY: N_("Money"),
    Topic.ROLE: N_("Roles and keys"),
    Topic.CYCLE: N_("Cycles"),
    Topic.ROUTE: N_("Routes and trucks"),
    Topic.PERSONAL: N_("Personal information"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """How a kind of change is filed and said; the sentence may name `subject`, and
    `about`, the person concerned."""

    topic: Topic
    sentence: str


class Kind(StrEnum):
    """A change that leaves a trace."""

    AVAILABILITY_POSTED = "availability_posted"
    AVAILABILITY_CLEARED = "availability_cleared"
    WEEK_EMPTY = "week_empty"
    OFFER_WITHDRAWN = "offer_withdrawn"
    OFFER_RESUMED = "offer_resumed"
    MINIMUM_SET = "minimum_set"
    MINIMUM_RULE = "minimum_rule"
    OFFER_MADE = "offer_made"
    OFFER_PRICED = "offer_priced"
    POOL_MADE = "pool_made"
    POOL_PRICED = "pool_priced"
    FAMILY_CHANGED = "family_changed"
    TIER_SET = "tier_set"
    MARGIN_SET = "margin_set"
    TRANSPORT_SET = "transport_set"
    FEE_SET = "fee_set"
    LIMIT_SET = "limit_set"
    AGREEMENT_MADE = "agreement_made"
    AGREEMENT_ENDED = "agreement_ended"
    TRUCK_PRICED = "truck_priced"
    ORDER_PLACED = "order_placed"
    ORDER_CHANGED = "order_changed"
    ORDER_CANCELLED = "order_cancelled"
    DEFAULT_AGREED = "default_agreed"
    DEFAULT_STOPPED = "default_stopped"
    DELIVERY_TAKEN_BACK = "delivery_taken_back"
    SHIPMENT_DECIDED = "shipment_decided"
    SHIPMENT_RESUMED = "shipment_resumed"
    INVOICE_ISSUED = "invoice_issued"
    INVOICE_CORRECTED = "invoice_corrected"
    PAYMENT_RECORDED = "payment_recorded"
    MONEY_RECEIVED = "money_received"
    PAYMENT_MATCHED = "payment_matched"
    PAYMENT_UNMATCHED = "payment_unmatched"
    PAYMENT_KEPT = "payment_kept"
    PAYMENT_TAKEN_BACK = "payment_taken_back"
    PAYMENT_REFUNDED = "payment_refunded"
    PAYMENTS_IMPORTED = "payments_imported"
    PAYMENTS_UNDONE = "payments_undone"
    CREDIT_USED = "credit_used"
    CREDIT_FREED = "credit_freed"
    CREDIT_REFUNDED = "credit_refunded"
    PAYMENT_RULE_SET = "payment_rule_set"
    PAYOUT_RECORDED = "payout_recorded"
    SELLER_DESCRIBED = "seller_described"
    TERMS_AGREED = "terms_agreed"
    FARM_LOAN_GRANTED = "farm_loan_granted"
    FARM_LOAN_REPAID = "farm_loan_repaid"
    FARM_LOAN_TAKEN_BACK = "farm_loan_taken_back"
    FUND_OPENED = "fund_opened"
    FUND_GUARD_SET = "fund_guard_set"
    FUND_LOT_ADDED = "fund_lot_added"
    FUND_DEPOSIT = "fund_deposit"
    FUND_LOT_PROLONGED = "fund_lot_prolonged"
    FUND_LOT_RETURNED = "fund_lot_returned"
    FUND_PUBLISHED = "fund_published"
    ENVELOPE_GRANTED = "envelope_granted"
    ENVELOPE_TOPPED_UP = "envelope_topped_up"
    ENVELOPE_WITHDRAWN = "envelope_withdrawn"
    PROGRAMME_WELCOMED = "programme_welcomed"
    PROGRAMME_PARTED = "programme_parted"
    DAY_SETTLED = "day_settled"
    DAY_REOPENED = "day_reopened"
    SETTLEMENT_RULE_SET = "settlement_rule_set"
    ROLE_GIVEN = "role_given"
    ROLE_ENDED = "role_ended"
    KEY_ISSUED = "key_issued"
    KEY_REVOKED = "key_revoked"
    WEBHOOK_ADDED = "webhook_added"
    WEBHOOK_CHANGED = "webhook_changed"
    WEBHOOK_ROTATED = "webhook_rotated"
    WEBHOOK_REMOVED = "webhook_removed"
    ORGANIZATION_WELCOMED = "organization_welcomed"
    ORGANIZATION_CHANGED = "organization_changed"
    CYCLE_MADE = "cycle_made"
    CYCLE_EDITED = "cycle_edited"
    CYCLE_OPENED = "cycle_opened"
    CYCLE_CANCELLED = "cycle_cancelled"
    CYCLE_CLOSED = "cycle_closed"
    CYCLE_REOPENED = "cycle_reopened"
    PLAN_PUBLISHED = "plan_published"
    PLAN_DISPATCHED = "plan_dispatched"
    PLAN_WITHDRAWN = "plan_withdrawn"
    LOAN_OFFERED = "loan_offered"
    LOAN_CONFIRMED = "loan_confirmed"
    LOAN_CANCELLED = "loan_cancelled"
    PERSONAL_READ = "personal_read"
    LICENCE_READ = "licence_read"
    PERSONAL_EXPORTED = "personal_exported"


KINDS: dict[str, Told] = {
    Kind.AVAILABILITY_POSTED: Told(
        Topic.STOCK, N_("What is available of “%(subject)s” was written.")
    ),
    Kind.AVAILABILITY_CLEARED: Told(
        Topic.STOCK, N_("What was available of “%(subject)s” was taken away.")
    ),
    Kind.WEEK_EMPTY: Told(
        Topic.STOCK, N_("“%(subject)s” said that it has nothing this week.")
    ),
    Kind.OFFER_WITHDRAWN: Told(
        Topic.STOCK, N_("“%(subject)s” was withdrawn from the lists.")
    ),
    Kind.OFFER_RESUMED: Told(Topic.STOCK, N_("“%(subject)s” is offered again.")),
    Kind.MINIMUM_SET: Told(
        Topic.STOCK, N_("The least that “%(subject)s” wants to sell was set.")
    ),
    Kind.MINIMUM_RULE: Told(
        Topic.STOCK,
        N_("“%(subject)s” stated what becomes of farms below their minimum."),
    ),
    Kind.OFFER_MADE: Told(Topic.PRICE, N_("“%(subject)s” was offered.")),
    Kind.OFFER_PRICED: Told(Topic.PRICE, N_("The offer “%(subject)s” was changed.")),
    Kind.POOL_MADE: Told(Topic.PRICE, N_("The pooled offer “%(subject)s” was opened.")),
    Kind.POOL_PRICED: Told(
        Topic.PRICE, N_("The pooled offer “%(subject)s” was changed.")
    ),
    Kind.FAMILY_CHANGED: Told(
        Topic.PRICE, N_("The product family “%(subject)s” was written.")
    ),
    Kind.TIER_SET: Told(Topic.PRICE, N_("The price tier “%(subject)s” was set.")),
    Kind.MARGIN_SET: Told(Topic.PRICE, N_("The margin of “%(subject)s” was set.")),
    Kind.TRANSPORT_SET: Told(
        Topic.PRICE, N_("The transport part of “%(subject)s” was set.")
    ),
    Kind.FEE_SET: Told(Topic.PRICE, N_("A fee of “%(subject)s” was set.")),
    Kind.LIMIT_SET: Told(Topic.PRICE, N_("The support of “%(subject)s” was limited.")),
    Kind.AGREEMENT_MADE: Told(
        Topic.PRICE, N_("A price tier was agreed with “%(subject)s”.")
    ),
    Kind.AGREEMENT_ENDED: Told(
        Topic.PRICE, N_("The price tier agreed with “%(subject)s” was ended.")
    ),
    Kind.TRUCK_PRICED: Told(Topic.PRICE, N_("What “%(subject)s” costs was set.")),
    Kind.ORDER_PLACED: Told(Topic.ORDER, N_("“%(subject)s” ordered.")),
    Kind.ORDER_CHANGED: Told(
        Topic.ORDER, N_("The order of “%(subject)s” was changed.")
    ),
    Kind.ORDER_CANCELLED: Told(
        Topic.ORDER, N_("The order of “%(subject)s” was cancelled.")
    ),
    Kind.DEFAULT_AGREED: Told(
        Topic.ORDER, N_("“%(subject)s” agreed to a default order.")
    ),
    Kind.DEFAULT_STOPPED: Told(
        Topic.ORDER, N_("“%(subject)s” took its default order back.")
    ),
    Kind.DELIVERY_TAKEN_BACK: Told(
        Topic.ORDER, N_("The delivery “%(subject)s”, noted by mistake, was taken back.")
    ),
    Kind.SHIPMENT_DECIDED: Told(
        Topic.ORDER, N_("The shipment “%(subject)s” was decided.")
    ),
    Kind.SHIPMENT_RESUMED: Told(
        Topic.ORDER, N_("The decision on the shipment “%(subject)s” was undone.")
    ),
    Kind.INVOICE_ISSUED: Told(Topic.MONEY, N_("Invoice %(subject)s was issued.")),
    Kind.INVOICE_CORRECTED: Told(Topic.MONEY, N_("Invoice %(subject)s was corrected.")),
    Kind.PAYMENT_RECORDED: Told(
        Topic.MONEY, N_("A payment of “%(subject)s” was recorded.")
    ),
    Kind.MONEY_RECEIVED: Told(
        Topic.MONEY, N_("Money received by “%(subject)s” was recorded.")
    ),
    Kind.PAYMENT_MATCHED: Told(
        Topic.MONEY, N_("A payment was matched with “%(subject)s”.")
    ),
    Kind.PAYMENT_UNMATCHED: Told(
        Topic.MONEY, N_("A payment is no longer matched with “%(subject)s”.")
    ),
    Kind.PAYMENT_KEPT: Told(
        Topic.MONEY,
        N_("A payment to “%(subject)s” that looked like another was kept."),
    ),
    Kind.PAYMENT_TAKEN_BACK: Told(
        Topic.MONEY, N_("A payment to “%(subject)s”, noted by mistake, was taken back.")
    ),
    Kind.PAYMENT_REFUNDED: Told(
        Topic.MONEY, N_("Money received by “%(subject)s” was sent back.")
    ),
    Kind.PAYMENTS_IMPORTED: Told(
        Topic.MONEY, N_("A file of the bank of “%(subject)s” was imported.")
    ),
    Kind.PAYMENTS_UNDONE: Told(
        Topic.MONEY, N_("A file of the bank of “%(subject)s” was taken back.")
    ),
    Kind.CREDIT_USED: Told(
        Topic.MONEY, N_("The credit of “%(subject)s” paid invoices.")
    ),
    Kind.CREDIT_FREED: Told(
        Topic.MONEY, N_("The credit of “%(subject)s” pays an invoice no more.")
    ),
    Kind.CREDIT_REFUNDED: Told(
        Topic.MONEY, N_("The credit of “%(subject)s” was given back.")
    ),
    Kind.PAYMENT_RULE_SET: Told(
        Topic.MONEY, N_("“%(subject)s” stated how payments are matched.")
    ),
    Kind.PAYOUT_RECORDED: Told(
        Topic.MONEY, N_("A payment to “%(subject)s” was recorded.")
    ),
    Kind.SELLER_DESCRIBED: Told(
        Topic.MONEY, N_("The head of the invoices of “%(subject)s” was written.")
    ),
    Kind.TERMS_AGREED: Told(
        Topic.MONEY, N_("When “%(subject)s” pays, or is paid, was agreed.")
    ),
    Kind.FARM_LOAN_GRANTED: Told(
        Topic.MONEY, N_("A loan was granted to “%(subject)s”.")
    ),
    Kind.FARM_LOAN_REPAID: Told(
        Topic.MONEY, N_("“%(subject)s” paid back a part of a loan.")
    ),
    Kind.FARM_LOAN_TAKEN_BACK: Told(
        Topic.MONEY, N_("A repayment of a loan of “%(subject)s” was taken back.")
    ),
    Kind.FUND_OPENED: Told(
        Topic.MONEY, N_("The solidarity fund of “%(subject)s” was opened.")
    ),
    Kind.FUND_GUARD_SET: Told(
        Topic.MONEY, N_("The guard of the solidarity fund of “%(subject)s” was set.")
    ),
    Kind.FUND_LOT_ADDED: Told(
        Topic.MONEY, N_("The money lot “%(subject)s” was added to the fund.")
    ),
    Kind.FUND_DEPOSIT: Told(
        Topic.MONEY, N_("Money was given to the fund, in the lot “%(subject)s”.")
    ),
    Kind.FUND_LOT_PROLONGED: Told(
        Topic.MONEY, N_("The last day of the money lot “%(subject)s” was moved.")
    ),
    Kind.FUND_LOT_RETURNED: Told(
        Topic.MONEY, N_("Money of the lot “%(subject)s” went back to its funder.")
    ),
    Kind.FUND_PUBLISHED: Told(
        Topic.MONEY, N_("The public page of the fund of “%(subject)s” was set.")
    ),
    Kind.ENVELOPE_GRANTED: Told(
        Topic.MONEY, N_("An envelope was granted to “%(subject)s”.")
    ),
    Kind.ENVELOPE_TOPPED_UP: Told(
        Topic.MONEY, N_("Money was added to the envelope of “%(subject)s”.")
    ),
    Kind.ENVELOPE_WITHDRAWN: Told(
        Topic.MONEY, N_("Money was taken back from the envelope of “%(subject)s”.")
    ),
    Kind.PROGRAMME_WELCOMED: Told(
        Topic.MONEY, N_("The programme “%(subject)s” was welcomed.")
    ),
    Kind.PROGRAMME_PARTED: Told(
        Topic.MONEY, N_("The programme “%(subject)s” may grant nothing more.")
    ),
    Kind.DAY_SETTLED: Told(Topic.MONEY, N_("A day of “%(subject)s” was settled.")),
    Kind.DAY_REOPENED: Told(
        Topic.MONEY, N_("A settled day of “%(subject)s” was reopened.")
    ),
    Kind.SETTLEMENT_RULE_SET: Told(
        Topic.MONEY, N_("“%(subject)s” stated how its transport is shared.")
    ),
    Kind.ROLE_GIVEN: Told(
        Topic.ROLE, N_("%(about)s was given a role in “%(subject)s”.")
    ),
    Kind.ROLE_ENDED: Told(
        Topic.ROLE, N_("A role of %(about)s in “%(subject)s” ended.")
    ),
    Kind.KEY_ISSUED: Told(Topic.ROLE, N_("The program “%(subject)s” was given a key.")),
    Kind.KEY_REVOKED: Told(Topic.ROLE, N_("The program “%(subject)s” was put out.")),
    Kind.WEBHOOK_ADDED: Told(
        Topic.ROLE, N_("“%(subject)s” is told what happens, by webhook.")
    ),
    Kind.WEBHOOK_CHANGED: Told(
        Topic.ROLE, N_("The webhook “%(subject)s” was changed.")
    ),
    Kind.WEBHOOK_ROTATED: Told(
        Topic.ROLE, N_("The webhook “%(subject)s” was given a new secret.")
    ),
    Kind.WEBHOOK_REMOVED: Told(
        Topic.ROLE, N_("The webhook “%(subject)s” was removed.")
    ),
    Kind.ORGANIZATION_WELCOMED: Told(Topic.ROLE, N_("“%(subject)s” became a member.")),
    Kind.ORGANIZATION_CHANGED: Told(
        Topic.ROLE, N_("The facts of “%(subject)s” were changed.")
    ),
    Kind.CYCLE_MADE: Told(Topic.CYCLE, N_("The cycle “%(subject)s” was prepared.")),
    Kind.CYCLE_EDITED: Told(Topic.CYCLE, N_("The cycle “%(subject)s” was changed.")),
    Kind.CYCLE_OPENED: Told(Topic.CYCLE, N_("The cycle “%(subject)s” was opened.")),
    Kind.CYCLE_CANCELLED: Told(
        Topic.CYCLE, N_("The cycle “%(subject)s” was given up.")
    ),
    Kind.CYCLE_CLOSED: Told(Topic.CYCLE, N_("The cycle “%(subject)s” was closed.")),
    Kind.CYCLE_REOPENED: Told(
        Topic.CYCLE, N_("The cycle “%(subject)s” was opened again.")
    ),
    Kind.PLAN_PUBLISHED: Told(
        Topic.ROUTE, N_("A plan of “%(subject)s” was published.")
    ),
    Kind.PLAN_DISPATCHED: Told(Topic.ROUTE, N_("The trucks of “%(subject)s” left.")),
    Kind.PLAN_WITHDRAWN: Told(
        Topic.ROUTE, N_("A plan of “%(subject)s” was withdrawn.")
    ),
    Kind.LOAN_OFFERED: Told(Topic.ROUTE, N_("The truck “%(subject)s” was offered.")),
    Kind.LOAN_CONFIRMED: Told(Topic.ROUTE, N_("The truck “%(subject)s” was borrowed.")),
    Kind.LOAN_CANCELLED: Told(
        Topic.ROUTE, N_("The loan of the truck “%(subject)s” was called off.")
    ),
    Kind.PERSONAL_READ: Told(
        Topic.PERSONAL, N_("Personal information of “%(subject)s” was read.")
    ),
    Kind.LICENCE_READ: Told(Topic.PERSONAL, N_("The licence of %(about)s was read.")),
    Kind.PERSONAL_EXPORTED: Told(
        Topic.PERSONAL, N_("Personal information of “%(subject)s” was exported.")
    ),
}

RULES: dict[str, str] = {
    "opening_hour": N_("The opening hour that was set has come."),
    "closing_hour": N_("The closing hour that was set has come."),
    "default_order": N_("A default order, agreed to before, was placed at the close."),
    "agreed_price": N_("The price agreed for the pool holds for each of its farms."),
    "next_agreement": N_("Another agreement of this buyer begins the day after."),
    "day_settled": N_("The day was billed as a whole."),
    "exact_payment": N_("It named its invoice and was its exact amount."),
}
"""Rules that change something with nobody deciding it at that moment."""


def kinds_of(topic: Topic) -> list[Kind]:
    """The kinds filed under a topic."""
    return [kind for kind in Kind if KINDS[kind].topic == topic]
