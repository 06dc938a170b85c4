"""A fund that helped some groups, and shows it to everybody."""

from django.db.models import Value
from django.db.models.functions import Concat

from hub.models import Organization
from orders import services as order_services
from pricing import services
from tests.factories.day import NOW, Day, deliver, make_day
from tests.factories.week import make_week


def helped(num_groups: int) -> Day:
    """A day on which so many groups order two cases at 80 %; every name is planted."""
    week = make_week(fund_cents=10_000)
    names = [f"g{number}" for number in range(num_groups)]
    day = make_day(
        wants=dict.fromkeys(names, (2, 0)),
        tiers=dict.fromkeys(names, "solidaire"),
        week=week,
    )
    for name in names:
        deliver(day, name)
        order_services.tell_households(
            order=day.orders[name], num_households=3, now=NOW
        )
    on = week.cycle.service_on
    order_services.bill_day(hub=week.hub, service_on=on, by=None, now=NOW)
    order_services.leave_figures(hub=week.hub, on=on, now=NOW)
    Organization.objects.filter(hub=week.hub).update(
        name=Concat(Value("Plantée "), "name")
    )
    grant = services.add_lot(
        fund=week.lot.fund,
        source="Bailleur planté",
        purpose="But planté",
        on=NOW.date(),
        kind="grant",
    )
    services.deposit(
        lot=grant,
        amount_cents=7_777,
        key=grant.public_id,
        on=NOW.date(),
        memo="Mémo planté",
    )
    services.publish_fund(fund=week.lot.fund, is_public=True)
    return day
