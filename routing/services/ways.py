"""Which travel provider the services measure with: the streets the project keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from routing.travel.base import TravelProvider


def streets() -> TravelProvider:
    """The known streets, read once a process."""
    # Here and not at the top: SciPy, Shapely and OSMnx cost seconds that only the
    # processes that measure should pay, not every web page.
    from routing.travel.road_graph import montreal_east

    return montreal_east()
