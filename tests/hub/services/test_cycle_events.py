"""What programs of a hub and its members are told of its cycles."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hub.models import Cycle
from hub.services import cycles
from hub.services.cycle_gate import mark_closed, open_again, shut_gate
from tests.factories import hub as ground
from tests.factories.webhooks import kinds_told, make_endpoint, told
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub():
    """A hub that listens, with a farm that does."""
    hub = ground.make_hub()
    make_endpoint(hub)
    make_endpoint(ground.make_farm(hub=hub))
    make_endpoint(ground.make_hub())
    return hub


def draft(hub):
    return ground.make_cycle(
        hub,
        status=Cycle.Status.DRAFT,
        opens_at=NOW - timedelta(hours=1),
        closes_at=NOW + timedelta(hours=6),
    )


def test_a_cycle_that_opens_is_told_to_the_hub_and_its_members(hub):
    cycle = draft(hub)

    cycles.open_cycle(cycle_id=cycle.pk, now=NOW)
    cycles.open_cycle(cycle_id=cycle.pk, now=NOW)

    facts = {
        "cycle_id": cycle.public_id,
        "hub_id": hub.public_id,
        "name": cycle.name,
        "service_on": cycle.service_on.isoformat(),
        "opens_at": cycle.opens_at.isoformat(),
        "closes_at": cycle.closes_at.isoformat(),
    }
    farm = hub.members.get()
    assert told(hub) == told(farm) == [("cycle.opened", facts)]


def test_the_clock_opens_and_tells_once(hub):
    draft(hub)

    num = [cycles.open_due_cycles(now=NOW) for _ in range(2)]

    assert (num, kinds_told(hub)) == ([1, 0], ["cycle.opened"])


def test_a_draft_that_changes_is_nobodys_business_and_an_open_one_is(hub):
    cycle = draft(hub)
    facts = cycles.CycleFacts(
        name=cycle.name,
        opens_at=cycle.opens_at,
        closes_at=cycle.closes_at,
        service_on=cycle.service_on,
    )
    cycles.edit_cycle(cycle_id=cycle.pk, facts=facts)
    cycles.open_cycle(cycle_id=cycle.pk, now=NOW)

    later = cycle.closes_at + timedelta(hours=1)
    cycles.edit_cycle(cycle_id=cycle.pk, facts=replace(facts, closes_at=later))

    assert kinds_told(hub) == ["cycle.opened", "cycle.changed"]
    assert told(hub)[1][1]["closes_at"] == later.isoformat()


def test_the_close_is_told(hub):
    cycle = draft(hub)
    cycles.open_cycle(cycle_id=cycle.pk, now=NOW)

    shut_gate(cycle_id=cycle.pk)
    mark_closed(cycle_id=cycle.pk, now=NOW)

    assert kinds_told(hub) == ["cycle.opened", "cycle.closed"]


def test_a_cycle_opened_again_is_told(hub):
    cycle = draft(hub)
    cycles.open_cycle(cycle_id=cycle.pk, now=NOW)
    shut_gate(cycle_id=cycle.pk)
    mark_closed(cycle_id=cycle.pk, now=NOW)
    until = NOW + timedelta(hours=9)

    open_again(cycle_id=cycle.pk, closes_at=until)

    kind, facts = told(hub)[-1]
    assert (kind, facts["closes_at"]) == ("cycle.reopened", until.isoformat())
