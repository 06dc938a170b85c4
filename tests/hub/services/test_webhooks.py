"""Webhooks: left with what happened, sent until they arrive, replayed, paused."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction

from hub.core.errors.webhooks import (
    TooManyWebhooks,
    WebhookHostInside,
    WebhookPaused,
    WebhookSecretGone,
    WebhookWithoutKind,
)
from hub.core.happenings import Event
from hub.core.webhooks import WAITS_S
from hub.hooks import Answer
from hub.models import Notice, Trace, WebhookDelivery, WebhookEndpoint, WebhookEvent
from hub.services import happenings, webhook_sending, webhooks
from tests.factories import hub as ground
from tests.factories.listener import Listener, is_signed
from tests.factories.webhooks import make_endpoint

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)
FACTS = {"pool_id": "p", "plan_id": "q", "service_on": "2026-06-18", "num_routes": 2}


@pytest.fixture
def farm():
    """A farm, with somebody who reads its mail."""
    farm = ground.make_farm()
    ground.make_producer(farm)
    return farm


@pytest.fixture
def clock(settings):
    """A clock that stands still until it is moved; inner addresses may be called."""
    settings.WEBHOOKS_ANYWHERE = True
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def leave(*organizations):
    return happenings.leave(
        kind=Event.PLAN_PUBLISHED, facts={one.pk: FACTS for one in organizations}
    )


def states(endpoint):
    rows = WebhookDelivery.objects.filter(endpoint=endpoint).order_by("pk")
    return list(rows.values_list("state", "num_attempts", "answer_status"))


def test_an_event_is_left_for_those_who_listen_to_its_kind(farm):
    other = ground.make_farm(hub=farm.hub)
    all_kinds = make_endpoint(farm)
    make_endpoint(farm, kinds=["cycle.closed"])
    mine = make_endpoint(farm, kinds=["cycle.closed", "plan.published"])

    num_left = leave(farm, other)

    rows = WebhookDelivery.objects.order_by("pk")
    assert num_left == 2
    assert [row.endpoint for row in rows] == [all_kinds, mine]
    assert list(WebhookEvent.objects.values_list("organization", "kind", "data")) == [
        (farm.pk, "plan.published", FACTS)
    ]


def test_where_nobody_listens_one_query_is_all(farm, django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(3):  # savepoint, look, release
        num_left = leave(farm)

    assert (num_left, WebhookEvent.objects.count()) == (0, 0)


def test_what_is_undone_leaves_no_event(farm):
    make_endpoint(farm)

    with transaction.atomic():
        leave(farm)
        transaction.set_rollback(True)

    assert (WebhookEvent.objects.count(), WebhookDelivery.objects.count()) == (0, 0)


def test_a_message_arrives_signed(farm, clock):
    with Listener() as listener:
        endpoint = make_endpoint(farm, listener.url)
        leave(farm)

        num_arrived = webhook_sending.send_due()

    (heard,) = listener.heard
    event = WebhookEvent.objects.get()
    assert (num_arrived, states(endpoint)) == (1, [("delivered", 1, 200)])
    assert is_signed(heard, webhooks.secret_shown(endpoint))
    assert not is_signed(heard, webhooks.secret_shown(make_endpoint(farm)))
    assert json.loads(heard.body) == {
        "id": f"evt_{event.public_id}",
        "type": "plan.published",
        "timestamp": event.happened_at.isoformat(),
        "organization_id": farm.public_id,
        "data": FACTS,
    }


def test_what_fails_twice_arrives_the_third_time_with_the_same_id(farm, clock):
    with Listener([500, 503]) as listener:
        endpoint = make_endpoint(farm, listener.url)
        leave(farm)
        arrived = []
        for seconds in (0, 16, 400):
            clock.shift(timedelta(seconds=seconds))
            arrived.append(webhook_sending.send_due())

    assert arrived == [0, 0, 1]
    assert states(endpoint) == [("delivered", 3, 200)]
    assert len({(heard.id, heard.body) for heard in listener.heard}) == 1
    stamps = {heard.headers["webhook-timestamp"] for heard in listener.heard}
    assert len(stamps) == 3


def test_after_the_last_attempt_it_is_given_up(farm, clock):
    with Listener([500] * 20) as listener:
        endpoint = make_endpoint(farm, listener.url)
        leave(farm)
        for seconds in (0, *WAITS_S, 90_000):
            clock.shift(timedelta(seconds=1.3 * seconds + 16))
            webhook_sending.send_due()

    assert states(endpoint) == [("failed", 10, 500)]
    assert len(listener.heard) == 10


def test_one_that_is_down_holds_no_other_back(farm, clock):
    with Listener([500]) as down, Listener() as up:
        failing, working = make_endpoint(farm, down.url), make_endpoint(farm, up.url)
        leave(farm)
        leave(farm)

        num_arrived = webhook_sending.send_due()

    assert num_arrived == 2
    assert states(working) == [("delivered", 1, 200)] * 2
    # After its failure the first is left alone for a moment.
    assert states(failing) == [("waiting", 1, 500), ("waiting", 0, None)]


def test_a_worker_killed_between_claim_and_answer_loses_nothing(farm, clock):
    with Listener() as listener:
        endpoint = make_endpoint(farm, listener.url)
        leave(farm)
        webhook_sending.claim_next(now=NOON)  # and then it dies

        at_once = webhook_sending.send_due()
        clock.shift(timedelta(seconds=61))
        later = webhook_sending.send_due()

    assert (at_once, later) == (0, 1)
    assert states(endpoint) == [("delivered", 2, 200)]


def test_an_attempt_that_was_overtaken_writes_nothing(farm, clock):
    endpoint = make_endpoint(farm)
    leave(farm)
    slow = webhook_sending.claim_next(now=NOON)
    later = NOON + timedelta(seconds=61)
    quick = webhook_sending.claim_next(now=later)
    assert slow is not None
    assert quick is not None

    arrived = [
        webhook_sending.record(claimed=claimed, answer=answer, now=later)
        for claimed, answer in [
            (slow, Answer(fault="timed_out")),
            (quick, Answer(status=200)),
        ]
    ]

    assert (arrived, states(endpoint)) == ([False, True], [("delivered", 2, 200)])
    assert WebhookDelivery.objects.get().due_at == later + webhook_sending.CLAIMED_FOR


def test_a_replay_keeps_the_id(farm, clock):
    with Listener() as listener:
        make_endpoint(farm, listener.url)
        leave(farm)
        webhook_sending.send_due()
        delivery = WebhookDelivery.objects.get()

        webhooks.replay(delivery=delivery, now=NOON)
        webhook_sending.send_due()

    assert [heard.id for heard in listener.heard] == [
        f"evt_{delivery.event.public_id}"
    ] * 2


def test_a_replay_during_an_attempt_that_fails_is_tried_again_within_seconds(farm):
    make_endpoint(farm)
    leave(farm)
    WebhookDelivery.objects.update(due_at=NOON)
    WebhookEndpoint.objects.update(free_at=NOON)
    claimed = webhook_sending.claim_next(now=NOON)
    assert claimed is not None

    webhooks.replay(delivery=WebhookDelivery.objects.get(), now=NOON)
    webhook_sending.record(claimed=claimed, answer=Answer(fault="timed_out"), now=NOON)

    row = WebhookDelivery.objects.get()
    assert (row.state, row.num_attempts) == ("waiting", 1)
    assert timedelta(seconds=4) <= row.due_at - NOON <= timedelta(seconds=6)


def test_all_that_failed_since_a_moment_is_sent_again(farm):
    endpoint = make_endpoint(farm)
    leave(farm)
    leave(farm)
    leave(farm)
    WebhookDelivery.objects.update(state="failed", num_attempts=10)
    old = WebhookEvent.objects.order_by("pk")[:1].get()
    WebhookEvent.objects.filter(pk=old.pk).update(happened_at=NOON - timedelta(days=9))
    WebhookDelivery.objects.filter(event=old.pk + 1).update(state="delivered")

    num = webhooks.replay_failed(
        endpoint=endpoint, since=NOON - timedelta(days=8), now=NOON
    )

    rows = WebhookDelivery.objects.order_by("pk")
    assert num == 1
    assert list(rows.values_list("state", "num_attempts_before")) == [
        ("failed", 0),
        ("delivered", 0),
        ("waiting", 10),
    ]


def test_what_happens_during_a_pause_leaves_when_it_ends(farm, clock):
    with Listener() as listener:
        endpoint = make_endpoint(farm, listener.url)
        webhooks.pause_webhook(endpoint=endpoint)
        leave(farm)
        paused = webhook_sending.send_due()
        webhooks.resume_webhook(endpoint=endpoint, now=NOON)

        resumed = webhook_sending.send_due()

    assert (paused, resumed) == (0, 1)


def test_what_is_asked_of_a_paused_endpoint_is_refused(farm):
    endpoint = make_endpoint(farm)
    leave(farm)
    webhooks.pause_webhook(endpoint=endpoint)
    delivery = WebhookDelivery.objects.select_related("endpoint").get()

    for ask in (
        lambda: webhooks.send_test(endpoint=endpoint),
        lambda: webhooks.replay(delivery=delivery, now=NOON),
        lambda: webhooks.replay_failed(endpoint=endpoint, since=NOON, now=NOON),
    ):
        with pytest.raises(WebhookPaused):
            ask()

    assert states(endpoint) == [("waiting", 0, None)]


def test_after_five_days_of_failures_it_is_paused_and_its_people_told_once(farm, clock):
    with Listener([500] * 9) as listener:
        endpoint = make_endpoint(farm, listener.url)
        for days in (0, 4.9, 0.2, 1):
            clock.shift(timedelta(days=days))
            leave(farm)
            webhook_sending.send_due()

    endpoint.refresh_from_db()
    assert endpoint.status == "failing"
    assert list(Notice.objects.values_list("kind", "data")) == [
        (
            "webhook_paused",
            {"name": "Boutique", "is_gone": False, "failing_on": "2026-06-15"},
        )
    ]


def test_an_address_that_says_it_is_gone_is_paused_at_once(farm, clock):
    with Listener([410]) as listener:
        endpoint = make_endpoint(farm, listener.url)
        leave(farm)
        webhook_sending.send_due()

    endpoint.refresh_from_db()
    assert (endpoint.status, Notice.objects.count()) == ("gone", 1)


def test_while_a_secret_is_rotated_the_former_one_holds_for_a_day(farm, clock):
    with Listener() as listener:
        endpoint = make_endpoint(farm, listener.url)
        former = webhooks.secret_shown(endpoint)
        endpoint = webhooks.rotate_secret(endpoint=endpoint, now=NOON)
        newest = webhooks.secret_shown(endpoint)
        for hours in (23, 2):
            clock.shift(timedelta(hours=hours))
            leave(farm)
            webhook_sending.send_due()

    held = [
        (is_signed(heard, former), is_signed(heard, newest)) for heard in listener.heard
    ]
    assert held == [(True, True), (False, True)]


def test_a_secret_is_read_within_the_hour_and_kept_in_no_column(farm):
    endpoint = make_endpoint(farm)
    at = endpoint.salted_at

    secret = webhooks.secret_within_hour(
        endpoint=endpoint, now=at + timedelta(minutes=59)
    )

    row = WebhookEndpoint.objects.filter(pk=endpoint.pk).values().get()
    assert all(
        secret.removeprefix("whsec_") not in str(value) for value in row.values()
    )
    with pytest.raises(WebhookSecretGone):
        webhooks.secret_within_hour(endpoint=endpoint, now=at + timedelta(minutes=61))


def test_a_test_goes_to_one_endpoint_whatever_it_wants(farm):
    endpoint = make_endpoint(farm, kinds=["cycle.closed"])
    make_endpoint(farm)

    webhooks.send_test(endpoint=endpoint)

    delivery = WebhookDelivery.objects.get()
    assert (delivery.endpoint, delivery.event.kind, delivery.event.data) == (
        endpoint,
        "webhook.test",
        {"endpoint_id": endpoint.public_id},
    )


@pytest.mark.parametrize(
    ("url", "kinds", "refusal"),
    [
        ("https://127.0.0.1/", ["*"], WebhookHostInside),
        ("https://farm.example/", [], WebhookWithoutKind),
        ("https://farm.example/", ["nothing.known"], WebhookWithoutKind),
    ],
)
def test_an_endpoint_needs_a_public_address_and_a_kind(url, kinds, refusal):
    with pytest.raises(refusal):
        webhooks.Wish(name="Boutique", url=url, kinds=kinds)


def test_an_organization_has_ten_endpoints_at_most(farm):
    wish = webhooks.Wish(name="Boutique", url="https://farm.example/", kinds=["*"])
    person = ground.make_person()
    for _number in range(10):
        webhooks.add_webhook(organization=farm, wish=wish, by=person, now=NOON)

    with pytest.raises(TooManyWebhooks):
        webhooks.add_webhook(organization=farm, wish=wish, by=person, now=NOON)

    assert WebhookEndpoint.objects.count() == 10


def test_removing_twice_is_once_and_leaves_one_trace(farm):
    endpoint = make_endpoint(farm)
    leave(farm)

    webhooks.remove_webhook(endpoint=endpoint)
    webhooks.remove_webhook(endpoint=endpoint)

    assert (WebhookEndpoint.objects.count(), WebhookDelivery.objects.count()) == (0, 0)
    assert Trace.objects.filter(kind="webhook_removed").count() == 1


def test_events_of_more_than_a_month_ago_are_forgotten(farm):
    make_endpoint(farm)
    leave(farm)
    leave(farm)
    first = WebhookEvent.objects.order_by("pk")[:1].get()
    WebhookEvent.objects.filter(pk=first.pk).update(
        happened_at=NOON - timedelta(days=31)
    )
    WebhookEvent.objects.exclude(pk=first.pk).update(
        happened_at=NOON - timedelta(days=29)
    )

    num = webhooks.forget_old(now=NOON)

    assert (num, WebhookDelivery.objects.count()) == (1, 1)
