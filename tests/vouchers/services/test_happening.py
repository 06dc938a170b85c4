"""What programs of a programme and of a group are told of an envelope."""

from datetime import date

import pytest

from hub.ledger.core.errors import NotEnoughMoney
from tests.factories import hub as ground
from tests.factories.vouchers import make_envelope, make_programme
from tests.factories.webhooks import make_endpoint, told
from vouchers import services

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 16)


def test_money_granted_added_and_taken_back_is_told_once_each():
    group = ground.make_buyer()
    programme = make_programme(hub=group.hub)
    make_endpoint(group)
    make_endpoint(programme)
    envelope = make_envelope(group, programme=programme, amount_cents=5_000)

    for _turn in range(2):
        services.top_up(envelope=envelope, amount_cents=700, key="up", on=TODAY)
    services.withdraw(envelope=envelope, amount_cents=200, key="down", on=TODAY)
    with pytest.raises(NotEnoughMoney):
        services.withdraw(envelope=envelope, amount_cents=9_999, key="no", on=TODAY)

    found = [(data["change"], data["amount_cents"]) for _, data in told(group)]
    assert found == [("granted", 5_000), ("added", 700), ("withdrawn", 200)]
    assert told(programme) == told(group)
