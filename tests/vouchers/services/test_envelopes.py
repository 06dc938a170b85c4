"""Granting an envelope, adding to it, taking back what is left."""

from datetime import date
from typing import Any

import pytest

from hub.ledger import statements
from hub.ledger.core.errors import KeyReused, NotEnoughMoney
from tests.factories import hub as ground
from tests.factories.vouchers import LONG_AGO, make_envelope, make_programme
from vouchers import selectors, services
from vouchers.core.errors import (
    EnvelopeBackwards,
    EnvelopeEnded,
    GrantReused,
    GroupNotServed,
    NotAGrant,
    NotAProgramme,
)
from vouchers.models import Envelope, ProgrammeHub

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 16)


def books(envelope):
    """What is left in the envelope, and what the programme has put in."""
    programme = f"programme:{envelope.programme.public_id}"
    return selectors.left_cents(envelope), statements.balance_cents(programme)


def grant(group, **terms):
    asked: dict[str, Any] = {"amount_cents": 5_000, "starts_on": TODAY} | terms
    return services.Grant(group=group, **asked)


def test_a_grant_moves_money_of_the_programme_into_the_envelope():
    envelope = make_envelope(ground.make_buyer(), amount_cents=5_000)

    assert books(envelope) == (5_000, -5_000)


def test_a_grant_sent_twice_is_made_once():
    group = ground.make_buyer()
    programme = make_programme(hub=group.hub)
    sent: dict[str, Any] = {
        "programme": programme,
        "grant": grant(group),
        "key": "k1",
    }

    first = services.grant_envelope(**sent, on=TODAY)
    second = services.grant_envelope(**sent, on=date(2026, 6, 17))

    assert (second, Envelope.objects.count(), books(first)) == (
        first,
        1,
        (5_000, -5_000),
    )


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [({"starts_on": date(2026, 6, 15)}, GrantReused), ({"amount_cents": 1}, KeyReused)],
)
def test_a_grant_sent_again_with_other_content_is_refused(changed, refusal):
    group = ground.make_buyer()
    programme = make_programme(hub=group.hub)
    first = services.grant_envelope(
        programme=programme, grant=grant(group), key="k1", on=TODAY
    )

    with pytest.raises(refusal):
        services.grant_envelope(
            programme=programme, grant=grant(group, **changed), key="k1", on=TODAY
        )

    assert (Envelope.objects.count(), books(first)) == (1, (5_000, -5_000))


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        ({"amount_cents": 0}, NotAGrant),
        ({"ends_on": date(2026, 6, 15)}, EnvelopeBackwards),
        ({"starts_on": LONG_AGO, "ends_on": date(2026, 6, 15)}, EnvelopeEnded),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused(terms, refusal):
    group = ground.make_buyer()

    with pytest.raises(refusal):
        services.grant_envelope(
            programme=make_programme(hub=group.hub),
            grant=grant(group, **terms),
            key="k1",
            on=TODAY,
        )

    assert Envelope.objects.count() == 0


def test_a_programme_grants_only_to_groups_of_hubs_it_works_with():
    group, programme = ground.make_buyer(), make_programme()

    with pytest.raises(GroupNotServed):
        services.grant_envelope(
            programme=programme, grant=grant(group), key="k1", on=TODAY
        )

    assert Envelope.objects.count() == 0


def test_a_hub_welcomes_a_programme_of_elsewhere_by_its_code():
    hub, programme = ground.make_hub(), make_programme()
    group = ground.make_buyer(hub=hub)

    services.welcome(hub=hub, code=programme.public_id, on=TODAY)
    services.welcome(hub=hub, code=programme.public_id, on=TODAY)

    envelope = services.grant_envelope(
        programme=programme, grant=grant(group), key="k1", on=TODAY
    )
    assert (ProgrammeHub.objects.count(), books(envelope)) == (1, (5_000, -5_000))


def test_only_the_code_of_a_programme_is_welcomed():
    hub = ground.make_hub()

    with pytest.raises(NotAProgramme):
        services.welcome(hub=hub, code=ground.make_farm().public_id, on=TODAY)

    assert ProgrammeHub.objects.count() == 0


def test_after_parting_what_was_granted_stands_and_nothing_more_is_granted():
    hub, programme = ground.make_hub(), make_programme()
    group = ground.make_buyer(hub=hub)
    services.welcome(hub=hub, code=programme.public_id, on=TODAY)
    envelope = make_envelope(group, programme=programme)

    services.part_with(hub=hub, programme=programme)

    with pytest.raises(GroupNotServed):
        services.grant_envelope(
            programme=programme, grant=grant(group), key="k2", on=TODAY
        )
    assert books(envelope) == (10_000, -10_000)


def test_money_added_twice_with_one_key_counts_once():
    envelope = make_envelope(ground.make_buyer())

    for _ in range(2):
        services.top_up(envelope=envelope, amount_cents=2_500, key="k1", on=TODAY)

    assert books(envelope) == (12_500, -12_500)


def test_nothing_is_added_to_an_envelope_that_has_ended():
    envelope = make_envelope(ground.make_buyer(), ends_on=date(2026, 6, 15))

    with pytest.raises(EnvelopeEnded):
        services.top_up(envelope=envelope, amount_cents=2_500, key="k1", on=TODAY)

    assert books(envelope) == (10_000, -10_000)


def test_what_is_left_is_taken_back_also_after_the_last_day():
    envelope = make_envelope(ground.make_buyer(), ends_on=date(2026, 6, 15))

    for _ in range(2):
        services.withdraw(envelope=envelope, amount_cents=10_000, key="k1", on=TODAY)

    assert books(envelope) == (0, 0)


def test_no_more_is_taken_back_than_is_left():
    envelope = make_envelope(ground.make_buyer())

    with pytest.raises(NotEnoughMoney):
        services.withdraw(envelope=envelope, amount_cents=10_001, key="k1", on=TODAY)

    assert books(envelope) == (10_000, -10_000)


def test_the_same_key_for_other_families_is_refused():
    group = ground.make_buyer()
    programme = make_programme(hub=group.hub)
    family = ground.make_family()
    made = services.grant_envelope(
        programme=programme, grant=grant(group), key="k1", on=TODAY
    )

    with pytest.raises(GrantReused):
        services.grant_envelope(
            programme=programme,
            grant=grant(group, families=(family,)),
            key="k1",
            on=TODAY,
        )

    assert books(made) == (5_000, -5_000)
