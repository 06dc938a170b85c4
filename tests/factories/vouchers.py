"""Envelopes of a programme, with money in them."""

from datetime import date
from itertools import count

from hub.models import Organization, ProductFamily
from tests.factories import hub as ground
from vouchers import services
from vouchers.models import Envelope

_numbers = count(1)
LONG_AGO = date(2020, 1, 1)


def make_programme(name: str = "", *, hub: Organization | None = None) -> Organization:
    """A voucher programme that belongs to a hub."""
    return ground.make_organization(
        Organization.Kind.PROGRAMME, name or f"Programme {next(_numbers)}", hub=hub
    )


def make_envelope(
    group: Organization,
    *,
    programme: Organization | None = None,
    amount_cents: int = 10_000,
    starts_on: date = LONG_AGO,
    ends_on: date | None = None,
    families: tuple[ProductFamily, ...] = (),
) -> Envelope:
    """An envelope of 100 $ for a group, open without end unless told otherwise."""
    return services.grant_envelope(
        programme=programme or make_programme(hub=group.hub),
        grant=services.Grant(
            group=group,
            amount_cents=amount_cents,
            starts_on=starts_on,
            ends_on=ends_on,
            families=families,
        ),
        key=f"grant-{next(_numbers)}",
        on=starts_on,
    )
