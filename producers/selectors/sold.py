"""What farms post for a week, read as plain values.

A list of a thousand rows is read often: as models, with product, farm, family and
pooled offer of each, it would take many times as long.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from hub.selectors import Blank, Prepared, one_of
from producers.models import Availability

if TYPE_CHECKING:
    from hub.models import Organization

_VARIANT = "offer__variant__"
_PRODUCT = f"{_VARIANT}product__"
_POOL = "offer__pooled_offer__"
_COLUMNS = {
    "availability_id": "pk",
    "quantity": "quantity",
    "reserved": "reserved",
    "price_cents": "price_cents",
    "lot": "lot",
    "offer_id": "offer_id",
    "offer": "offer__public_id",
    "unit": f"{_VARIANT}unit",
    "farm_id": f"{_PRODUCT}producer_id",
    "farm_name": f"{_PRODUCT}producer__name",
    "family_id": f"{_PRODUCT}family_id",
    "temperature_class": f"{_VARIANT}temperature_class",
    "mass_g": f"{_VARIANT}mass_g",
    "volume_ml": f"{_VARIANT}volume_ml",
    "taxability": f"{_PRODUCT}taxability",
    "is_organic": f"{_VARIANT}is_organic",
    "is_seconds": f"{_VARIANT}is_seconds",
    "pool_id": "offer__pooled_offer_id",
    "pool": f"{_POOL}public_id",
    "pool_family_id": f"{_POOL}family_id",
    "pool_temperature_class": f"{_POOL}temperature_class",
    "pool_mass_g": f"{_POOL}mass_g",
    "pool_volume_ml": f"{_POOL}volume_ml",
    "pool_taxability": f"{_POOL}taxability",
    "pool_price_cents": f"{_POOL}price_cents",
    "pool_is_active": f"{_POOL}is_active",
}
_NAMES = {
    "name": f"{_PRODUCT}name",
    "label": f"{_VARIANT}label",
    "family_name": f"{_PRODUCT}family__name",
    "pool_name": f"{_POOL}name",
    "pool_family_name": f"{_POOL}family__name",
}
"""What has a column for each language, without its ending."""


Which = Literal["all", "own", "pooled"]
"""Every row, or those of the items named: what farms sell alone, what they pool."""


def sold_in(
    hub: Organization,
    week_on: date,
    names: tuple[str, ...],
    which: Which = "all",
    *,
    items: Collection[str] = (),
    is_by_farm: bool = False,
) -> list[tuple[Any, ...]]:
    """The named columns of what farms of a hub post for a week and may sell.

    In the reader's language, as plain values, in no order unless asked: sorting a
    thousand names by the rules of a language takes the database as long as finding
    them. `items` are public ids, for the rows of these alone.
    """
    query = _query(names, which, is_by_farm, get_language() == "en")
    return query.rows(hub=hub.pk, week_on=week_on, items=list(items))


@cache
def _query(
    names: tuple[str, ...], which: Which, is_by_farm: bool, _is_english: bool
) -> Prepared:
    rows = Availability.objects.filter(
        offer__hub=Blank("hub"),
        week_on=Blank("week_on"),
        offer__is_active=True,
        offer__variant__is_active=True,
        offer__variant__product__is_active=True,
        offer__variant__product__producer__is_active=True,
    ).order_by()
    if which == "own":
        own = one_of("offer__public_id", "items")
        rows = rows.filter(own, offer__pooled_offer=None)
    if which == "pooled":
        rows = rows.filter(one_of("offer__pooled_offer__public_id", "items"))
    if is_by_farm:
        rows = rows.order_by("offer__variant__product__producer__name", "pk")
    return Prepared(
        rows.values_list(*(_COLUMNS.get(name) or _said(name) for name in names))
    )


def _said(name: str) -> Any:
    """A name in the reader's language; in French where it has no English one."""
    french = f"{_NAMES[name]}_fr"
    if get_language() != "en":
        return F(french)
    return Coalesce(NullIf(f"{_NAMES[name]}_en", Value("")), french)
