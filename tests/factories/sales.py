"""A year of sales at three tiers, as invoices have them, without goods."""

from datetime import date, timedelta

from orders.core.billing import Parts
from orders.models import Order
from tests.factories.invoices import make_bare_invoice
from tests.factories.week import Week

TIERS = {"solidaire": 8_000, "juste_prix": 10_000, "soutien": 11_500}


def make_tier_order(week: Week, *, tier_code: str = "juste_prix") -> Order:
    """An order of nothing: its invoices are what counts."""
    return Order.objects.create(
        cycle=week.cycle,
        buyer=week.buyer,
        drop_point=week.drop_point,
        tier_code=tier_code,
        status=Order.Status.PLACED,
    )


def sold(full_cents: int, draw_cents: int) -> Parts:
    """A sale of one value at full price, of which the fund pays or gets a part."""
    return Parts(
        farm_cents=full_cents,
        draw_cents=draw_cents,
        buyer_cents=full_cents - draw_cents,
    )


def make_sales(week: Week, *, until: date, num_weeks: int) -> None:
    """Uneven weeks before the Monday of `until`, each tier in each of them."""
    monday = until - timedelta(days=until.weekday())
    orders = {code: make_tier_order(week, tier_code=code) for code in TIERS}
    number = 0
    for n in range(num_weeks, 0, -1):
        for code, multiplier_bps in TIERS.items():
            number += 1
            full_cents = 40_000 + (n * 7_919 + len(code) * 3_331) % 60_000
            draw_cents = full_cents * (10_000 - multiplier_bps) // 10_000
            make_bare_invoice(
                orders[code],
                number=number,
                on=monday - timedelta(weeks=n),
                parts=sold(full_cents, draw_cents),
            )
