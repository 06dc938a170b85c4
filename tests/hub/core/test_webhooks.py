"""Signing, spacing of attempts, and the words of the documentation."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest

from hub.core.happenings import FACTS, MEANING, WHEN, Event, require_facts
from hub.core.webhooks import (
    WAITS_S,
    Letter,
    is_to_be_paused,
    secret_of,
    signed_headers,
    wait_after,
)

AT = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)
LETTER = Letter(
    event_id="abcdefgh2345",
    kind="order.placed",
    organization_id="hhhhhhhh2222",
    happened_at=AT,
    data={"order_id": "zzzzzzzz9999", "version": 1},
)


def test_the_body_is_the_same_bytes_each_time():
    assert LETTER.body == (
        b'{"data":{"order_id":"zzzzzzzz9999","version":1},"id":"evt_abcdefgh2345",'
        b'"organization_id":"hhhhhhhh2222","timestamp":"2026-06-15T12:00:00+00:00",'
        b'"type":"order.placed"}'
    )
    assert json.loads(LETTER.body)["data"] == dict(LETTER.data)


def test_the_signature_is_that_of_the_specification():
    key = bytes(range(24))
    secret = f"whsec_{base64.b64encode(key).decode()}"

    headers = signed_headers(LETTER, valid_secrets=[secret], at=AT)

    signed = b"evt_abcdefgh2345.1781524800." + LETTER.body
    mac = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers == {
        "webhook-id": "evt_abcdefgh2345",
        "webhook-timestamp": "1781524800",
        "webhook-signature": f"v1,{mac}",
    }


def test_while_a_secret_is_rotated_both_sign():
    new, old = (secret_of(salt, site_key="k" * 50) for salt in ("a", "b"))

    both = signed_headers(LETTER, valid_secrets=[new, old], at=AT)

    assert both["webhook-signature"].split(" ") == [
        signed_headers(LETTER, valid_secrets=[each], at=AT)["webhook-signature"]
        for each in (new, old)
    ]


def test_a_secret_depends_on_the_salt_and_on_the_site():
    found = {
        secret_of(salt, site_key=key * 50) for salt in ("a", "b") for key in ("k", "l")
    }

    assert len(found) == 4
    assert {len(base64.b64decode(each.removeprefix("whsec_"))) for each in found} == {
        32
    }


def test_attempts_are_spaced_out_over_three_days():
    waits = [wait_after(num, chance=0.5) for num in range(1, 11)]

    assert waits == [*(timedelta(seconds=each) for each in WAITS_S), None]
    assert timedelta(days=3) < timedelta(seconds=sum(WAITS_S)) < timedelta(days=3.5)


@pytest.mark.parametrize(("chance", "seconds"), [(0.0, 240), (0.5, 300), (1.0, 360)])
def test_a_wait_strays_by_a_fifth(chance, seconds):
    assert wait_after(2, chance=chance) == timedelta(seconds=seconds)


@pytest.mark.parametrize(("asked", "seconds"), [(60, 60), (1, 5), (999_999, 86_400)])
def test_a_receiver_may_ask_for_a_longer_wait_up_to_a_day(asked, seconds):
    assert wait_after(1, chance=0.5, asked_s=asked) == timedelta(seconds=seconds)


@pytest.mark.parametrize(("days", "paused"), [(4.9, False), (5, True)])
def test_after_five_days_of_nothing_an_endpoint_is_paused(days, paused):
    since = AT - timedelta(days=days)

    assert is_to_be_paused(failing_since=since, now=AT) is paused


def test_an_endpoint_at_which_all_arrives_is_not_paused():
    assert is_to_be_paused(failing_since=None, now=AT) is False


def test_each_kind_says_when_it_comes_and_each_fact_what_it_says():
    said = {name for facts in FACTS.values() for name in facts}

    assert (set(FACTS), set(WHEN)) == (set(Event), set(Event))
    assert set(MEANING) == said


def test_an_event_without_its_facts_is_a_mistake_of_the_caller():
    with pytest.raises(AssertionError):
        require_facts(Event.WEBHOOK_TEST, {"endpoint": "x"})
