"""The list of a week as one searches it: a thousand rows, few words of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol

from producers.core.catalogue import ListedRow
from producers.selectors.sold import sold_in

if TYPE_CHECKING:
    from hub.models import Organization


class Member(Protocol):
    """What one farm gives to an item."""

    @property
    def farm_id(self) -> int: ...

    @property
    def farm_name(self) -> str: ...


class _Listing(NamedTuple):
    """One availability, as far as one chooses by it."""

    offer: str
    name: str
    label: str
    farm_id: int
    farm_name: str
    family_id: int
    family_name: str
    temperature_class: str
    is_organic: bool
    is_seconds: bool
    pool_id: int | None
    pool: str
    pool_name: str
    pool_family_id: int
    pool_family_name: str
    pool_temperature_class: str
    pool_is_active: bool


def listing_for(hub: Organization, week_on: date) -> list[ListedRow]:
    """The same rows as `offers_for`, as far as one chooses among them; one query.

    A list of a thousand rows is searched and cut into pages by these alone.
    """
    plain: list[ListedRow] = []
    pools: dict[int, list[_Listing]] = {}
    for row in map(_Listing._make, sold_in(hub, week_on, _Listing._fields)):
        if row.pool_id is None:
            plain.append(
                ListedRow(
                    row.family_name,
                    row.name,
                    row.offer,
                    row.label,
                    (row.farm_id,),
                    (row.farm_name,),
                    row.family_id,
                    row.temperature_class,
                    row.is_organic,
                    row.is_seconds,
                )
            )
        elif row.pool_is_active:
            pools.setdefault(row.pool_id, []).append(row)
    plain += [_listed_pool(members) for members in pools.values()]
    return sorted(plain)


def farms_behind(members: Iterable[Member]) -> dict[int, str]:
    """The farms that give to an item by their ids, in the order of their names."""
    named = {(member.farm_name, member.farm_id) for member in members}
    return {farm_id: name for name, farm_id in sorted(named)}


def _listed_pool(members: Sequence[_Listing]) -> ListedRow:
    pool = members[0]
    farms = farms_behind(members)
    return ListedRow(
        pool.pool_family_name,
        pool.pool_name,
        pool.pool,
        "",
        tuple(farms),
        tuple(farms.values()),
        pool.pool_family_id,
        pool.pool_temperature_class,
        all(member.is_organic for member in members),
        any(member.is_seconds for member in members),
    )
