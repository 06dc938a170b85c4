"""Figures of the farms' stock, for reports and for the demo's proof."""

from producers.models import Availability


def units_reserved() -> dict[int, int]:
    """Units promised of each availability that has any, by id."""
    return dict(
        Availability.objects.filter(reserved__gt=0).values_list("pk", "reserved")
    )
