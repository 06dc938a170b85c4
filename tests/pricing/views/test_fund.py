"""The page of the fund: gifts once, lots, thresholds, a journal for the board."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pricing import accounts, indicators, selectors, services
from pricing.models import FundLot
from tests.factories.hub import make_buyer, make_coordinator, make_hub
from tests.factories.week import NOW, make_pricing

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


def shown(client, url="/pricing/fund/"):
    return client.get(url).content.decode().replace("\u00a0", " ")


def free_cents(priced):
    return selectors.fund_state(fund=priced.lot.fund, on=TODAY).free_cents


def gift(priced, **typed):
    sound = {
        "amount": "1 250,50",
        "lot": priced.lot.public_id,
        "memo": "Fondation",
        "key": str(uuid4()),
    }
    return {**sound, **typed}


def draw(priced, cents, number=1):
    services.replace_draw(
        hub_id=priced.hub.pk,
        buyer=priced.group.public_id,
        hold_key=accounts.draw_hold_key(
            hub=priced.hub.public_id, order=f"o{number}", version=1
        ),
        earlier_hold_key="",
        amount_cents=cents,
        on=TODAY,
    )


def test_a_gift_sent_twice_is_one_gift(priced, enter):
    sent = gift(priced)
    answers = [
        enter(priced.ana).post("/pricing/fund/deposit/", sent).status_code
        for _ in range(2)
    ]

    assert (answers, free_cents(priced)) == ([302, 302], 10_000 + 125_050)


def test_the_key_of_a_gift_used_for_another_amount_is_refused(priced, enter):
    sent = gift(priced)
    enter(priced.ana).post("/pricing/fund/deposit/", sent)

    answer = enter(priced.ana).post("/pricing/fund/deposit/", {**sent, "amount": "99"})

    assert (answer.status_code, free_cents(priced)) == (422, 10_000 + 125_050)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"amount": "0"}, "Inscrivez un montant au-dessus de zéro."),
        ({"amount": "-5"}, "Inscrivez un montant au-dessus de zéro."),
        ({"amount": "cent"}, "« cent » n’est pas un montant."),
        ({"lot": "ailleurs"}, "Sélectionnez un choix valide."),
    ],
)
def test_a_gift_that_cannot_be_is_told_in_french_and_what_was_typed_is_kept(
    priced, enter, typed, sentence
):
    answer = enter(priced.ana, "fr-ca").post(
        "/pricing/fund/deposit/", gift(priced, **typed)
    )

    page = answer.content.decode().replace("\u00a0", " ")
    assert (answer.status_code, page.count(sentence)) == (422, 1)
    assert 'value="Fondation"' in page
    assert free_cents(priced) == 10_000


def test_a_gift_to_the_lot_of_another_hub_is_refused(priced, enter):
    foreign = make_pricing(make_hub())

    answer = enter(priced.ana).post(
        "/pricing/fund/deposit/", gift(priced, lot=foreign.public_id)
    )

    state = selectors.fund_state(fund=foreign.fund, on=TODAY)
    assert (answer.status_code, free_cents(priced), state.free_cents) == (
        422,
        10_000,
        10_000,
    )


def test_a_lot_is_added_with_its_end_and_its_groups(priced, enter):
    enter(priced.ana).post(
        "/pricing/fund/lots/",
        {
            "source": "Ville",
            "kind": "grant",
            "purpose": "Paniers",
            "ends_on": "2026-06-30",
            "eligible": [priced.group.public_id],
        },
    )

    lot = FundLot.objects.get(source="Ville")
    assert (lot.kind, lot.purpose) == ("grant", "Paniers")
    assert (lot.fund, str(lot.ends_on), list(lot.eligible_groups.all())) == (
        priced.lot.fund,
        "2026-06-30",
        [priced.group],
    )


def test_a_lot_that_ended_or_for_a_foreign_group_is_refused(priced, enter):
    foreign = make_buyer()
    wrongs: list[dict[str, Any]] = [
        {"ends_on": "2020-01-01"},
        {"eligible": [foreign.public_id]},
    ]

    answers = [
        enter(priced.ana).post("/pricing/fund/lots/", {"source": "Ville", **wrong})
        for wrong in wrongs
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert FundLot.objects.filter(fund=priced.lot.fund).count() == 1


def test_thresholds_the_wrong_way_round_are_told_and_the_right_way_kept(priced, enter):
    client = enter(priced.ana, "fr-ca")
    refused = client.post("/pricing/fund/runway/", {"warn_weeks": 2, "stop_weeks": 5})
    taken = client.post("/pricing/fund/runway/", {"warn_weeks": 6, "stop_weeks": 1})

    priced.lot.fund.refresh_from_db()
    assert "L’avertissement doit" in refused.content.decode()
    assert (refused.status_code, taken.status_code) == (422, 302)
    assert (priced.lot.fund.warn_weeks, priced.lot.fund.stop_weeks) == (6, 1)


def test_the_guard_is_told_in_words(priced, enter):
    draw(priced, 8_000)
    told = []
    for warn_weeks, stop_weeks in [(1, 0), (4, 1), (5, 4)]:
        services.set_runway(
            fund=priced.lot.fund, warn_weeks=warn_weeks, stop_weeks=stop_weeks
        )
        page = shown(enter(priced.ana))
        words = ("All is well:", "Take care:", "Stopped:")
        told.append([word for word in words if word in page])

    assert told == [["All is well:"], ["Take care:"], ["Stopped:"]]


def test_the_journal_tells_each_movement_with_the_money_free_after_it(priced, enter):
    draw(priced, 2_500)

    journal = indicators.journal(fund=priced.lot.fund, page=1)
    page = shown(enter(priced.ana))

    assert [
        (line.verb, line.amount_cents, line.balance_cents) for line in journal.movements
    ] == [
        ("hold", -2_500, 7_500),
        ("post", 10_000, 10_000),
    ]
    assert "Set aside for an order" in page
    assert page.count(priced.group.name) == 1  # as a choice for a lot, not here


def test_the_journal_turns_its_pages_without_losing_the_balance(priced):
    for number in range(indicators.MOVEMENTS_PER_PAGE + 4):
        draw(priced, 100, number)

    pages = [indicators.journal(fund=priced.lot.fund, page=page) for page in (1, 2, 9)]

    last_of_first = pages[0].movements[-1]
    first_of_second = pages[1].movements[0]
    assert [page.number for page in pages] == [1, 2, 2]
    assert len(pages[1].movements) == 5
    assert (
        first_of_second.balance_cents + last_of_first.amount_cents
        == last_of_first.balance_cents
    )
    assert pages[1].movements[-1].balance_cents == 10_000


def test_a_hub_without_a_fund_opens_one(enter, db):
    hub = make_hub()
    client = enter(make_coordinator(hub))
    before = shown(client)
    client.post("/pricing/fund/open/")

    assert "Open a fund" in before
    assert "No movement yet." in shown(client)
    assert FundLot.objects.filter(fund__hub=hub, is_general=True).count() == 1


def test_the_page_asks_as_many_queries_for_many_lots_and_movements(priced, enter):
    client, counts = enter(priced.ana), []
    for numbers in (range(2), range(2, 12)):
        for number in numbers:
            lot = services.add_lot(
                fund=priced.lot.fund,
                source=f"Ville {number}",
                on=TODAY,
                eligible=[priced.group],
            )
            services.deposit(lot=lot, amount_cents=100, key=f"ville-{number}", on=TODAY)
        with CaptureQueriesContext(connection) as queries:
            client.get("/pricing/fund/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_panel_is_calm_when_nothing_is_to_do(priced, enter):
    panel = shown(enter(priced.ana), "/pricing/today/")

    assert "Prices are set, and the fund asks for nothing today." in panel


def test_the_panel_names_a_margin_to_set_a_fund_to_fill_and_money_that_ends(
    priced, enter
):
    lot = services.add_lot(
        fund=priced.lot.fund,
        source="Ville",
        on=TODAY,
        ends_on=TODAY + timedelta(days=30),
        eligible=[make_buyer(hub=priced.hub)],
    )
    services.deposit(lot=lot, amount_cents=500, key="ville", on=TODAY)
    draw(priced, 8_000)
    services.set_runway(fund=priced.lot.fund, warn_weeks=9, stop_weeks=1)
    priced.hub.margin_rules.all().delete()

    panel = shown(enter(priced.ana), "/pricing/today/")

    # 2 500 free over 8 000 in eight weeks: two weeks and a half
    told = (
        "No margin is in force: nothing can be priced",
        "The solidarity fund lasts 2 weeks only",
        "Ville: $5.00 to be spent by Thursday, July 16, 2026",
    )
    assert [sentence for sentence in told if sentence not in panel] == []


def grant_of(priced, *, cents=5_000, days=10):
    lot = services.add_lot(
        fund=priced.lot.fund,
        source="Ville",
        on=TODAY,
        kind="grant",
        ends_on=TODAY + timedelta(days=days),
    )
    services.deposit(lot=lot, amount_cents=cents, key="ville", on=TODAY)
    return lot


def test_the_last_day_of_a_lot_is_moved_and_an_earlier_one_is_told(priced, enter):
    lot = grant_of(priced)
    client, sent = enter(priced.ana), {"lot": lot.public_id, "why": "lettre"}

    answers = [
        client.post("/pricing/fund/prolong/", {**sent, "ends_on": day}).status_code
        for day in ("2026-06-20", "2026-12-31")
    ]

    lot.refresh_from_db()
    assert (answers, str(lot.ends_on)) == ([422, 302], "2026-12-31")


def test_money_given_back_twice_leaves_once_and_too_much_is_told(priced, enter):
    lot = grant_of(priced)
    client = enter(priced.ana)
    sent = {"lot": lot.public_id, "why": "fin", "amount": "20", "key": str(uuid4())}

    answers = [
        client.post("/pricing/fund/return/", {**sent, **typed}).status_code
        for typed in ({}, {}, {"amount": "30,01", "key": str(uuid4())})
    ]

    (seen,) = [
        each
        for each in indicators.lots_seen(fund=priced.lot.fund, on=TODAY)
        if each.lot == lot
    ]
    assert answers == [302, 302, 422]
    assert (seen.balance_cents, seen.returned_cents) == (3_000, 2_000)


def test_a_lot_that_ended_with_money_is_told_on_the_page_and_on_the_panel(
    priced, enter
):
    lot = grant_of(priced)
    FundLot.objects.filter(pk=lot.pk).update(ends_on=TODAY - timedelta(days=1))
    client = enter(priced.ana)

    page, panel = shown(client), shown(client, "/pricing/today/")

    assert "Ville ended on Monday, June 15, 2026 with $50.00 left" in page
    assert "Ville has ended with $50.00 left" in panel
