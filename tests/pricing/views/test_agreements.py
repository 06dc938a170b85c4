"""Agreements: granted and ended by the coordination, for buyers of its hub alone."""

from datetime import date, timedelta

import pytest

from pricing.models import TierAgreement
from tests.factories.hub import make_buyer, make_hub
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


def granted(priced):
    return list(
        TierAgreement.objects.filter(buyer=priced.group).values_list(
            "tier__code", "starts_on", "ends_on"
        )
    )


def typed(priced, **other):
    sound = {
        "buyer": priced.group.public_id,
        "tier": "solidaire",
        "starts_on": "2026-07-01",
        "ends_on": "",
    }
    return {**sound, **other}


def test_a_tier_is_granted_from_a_day_on(priced, enter):
    enter(priced.ana).post("/pricing/agreements/", typed(priced))

    assert granted(priced) == [("solidaire", date(2026, 7, 1), None)]


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"ends_on": "2026-06-30"}, "Une entente ne peut pas finir avant"),
        ({"starts_on": "demain"}, "Saisissez une date valide."),
        ({"tier": "gratuit"}, "Sélectionnez un choix valide."),
        ({"buyer": "ailleurs"}, "Sélectionnez un choix valide."),
    ],
)
def test_an_agreement_that_cannot_be_is_told_in_french(priced, enter, other, sentence):
    answer = enter(priced.ana, "fr-ca").post(
        "/pricing/agreements/", typed(priced, **other)
    )

    page = answer.content.decode().replace("\u00a0", " ")
    assert (answer.status_code, page.count(sentence)) == (422, 1)
    assert granted(priced) == []


def test_a_buyer_of_another_hub_cannot_be_chosen(priced, enter):
    foreign = make_buyer()

    answer = enter(priced.ana).post(
        "/pricing/agreements/", typed(priced, buyer=foreign.public_id)
    )

    assert (answer.status_code, TierAgreement.objects.count()) == (422, 0)


def test_an_agreement_ends_today_with_one_press(priced, enter):
    client = enter(priced.ana)
    begun = (TODAY - timedelta(days=9)).isoformat()
    client.post("/pricing/agreements/", typed(priced, starts_on=begun))

    client.post(
        f"/pricing/agreements/{priced.group.public_id}/end/", {"starts_on": begun}
    )

    assert granted(priced) == [("solidaire", TODAY - timedelta(days=9), TODAY)]


@pytest.mark.parametrize("day", ["2026-07-02", "2026-02-31", "", "x"])
def test_an_agreement_that_is_not_there_is_not_ended(priced, enter, day):
    client = enter(priced.ana)
    client.post("/pricing/agreements/", typed(priced))

    answer = client.post(
        f"/pricing/agreements/{priced.group.public_id}/end/", {"starts_on": day}
    )

    assert answer.status_code == 404
    assert granted(priced) == [("solidaire", date(2026, 7, 1), None)]


def test_the_agreement_of_another_hub_is_not_ended(priced, enter):
    elsewhere = make_hub()
    foreign = make_buyer(hub=elsewhere)
    tier = elsewhere.price_tiers.create(code="solidaire", first_multiplier_bps=8_000)
    kept = TierAgreement.objects.create(tier=tier, buyer=foreign, starts_on=TODAY)

    answer = enter(priced.ana).post(
        f"/pricing/agreements/{foreign.public_id}/end/",
        {"starts_on": TODAY.isoformat()},
    )

    kept.refresh_from_db()
    assert (answer.status_code, kept.ends_on) == (404, None)
