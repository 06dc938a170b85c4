"""The page of prices: what is typed is kept, what is wrong is told, nothing moves."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pricing import selectors
from pricing.models import MarginRule, PriceTier, TransportRule
from tests.factories.hub import make_coordinator, make_hub

pytestmark = pytest.mark.django_db

TIERS = {
    "solidaire": "75,5",
    "juste_prix": "100",
    "soutien": "107.5",
    "starts_on": "2026-06-16",
}
TRANSPORT = {
    "frozen": "0,25",
    "chilled": "0,20",
    "ambient": "0",
    "starts_on": "2026-07-01",
}


def shown(client, url):
    return client.get(url).content.decode().replace("\u00a0", " ")


def tiers_of(hub):
    tiers = selectors.tiers_of(hub_id=hub.pk, on=timezone.localdate())
    return {tier.code: tier.multiplier_bps for tier in tiers}


def test_the_tiers_are_typed_with_a_comma_or_a_point(priced, enter):
    answer = enter(priced.ana).post(
        "/pricing/tiers/", {**TIERS, "solidaire_agreed": "on"}
    )

    agreed = PriceTier.objects.filter(hub=priced.hub, needs_agreement=True)
    assert answer.status_code == 302
    assert tiers_of(priced.hub) == {
        "solidaire": 7_550,
        "juste_prix": 10_000,
        "soutien": 10_750,
    }
    assert [tier.code for tier in agreed] == ["solidaire"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-5", "Écrivez un pourcentage du plein prix au-dessus de 0 et d’au plus"),
        ("0", "Écrivez un pourcentage du plein prix au-dessus de 0 et d’au plus"),
        ("200,01", "Écrivez un pourcentage du plein prix au-dessus de 0 et d’au"),
        ("beaucoup", "« beaucoup » n’est pas un pourcentage."),
        ("", "Ce champ est obligatoire."),
    ],
)
def test_a_tier_that_cannot_be_is_told_in_french_and_kept(
    priced, enter, typed, sentence
):
    before = tiers_of(priced.hub)

    answer = enter(priced.ana, "fr-ca").post(
        "/pricing/tiers/", {**TIERS, "solidaire": typed}
    )

    page = answer.content.decode().replace("\u00a0", " ")
    assert (answer.status_code, page.count(sentence)) == (422, 1)
    assert page.count('value="107.5"') == 1
    assert tiers_of(priced.hub) == before


def test_a_margin_is_shown_on_both_bases(priced, enter):
    client = enter(priced.ana)
    client.post(
        "/pricing/margin/",
        {"basis": "commission_on_price", "rate": "22", "starts_on": "2026-07-01"},
    )

    page = shown(client, "/pricing/")

    told = (
        "15% added to the farm’s price, which is 13.04% of the sale",
        "22% kept of the sale, which is a markup of 28.21%",
    )
    assert [page.count(sentence) for sentence in told] == [1, 1]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"rate": "-1"}, "Cette marge ne peut pas s’appliquer"),
        ({"rate": "100"}, "Cette marge ne peut pas s’appliquer"),
        (
            {"rate": "100", "basis": "markup_on_cost"},
            "Cette marge ne peut pas s’appliquer",
        ),
        ({"rate": "quinze"}, "« quinze » n’est pas un pourcentage."),
        ({"starts_on": "2026-02-31"}, "Saisissez une date valide."),
        ({"starts_on": "0026-02-01"}, "Assurez-vous que cette valeur est supérieure"),
        ({"basis": "autre"}, "Sélectionnez un choix valide."),
    ],
)
def test_a_margin_that_cannot_be_is_told_in_french_and_nothing_is_set(
    priced, enter, typed, sentence
):
    sound = {
        "basis": "commission_on_price",
        "rate": "21,75",
        "starts_on": "2026-07-01",
    }

    answer = enter(priced.ana, "fr-ca").post("/pricing/margin/", {**sound, **typed})

    page = answer.content.decode().replace("\u00a0", " ")
    assert (answer.status_code, page.count(sentence)) == (422, 1)
    assert MarginRule.objects.filter(hub=priced.hub).count() == 1


def test_the_transport_part_holds_from_its_date_on(priced, enter):
    enter(priced.ana).post("/pricing/transport/", TRANSPORT)

    rules = TransportRule.objects.filter(hub=priced.hub, starts_on=date(2026, 7, 1))
    assert dict(rules.values_list("temperature_class", "cents_per_kg")) == {
        "frozen": 25,
        "chilled": 20,
        "ambient": 0,
    }


@pytest.mark.parametrize("typed", ["-0,10", "dix"])
def test_a_transport_part_that_cannot_be_sets_none_of_the_three(priced, enter, typed):
    before = TransportRule.objects.filter(hub=priced.hub).count()

    answer = enter(priced.ana).post(
        "/pricing/transport/", {**TRANSPORT, "ambient": typed}
    )

    after = TransportRule.objects.filter(hub=priced.hub).count()
    assert (answer.status_code, after) == (422, before)
    assert f'value="{typed}"' in answer.content.decode()


def test_the_usual_split_shows_what_the_top_tier_repays(priced, enter):
    page = shown(enter(priced.ana), "/pricing/")

    # 25 x 0.20 = 5.00 $ asked, 25 x 0.15 = 3.75 $ given: 75 %, and 1.25 $ to find
    assert (
        "The high tiers repay 75% of the low ones; the fund must find $1.25 elsewhere "
        "for every 100 dollars sold." in page
    )


def test_another_split_is_weighed_without_script(priced, enter):
    page = shown(enter(priced.ana), "/pricing/?solidaire=10&juste_prix=60&soutien=30")

    assert "and the fund gains $2.50 for every 100 dollars sold." in page


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        ("solidaire=0&juste_prix=0&soutien=0", "Donnez à au moins un palier une part"),
        ("solidaire=-1&juste_prix=50&soutien=5", "Écrivez un pourcentage de 0 ou plus"),
        ("solidaire=x&juste_prix=50&soutien=5", "« x » n’est pas un pourcentage."),
        ("solidaire=10", "Ce champ est obligatoire."),
    ],
)
def test_a_split_that_weighs_nothing_is_told(priced, enter, shares, sentence):
    answer = enter(priced.ana, "fr-ca").get(f"/pricing/?{shares}")

    page = answer.content.decode().replace("\u00a0", " ")
    assert (answer.status_code, sentence in page) == (422, True)


def test_a_new_hub_begins_with_one_press_and_again_changes_nothing(enter, db):
    hub = make_hub()
    client = enter(make_coordinator(hub))
    for _ in range(2):
        client.post("/pricing/start/")

    assert (tiers_of(hub), MarginRule.objects.filter(hub=hub).count()) == (
        {"solidaire": 8_000, "juste_prix": 10_000, "soutien": 11_500},
        1,
    )


def test_a_member_reads_how_a_price_is_made_and_nothing_of_the_fund(priced, enter):
    page = shown(enter(priced.omar), "/pricing/explained/")

    # 20.00 + 10 kg x 0.10 + 15 % of 20.00 = 24.00; at 80 %, 19.20, the fund pays 4.80
    amounts = ("$20.00", "$1.00", "$3.00", "$24.00", "$19.20", "$4.80", "$27.60")
    assert [amount for amount in amounts if amount not in page] == []
    assert [
        word for word in ("/pricing/fund/", "Dons", "$100.00") if word in page
    ] == []


def test_the_pages_are_the_coordinations_alone(priced, enter):
    paths = ["", "agreements/", "fund/", "today/"]
    answers = [enter(priced.omar).get(f"/pricing/{path}").status_code for path in paths]

    assert answers == [404] * 4


@pytest.mark.parametrize("path", ["", "agreements/"])
def test_the_pages_ask_as_many_queries_for_many_rules_as_for_few(priced, enter, path):
    client, counts = enter(priced.ana), []
    for years in (range(2021, 2023), range(2023, 2040)):
        for year in years:
            MarginRule.objects.create(
                hub=priced.hub,
                basis="markup_on_cost",
                rate_bps=1_500,
                starts_on=date(year, 1, 1),
            )
            priced.hub.price_tiers.first().agreements.create(
                buyer=priced.group,
                starts_on=date(year, 1, 1),
                ends_on=date(year, 12, 31),
            )
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/pricing/{path}")
        counts.append(len(queries))

    assert counts[0] == counts[1]
