"""Devices: where a person is signed in, and how they sign out from afar."""

from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.db.models import F

from hub.core.sign_in import browser_of, network_of
from hub.models import Device, Person

SEEN_AGAIN_AFTER = timedelta(hours=6)
KEPT_FOR = timedelta(days=30)


def remember_device(
    *, person: Person, session_key: str, user_agent: str, address: str, now: datetime
) -> Device:
    """Note that this browser is in use; the address is kept as a network only."""
    device, _made = Device.objects.update_or_create(
        session_key=session_key,
        defaults={
            "person": person,
            "browser": browser_of(user_agent),
            "network": network_of(address),
            "seen_at": now,
        },
        create_defaults={
            "person": person,
            "browser": browser_of(user_agent),
            "network": network_of(address),
            "signed_in_at": now,
            "seen_at": now,
        },
    )
    return device


def forget_device(*, session_key: str) -> None:
    """A browser that signed out by itself is no device in use any more."""
    Device.objects.filter(session_key=session_key).delete()


@transaction.atomic
def sign_out(*, device: Device) -> None:
    """End the session of one device: its next request is a stranger's."""
    _end_session(device.session_key)
    Device.objects.filter(pk=device.pk).delete()


@transaction.atomic
def sign_out_others(*, person: Person, session_key: str | None) -> Person:
    """End every session of a person but this one, those without a row included.

    Gives the person as they are now: the session that stays must take up its new hash
    (`django.contrib.auth.update_session_auth_hash`).
    """
    changed = F("num_sign_outs") + 1
    Person.objects.filter(pk=person.pk).update(num_sign_outs=changed)
    person.refresh_from_db(fields=["num_sign_outs"])
    others = Device.objects.filter(person=person).exclude(session_key=session_key or "")
    for device in others:
        _end_session(device.session_key)
    others.delete()
    return person


def forget_devices(*, now: datetime) -> int:
    """Drop devices unseen for as long as a session lasts; gives how many."""
    return Device.objects.filter(seen_at__lt=now - KEPT_FOR).delete()[0]


def _end_session(session_key: str) -> None:
    import_module(settings.SESSION_ENGINE).SessionStore(session_key).delete()
