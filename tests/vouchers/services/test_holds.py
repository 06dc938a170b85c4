"""Money of an envelope for an order: held, given back, spent at delivery."""

from datetime import date

import pytest

from hub.ledger import statements
from hub.ledger.core.accounts import AccountRef, Move
from hub.ledger.core.errors import HoldExhausted
from tests.factories import hub as ground
from tests.factories.vouchers import make_envelope
from vouchers import indicators, services
from vouchers.core.eligibility import Owed
from vouchers.core.errors import (
    EnvelopeChanged,
    EnvelopeEnded,
    EnvelopeNotBegun,
    EnvelopeOfAnother,
    EnvelopeTooLow,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 16)
BUYER = AccountRef("buyer:cuisine", floored=False)


@pytest.fixture
def envelope():
    return make_envelope(ground.make_buyer(), ends_on=TODAY)


def ask(envelope, owed_cents=3_000, **more):
    asked = {"group_id": envelope.group_id, "order": "commande", "version": 1} | more
    return services.Ask(envelope=envelope, owed=[Owed(1, owed_cents)], **asked)


def hold(envelope, owed_cents=3_000, *, earlier="", on=TODAY, **more):
    asked = ask(envelope, owed_cents, **more)
    return services.replace_hold(earlier_hold_key=earlier, ask=asked, on=on)


def money(envelope):
    """Granted, left, held, spent."""
    seen = indicators.envelope_seen(envelope, on=TODAY)
    return (seen.granted_cents, seen.left_cents, seen.held_cents, seen.spent_cents)


def pay(key, amount_cents):
    return services.capture_for_invoice(
        hold_key=key,
        key="invoice:1",
        amount_cents=amount_cents,
        moves_to=[Move(BUYER, amount_cents)],
        on=TODAY,
    )


def test_an_order_holds_what_it_owes(envelope):
    key = hold(envelope)

    assert key == f"envelope:{envelope.public_id}:commande:v1"
    assert money(envelope) == (10_000, 7_000, 3_000, 0)


def test_an_order_holds_no_more_than_is_left(envelope):
    hold(envelope, 14_000)

    assert money(envelope) == (10_000, 0, 10_000, 0)


def test_an_order_holds_the_part_wanted(envelope):
    hold(envelope, wanted_cents=1_200)

    assert money(envelope) == (10_000, 8_800, 1_200, 0)


def test_a_change_gives_back_first_and_may_use_it_again(envelope):
    first = hold(envelope, 9_000)

    hold(envelope, 9_500, earlier=first, version=2)

    assert money(envelope) == (10_000, 500, 9_500, 0)


def test_nothing_asked_gives_back_what_was_held(envelope):
    first = hold(envelope)

    again = services.replace_hold(earlier_hold_key=first, ask=None, on=TODAY)

    assert (again, money(envelope)) == ("", (10_000, 10_000, 0, 0))


def test_another_envelope_may_take_the_place_of_the_first(envelope):
    first, other = hold(envelope), make_envelope(envelope.group, amount_cents=500)

    hold(other, earlier=first, version=2)

    assert money(envelope) == (10_000, 10_000, 0, 0)
    assert money(other) == (500, 0, 500, 0)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"wanted_cents": 3_001}, EnvelopeTooLow),  # more than is owed
        ({"wanted_cents": 10_001, "owed_cents": 20_000}, EnvelopeTooLow),
        ({"expected_cents": 2_999}, EnvelopeChanged),
        ({"group_id": 0}, EnvelopeOfAnother),
        ({"on": date(2026, 6, 17)}, EnvelopeEnded),
        ({"on": date(2019, 12, 31)}, EnvelopeNotBegun),
    ],
)
def test_what_cannot_be_paid_is_refused_and_nothing_moves(envelope, more, refusal):
    with pytest.raises(refusal):
        hold(envelope, **more)

    assert money(envelope) == (10_000, 10_000, 0, 0)


def test_after_the_last_day_an_order_keeps_its_part_and_gets_no_more(envelope):
    first = hold(envelope)

    hold(envelope, 5_000, earlier=first, version=2, on=date(2026, 6, 17))

    assert money(envelope) == (10_000, 7_000, 3_000, 0)


def test_a_hold_shrinks_and_never_grows(envelope):
    key = hold(envelope)

    for occasion, to_cents in [("a", 2_000), ("a", 2_000), ("b", 2_500), ("c", 1_500)]:
        services.shrink_hold(
            hold_key=key, to_cents=to_cents, on=TODAY, occasion=occasion
        )

    assert money(envelope) == (10_000, 8_500, 1_500, 0)


def test_delivery_spends_the_hold_once_and_the_rest_comes_back(envelope):
    key = hold(envelope)

    for _ in range(2):
        pay(key, 2_200)
        services.release_hold(hold_key=key, on=TODAY)

    assert money(envelope) == (10_000, 7_800, 0, 2_200)
    assert statements.balance_cents(BUYER.code) == 2_200


def test_no_more_is_spent_than_is_held(envelope):
    key = hold(envelope)

    with pytest.raises(HoldExhausted):
        pay(key, 3_001)

    assert money(envelope) == (10_000, 7_000, 3_000, 0)


def test_the_movements_name_orders_and_not_people(envelope):
    key = hold(envelope)
    pay(key, 2_200)
    services.release_hold(hold_key=key, on=TODAY)

    lines = indicators.journal(envelope, page=1).lines

    told = [(each.what, each.order, each.in_cents, each.out_cents) for each in lines]
    assert told == [
        ("given_back", "commande", 800, None),
        ("spent", "commande", None, None),
        ("held", "commande", None, 3_000),
        ("granted", "", 10_000, None),
    ]
    assert [each.spent_cents for each in lines] == [None, 2_200, None, None]
