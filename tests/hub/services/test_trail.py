"""The trail: written with the change, by whoever asked, and never changed after."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, ProgrammingError, connections, transaction
from django.utils import timezone

from hub.core.trail import Kind
from hub.models import Trace, TraceReader
from hub.models.trace import SEVEN_YEARS
from hub.services import trail_keeping
from hub.services.trail import Asking, Fact, asked_by, record, record_all
from hub.services.trail_keeping import forget_old_traces
from hub.tasks import forget_traces
from tests.factories import hub as ground

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
committed = pytest.mark.django_db(databases=["default", "owner"], transaction=True)
"""Where the owner of the database must see the rows."""


def priced(*, concerns, before=2_400, after=2_500):
    return Fact(
        kind=Kind.OFFER_PRICED,
        subject=("aaaabbbbcccc", "Carottes, caisse 10 kg"),
        concerns=concerns,
        before={"price_cents": before},
        after={"price_cents": after},
    )


def written():
    rows = Trace.objects.order_by("id").values_list("kind", "door", "person", "key")
    return list(rows)


@pytest.fixture
def hub():
    return ground.make_hub()


def test_a_trace_keeps_what_was_and_what_is_for_those_concerned(hub):
    farm = ground.make_farm(hub=hub)
    by = ground.make_producer(farm)

    record(priced(concerns=[farm.pk, hub.pk, None, hub.pk]), by=by)

    (trace,) = Trace.objects.values("kind", "subject", "before", "after", "person")
    assert trace == {
        "kind": "offer_priced",
        "subject": "Carottes, caisse 10 kg",
        "before": {"price_cents": 2_400},
        "after": {"price_cents": 2_500},
        "person": by.pk,
    }
    readers = TraceReader.objects.values_list("organization", flat=True)
    assert sorted(readers) == sorted([farm.pk, hub.pk])


def test_a_change_that_changes_nothing_leaves_no_trace(hub):
    record(priced(concerns=[hub.pk], after=2_400), by=ground.make_coordinator(hub))

    assert written() == []


def test_whoever_stands_at_the_door_is_written_when_the_service_names_nobody(hub):
    person = ground.make_coordinator(hub)

    with asked_by(Asking(person=person, key="clef-1")):
        record(priced(concerns=[hub.pk]))
    with asked_by(Asking(person=AnonymousUser())):
        record(priced(concerns=[hub.pk]))
    record(priced(concerns=[hub.pk]))

    assert written() == [
        ("offer_priced", "page", person.pk, "clef-1"),
        ("offer_priced", "itself", None, ""),
        ("offer_priced", "itself", None, ""),
    ]


def test_a_fact_without_a_name_is_a_mistake_of_ours(hub):
    fact = Fact(
        kind=Kind.OFFER_PRICED, subject=("", ""), concerns=[hub.pk], after={"colour": 1}
    )

    with pytest.raises(AssertionError, match="colour"):
        record(fact)


def test_many_traces_cost_two_queries(hub, django_assert_num_queries):
    facts = [priced(concerns=[hub.pk], after=cents) for cents in range(20)]

    with django_assert_num_queries(2):
        record_all(facts)

    assert Trace.objects.count() == 20


@pytest.mark.parametrize("table", ["hub_trace", "hub_tracereader"])
@pytest.mark.parametrize(
    ("alias", "refusal"), [("default", ProgrammingError), ("owner", IntegrityError)]
)
@pytest.mark.parametrize(
    "statement", ["UPDATE {table} SET id = id + 1000", "DELETE FROM {table}"]
)
def test_nobody_changes_or_takes_away_a_trace(hub, table, alias, refusal, statement):
    record(priced(concerns=[hub.pk]))

    with (
        pytest.raises(refusal),
        transaction.atomic(using=alias),
        connections[alias].cursor() as cursor,
    ):
        cursor.execute(statement.format(table=table))

    assert (Trace.objects.count(), TraceReader.objects.count()) == (1, 1)


def traced(hub, *, days_ago):
    """A trace that was written so many days ago, and who may read it."""
    written_at = timezone.now() - timedelta(days=days_ago)
    trace = Trace.objects.create(kind="offer_priced", recorded_at=written_at)
    TraceReader.objects.create(trace=trace, organization=hub)
    return trace.pk


def left():
    return list(Trace.objects.order_by("id").values_list("pk", flat=True))


def test_after_seven_years_a_trace_is_forgotten_and_no_day_before(hub):
    kept = [traced(hub, days_ago=days) for days in (0, 365, SEVEN_YEARS - 1)]
    for days in (SEVEN_YEARS + 1, SEVEN_YEARS + 365):
        traced(hub, days_ago=days)

    num_forgotten = forget_traces()

    readers = TraceReader.objects.order_by("id").values_list("trace", flat=True)
    assert (num_forgotten, left(), list(readers)) == (2, kept, kept)
    assert forget_old_traces() == 0


def test_a_round_takes_the_oldest_and_leaves_the_rest_to_the_next(hub, monkeypatch):
    monkeypatch.setattr(trail_keeping, "AT_ONCE", 2)
    old = [traced(hub, days_ago=SEVEN_YEARS + days) for days in (3, 2, 1)]

    rounds = [(forget_old_traces(), left()) for _ in range(3)]

    assert rounds == [(2, old[2:]), (1, []), (0, [])]


@committed
@pytest.mark.parametrize("table", ["hub_trace", "hub_tracereader"])
@pytest.mark.parametrize(
    ("days_ago", "is_kept"), [(SEVEN_YEARS - 1, True), (SEVEN_YEARS + 1, False)]
)
def test_a_young_trace_stays_even_for_whoever_opens_the_door(
    hub, table, days_ago, is_kept
):
    """The owner of the database, with the word that lets the function through."""
    traced(hub, days_ago=days_ago)

    with (
        pytest.raises(IntegrityError) if is_kept else nullcontext(),
        transaction.atomic(using="owner"),
        connections["owner"].cursor() as cursor,
    ):
        cursor.execute("SET LOCAL charroi.forgetting = 'traces'")
        cursor.execute(f"DELETE FROM hub_tracereader WHERE '{table}' = 'hub_trace'")
        cursor.execute(f"DELETE FROM {table}")

    assert TraceReader.objects.count() == is_kept


@committed
def test_after_a_round_nothing_goes_by_hand(hub):
    for _ in range(2):
        traced(hub, days_ago=SEVEN_YEARS + 1)

    with (
        pytest.raises(IntegrityError),
        transaction.atomic(using="owner"),
        connections["owner"].cursor() as cursor,
    ):
        cursor.execute("SELECT hub_forget_traces(1); DELETE FROM hub_tracereader")

    assert len(left()) == 2


@pytest.mark.parametrize("table", ["hub_trace", "hub_tracereader"])
def test_even_an_old_trace_is_not_taken_away_by_hand(hub, table):
    traced(hub, days_ago=SEVEN_YEARS + 1)

    with (
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table}")

    assert (Trace.objects.count(), TraceReader.objects.count()) == (1, 1)
