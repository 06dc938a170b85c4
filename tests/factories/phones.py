"""The phone of a truck: it counts its taps, and its clock may be wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from hub.models import Person
from routing import services
from routing.models import Route, Stop
from routing.selectors import driving

Tapped = dict[str, Any]


@dataclass
class Phone:
    """One phone on one route; `num_taps` is the counter of what it has said."""

    route: Route
    driver: Person | None = None
    num_taps: int = 0

    def tap(self, stop: Stop, kind: str, *, at: datetime, **said: Any) -> Tapped:
        """Say one thing of a stop; nothing is sent yet."""
        self.num_taps += 1
        return {
            "local_id": str(UUID(int=self.route.pk * 1_000_000 + self.num_taps)),
            "device": f"phone {self.route.pk}",
            "device_seq": self.num_taps,
            "stop": driving.name_of(stop),
            "kind": kind,
            "tapped_at": at.isoformat(),
            **said,
        }

    def handles(
        self, stop: Stop, *, at: datetime, came: Mapping[int, int] | None = None
    ) -> list[Tapped]:
        """All that is said of a stop: there, unloaded, loaded, left.

        `came` maps the pk of a shipment line to the cases put off here; of every other
        line all that is expected is.
        """
        goods = driving.route_goods(self.route)
        taps = [self.tap(stop, "arrived", at=at)]
        for kind, name in (("unload", "delivered"), ("load", "loaded")):
            lines = goods.at(goods.stops[driving.name_of(stop)], kind)
            if not lines:
                continue
            units = {pk: line.expected for pk, line in lines.items()}
            if kind == "unload":
                units |= {pk: n for pk, n in (came or {}).items() if pk in units}
            told = {str(pk): number for pk, number in units.items()}
            taps.append(self.tap(stop, name, at=at, quantities=told))
        return [*taps, self.tap(stop, "departed", at=at)]

    def send(
        self,
        taps: Iterable[Tapped],
        *,
        now: datetime,
        sent_at: datetime | None = None,
    ) -> list[services.TapAnswer]:
        """Send taps; the phone's clock is right unless `sent_at` says otherwise."""
        return services.apply_taps(
            route=self.route,
            person=self.driver,
            taps=list(taps),
            sent_at=sent_at or now,
            now=now,
        )
