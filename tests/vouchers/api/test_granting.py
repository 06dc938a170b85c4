"""A programme's program grants envelopes; a hub's welcomes programmes."""

from typing import Any

import pytest

from hub.models import Organization
from tests.factories.hub import (
    make_buyer,
    make_family,
    make_hub,
    make_organization,
)
from tests.factories.programs import let_in
from vouchers.models import Envelope

pytestmark = pytest.mark.django_db


def grant(group: Organization, **more: Any) -> dict[str, Any]:
    asked = {
        "group_id": group.public_id,
        "amount_cents": 50_000,
        "starts_on": "2026-06-01",
        "note": "Summer",
    }
    return asked | more


def test_an_envelope_is_granted_once_and_seen_by_its_group() -> None:
    hub = make_hub()
    programme = let_in(make_organization(Organization.Kind.PROGRAMME, hub=hub))
    group, family = make_buyer(hub=hub), make_family()
    asked = grant(group, families=[family.code])

    granted = programme.post("/envelopes", asked, key="grant-0001")
    again = programme.post("/envelopes", asked, key="grant-0001")
    programme.does(
        f"/envelopes/{granted.json()['id']}/withdraw", {"amount_cents": 20_000}
    )

    assert (granted.status_code, again.json()) == (201, granted.json())
    shown = let_in(group).reads(f"/envelopes/{granted.json()['id']}")
    assert shown == {
        **granted.json(),
        "granted_cents": 30_000,
        "left_cents": 30_000,
        "held_cents": 0,
        "spent_cents": 0,
    }
    assert (shown["families"], shown["note"]) == ([family.code], "Summer")
    moved = programme.reads(f"/envelopes/{shown['id']}/movements")
    assert [(row["what"], row["in_cents"]) for row in moved["items"]] == [
        ("withdrawn", None),
        ("granted", 50_000),
    ]
    assert [row["id"] for row in programme.reads("/groups")["items"]] == [
        group.public_id
    ]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"families": ["licorne"]}, "unknown_family"),
        ({"ends_on": "2026-05-31"}, "envelope_backwards"),
    ],
)
def test_a_grant_that_cannot_be_grants_nothing(more: dict[str, Any], code: str) -> None:
    hub = make_hub()
    programme = let_in(make_organization(Organization.Kind.PROGRAMME, hub=hub))

    answer = programme.refused("/envelopes", grant(make_buyer(hub=hub), **more))

    assert (answer, Envelope.objects.count()) == ((409, code), 0)


def test_a_programme_of_elsewhere_is_welcomed_and_left() -> None:
    elsewhere = make_organization(Organization.Kind.PROGRAMME, hub=make_hub())
    hub = let_in(make_hub())

    unknown = hub.refused("/programmes", {"code": "222222222222"})
    welcomed = hub.does("/programmes", {"code": elsewhere.public_id})
    known = hub.reads("/programmes")["items"]
    hub.does(f"/programmes/{elsewhere.public_id}/part")

    assert unknown == (409, "not_a_programme")
    assert (known, welcomed["id"]) == ([welcomed], elsewhere.public_id)
    assert hub.reads("/programmes")["items"] == []
