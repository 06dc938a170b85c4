"""Figures of a cycle, for reports and for the demo's proof."""

from django.db.models import Count, F, Q, Sum

from orders.models import LineSource, Order, OrderLine

LIVE = (Order.Status.PLACED, Order.Status.ALLOCATED)


def cycle_figures(*, cycle_id: int) -> dict[str, int]:
    """Confirmed orders of a cycle, their lines, and how many got all or less."""
    lines = OrderLine.objects.filter(order__cycle_id=cycle_id, order__status__in=LIVE)
    return lines.aggregate(
        orders=Count("order", distinct=True),
        lines=Count("pk"),
        allocated_lines=Count("pk", filter=Q(allocated__gt=0)),
        shortage_lines=Count("pk", filter=Q(allocated__lt=F("ordered"))),
    )


def units_behind_lines() -> dict[int, int]:
    """Units that live orders count on, by availability id."""
    rows = (
        LineSource.objects.filter(line__order__status__in=LIVE, reserved__gt=0)
        .values_list("availability_id")
        .annotate(units=Sum("reserved"))
    )
    return dict(rows)
