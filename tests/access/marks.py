"""A hub's mark in every text that its people typed, to be found where it leaked."""

from collections.abc import Iterable

from django.db.models import Model

from hub.models import Cycle, Organization, Person, Place
from orders.models import Order
from pricing.models import FundLot
from producers.models import Availability, PooledOffer, Product, Variant
from routing.models import FleetPool, StopTap, Vehicle

TYPED: dict[type[Model], tuple[str, ...]] = {
    Organization: ("name", "contact_email", "contact_phone"),
    Person: ("email", "name", "phone"),
    Place: (
        "name",
        "address",
        "contact_name",
        "contact_phone",
        "access_note",
        "access_code",
    ),
    Cycle: ("name",),
    Product: ("name_fr", "name_en", "description"),
    Variant: ("label_fr", "label_en"),
    PooledOffer: ("name_fr", "name_en"),
    Availability: ("lot",),
    FundLot: ("source",),
    Order: ("note", "po_number"),
    FleetPool: ("name",),
    Vehicle: ("name", "plate"),
    StopTap: ("note", "receiver"),
}
"""What people type, by table."""


def mark_everything(rows: Iterable[Model], mark: str) -> None:
    """Write the mark into every text of these rows that a person types."""
    for row in rows:
        typed = {
            name: f"{mark} {name} {row.pk}"[: _length(row, name)]
            for name in TYPED.get(type(row), ())
        }
        if "email" in typed:
            typed["email"] = f"{mark.lower()}{row.pk}@exemple.test"
        if typed:
            type(row)._default_manager.filter(pk=row.pk).update(**typed)
            row.refresh_from_db()


def _length(row: Model, name: str) -> int | None:
    length: int | None = getattr(row._meta.get_field(name), "max_length", None)
    return length
