"""Words that pages of orders say: why a price, why a share, how long is left."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hub.core.errors import N_
from hub.templatetags.words import duration, money, percent_bps
from orders import selectors
from orders.core.reasons import sentence_of
from pricing.core.margins import WHOLE_BPS
from pricing.core.tiers import DEFAULT_TIERS

if TYPE_CHECKING:
    from hub.models import Cycle, Organization
    from orders.core.payment_matching import Reason
    from orders.core.terms import Terms
    from orders.models import PaymentTerms

TIERS = {tier.code: tier for tier in DEFAULT_TIERS}
DAY_S = 86_400


def reason_of(code: str, data: dict[str, Any]) -> str:
    """Why a line or a farm got what it got; nothing for no reason."""
    if not code:
        return ""
    return _(sentence_of(code)) % {
        name: money(value) if name.endswith("_cents") else value
        for name, value in data.items()
    }


def minimums_of(
    cycle: "Cycle", farm: "Organization | None" = None
) -> list[tuple[str, str]]:
    """Farms that a close found below their minimum, each with what came of it.

    With a farm, only that one.
    """
    return [
        (str(row["name"]), reason_of(row["code"], row["data"]))
        for row in selectors.unmet_at_close(cycle)
        if farm is None or row["farm"] == farm.public_id
    ]


def tier_name(code: str) -> str:
    """A tier as people call it."""
    tier = TIERS.get(code)
    return _(tier.label) if tier else code


def tier_words(multiplier_bps: int) -> str:
    """What a tier means for who pays, in one sentence."""
    share = percent_bps(multiplier_bps)
    if multiplier_bps < WHOLE_BPS:
        return _(
            "You pay %(share)s of the full price; the solidarity fund pays the rest."
        ) % {"share": share}
    if multiplier_bps > WHOLE_BPS:
        return _(
            "You pay %(share)s of the full price; what is above goes to the "
            "solidarity fund."
        ) % {"share": share}
    return _("You pay the full price: the farm, the transport and the hub.")


def price_words(draw_cents: int) -> str:
    """Why one unit costs this buyer what it costs."""
    if draw_cents > 0:
        return _("The solidarity fund pays %(amount)s of it.") % {
            "amount": money(draw_cents)
        }
    if draw_cents < 0:
        return _("Of it, %(amount)s goes to the solidarity fund.") % {
            "amount": money(-draw_cents)
        }
    return _("It is the full price.")


def time_left(closes_at: datetime, now: datetime) -> str:
    """How long buyers can still order; nothing once it is over."""
    left: timedelta = closes_at - now
    seconds = int(left.total_seconds())
    if seconds <= 0:
        return ""
    days = seconds // DAY_S
    if days >= 2:
        return ngettext("%(days)s day left", "%(days)s days left", days) % {
            "days": days
        }
    return _("%(time)s left") % {"time": duration(seconds)}


def terms_in_words(terms: "Terms | PaymentTerms") -> str:
    """When something is to be paid, as people say it."""
    days = {"days": terms.days}
    match terms.rule:
        case "on_delivery":
            return _("on delivery")
        case "when_paid":
            return _("when the buyer has paid")
        case "month_end" if terms.days == 0:
            return _("at the end of the month of the invoice")
        case "month_end":
            words = ngettext(
                "%(days)s day after the end of the month of the invoice",
                "%(days)s days after the end of the month of the invoice",
                terms.days,
            )
            return words % days
    words = ngettext(
        "%(days)s day after the invoice", "%(days)s days after the invoice", terms.days
    )
    return words % days


def terms_whom(side: str, member: "Organization | None") -> str:
    """Whose terms they are: a member's, or a whole side's."""
    if member is not None:
        return member.name
    return _("All farms") if side == "farm" else _("All buyers")


PAYMENT_REASONS: dict[str, str] = {
    "invoice_named": N_("It names invoice %(invoices)s."),
    "exact_amount": N_("It is exactly what is open of invoice %(invoices)s."),
    "exact_sum": N_("It is exactly the sum of invoices %(invoices)s."),
    "all_open": N_("It is exactly all that this buyer owes: %(invoices)s."),
    "several_sums": N_("Several of its invoices add up to this amount."),
    "learnt": N_("“%(payer)s” was matched with this buyer before."),
    "name": N_("The payer’s words name “%(buyer)s”."),
    "part_of_name": N_("The payer’s words resemble “%(buyer)s”."),
}
"""Why a payment may be a buyer's, by the codes of `orders.core.payment_matching`."""


def payment_reason(reason: "Reason") -> str:
    """Why a payment may be somebody's, in words."""
    return _(PAYMENT_REASONS[reason.code]) % reason.data
