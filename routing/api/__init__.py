"""The routing floor through the API, one file per noun."""

from hub.api import Door
from routing.api import (
    adjusting,
    breakdowns,
    calendars,
    driving,
    planning,
    reopening,
    settling,
    tracks,
)

__all__ = ["router"]

router = Door()
for noun in (
    planning,
    adjusting,
    driving,
    breakdowns,
    settling,
    reopening,
    tracks,
    calendars,
):
    router.add_router("", noun.router)
