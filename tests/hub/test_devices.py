"""My devices: seen in words, signed out from afar."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone

from hub.models import Device, Person
from hub.tasks import forget_sign_ins
from tests.factories.hub import make_person

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def lea() -> Person:
    return make_person("lea@rang.example")


def come_in(person: Person, *, address: str = "203.0.113.77") -> Client:
    client = Client(REMOTE_ADDR=address, headers={"user-agent": FIREFOX})
    client.post("/accounts/login/code/", {"email": person.email})
    code = str(mail.outbox[-1].subject).split()[-1]
    client.post("/accounts/login/confirm/", {"code": code})
    return client


def reads(client: Client) -> int:
    return client.get("/me/").status_code


def test_a_device_is_remembered_in_words_without_its_address(lea: Person) -> None:
    page = come_in(lea).get("/accounts/devices/").content.decode()

    device = Device.objects.get()
    assert (device.browser, device.network) == ("Firefox, Linux", "203.0.113.0/24")
    assert ("Firefox, Linux" in page, "203.0.113.77" in page) == (True, False)


def test_one_device_is_signed_out_from_another(lea: Person) -> None:
    phone, office = come_in(lea), come_in(lea)
    of_phone = Device.objects.get(session_key=phone.session.session_key)

    office.post(f"/accounts/devices/{of_phone.public_id}/end/")

    assert (reads(phone), reads(office)) == (302, 200)
    assert Device.objects.count() == 1


def test_all_others_are_signed_out_those_without_a_row_too(lea: Person) -> None:
    unknown, here = come_in(lea), come_in(lea)
    Device.objects.filter(session_key=unknown.session.session_key).delete()

    here.post("/accounts/devices/end-others/")

    assert [reads(each) for each in (unknown, here)] == [302, 200]
    assert reads(come_in(lea)) == 200


def test_nobody_signs_out_the_device_of_somebody_else(lea: Person) -> None:
    phone = come_in(lea)
    stranger = come_in(make_person("omar@rang.example"))

    answer = stranger.post(
        f"/accounts/devices/{Device.objects.get(person=lea).public_id}/end/"
    )

    assert (answer.status_code, reads(phone)) == (404, 200)


def test_what_is_over_is_forgotten(lea: Person) -> None:
    come_in(lea)
    long_ago = timezone.now() - timedelta(days=31)
    Device.objects.update(seen_at=long_ago)
    Session.objects.update(expire_date=long_ago)

    forget_sign_ins()

    assert (Device.objects.count(), Session.objects.count()) == (0, 0)
