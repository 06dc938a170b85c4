"""Envelopes on screen: granted by a programme, seen by the group that spends them."""

from uuid import uuid4

import pytest
from django.test import Client

from tests.factories import hub as ground
from tests.factories.vouchers import make_envelope, make_programme
from vouchers import selectors
from vouchers.models import Envelope

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return ground.make_buyer("Cuisine La Marmite", hub=ground.make_hub())


@pytest.fixture
def programme(group):
    return make_programme("Coupons du Nord", hub=group.hub)


@pytest.fixture
def manager(programme):
    client = Client(headers={"accept-language": "fr-CA"})
    client.force_login(ground.make_member(programme, "programme_manager"))
    return client


def sent(group, **fields):
    asked = {
        "group": group.public_id,
        "amount": "250,00",
        "starts_on": "2026-06-01",
        "ends_on": "2099-06-30",
        "note": "",
        "key": str(uuid4()),
    }
    return asked | fields


def test_a_programme_grants_an_envelope_once_however_often_it_is_sent(manager, group):
    form = sent(group)

    answers = [manager.post("/vouchers/new/", form) for _ in range(2)]

    granted = Envelope.objects.get()
    assert {answer.url for answer in answers} == {f"/vouchers/{granted.public_id}/"}
    assert (granted.group, selectors.left_cents(granted)) == (group, 25_000)


@pytest.mark.parametrize("amount", ["0", "-5", "beaucoup", ""])
def test_an_amount_that_is_none_is_refused_in_words(manager, group, amount):
    answer = manager.post("/vouchers/new/", sent(group, amount=amount))

    assert (answer.status_code, Envelope.objects.count()) == (422, 0)


def test_money_is_added_and_taken_back(manager, programme, group):
    envelope = make_envelope(group, programme=programme)
    address = f"/vouchers/{envelope.public_id}/"

    manager.post(f"{address}top-up/", {"amount": "20", "key": str(uuid4())})
    manager.post(f"{address}withdraw/", {"amount": "50,50", "key": str(uuid4())})

    assert selectors.left_cents(envelope) == 10_000 + 2_000 - 5_050


def test_more_than_is_left_cannot_be_taken_back(manager, programme, group):
    envelope = make_envelope(group, programme=programme)

    page = manager.post(
        f"/vouchers/{envelope.public_id}/withdraw/",
        {"amount": "100,01", "key": str(uuid4())},
        follow=True,
    )

    assert "pas assez d’argent" in page.content.decode()
    assert selectors.left_cents(envelope) == 10_000


def test_the_list_of_a_programme_asks_as_much_for_one_envelope_as_for_ten(
    manager, programme, group, django_assert_num_queries
):
    def look():
        return manager.get("/vouchers/").content.decode()

    make_envelope(group, programme=programme)
    look()
    with django_assert_num_queries(5):
        look()
    for _ in range(9):
        make_envelope(group, programme=programme)

    with django_assert_num_queries(5):
        page = look()

    assert page.count("Cuisine La Marmite") == 10


@pytest.mark.parametrize("role", ["group_buyer", "distributor"])
def test_the_group_sees_its_envelope_and_cannot_touch_it(group, programme, role):
    envelope = make_envelope(group, programme=programme)
    client = Client(headers={"accept-language": "fr-CA"})
    client.force_login(ground.make_member(group, role))

    page = client.get("/vouchers/").content.decode()
    answer = client.post(
        f"/vouchers/{envelope.public_id}/withdraw/",
        {"amount": "1", "key": str(uuid4())},
    )

    assert "Coupons du Nord" in page
    assert (answer.status_code, selectors.left_cents(envelope)) == (404, 10_000)


def test_a_hub_welcomes_a_programme_of_elsewhere_and_parts_with_it(group):
    elsewhere = make_programme("Coupons du Sud")
    client = Client(headers={"accept-language": "fr-CA"})
    client.force_login(ground.make_coordinator(group.hub))

    client.post("/vouchers/programmes/", {"code": elsewhere.public_id})
    welcomed = list(selectors.groups_of(elsewhere))
    client.post(f"/vouchers/programmes/{elsewhere.public_id}/end/")

    assert (welcomed, list(selectors.groups_of(elsewhere))) == ([group], [])
