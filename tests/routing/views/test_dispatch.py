"""From the published plan to trucks on the road: deciding, then one button."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from routing import services
from tests.factories.routing import (
    WideDay,
    give_papers,
    make_wide_day,
    make_wide_plan,
)
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> WideDay:
    return make_wide_day()


def published(day: WideDay, *, left: int = 0):
    plan = make_wide_plan(day, left=left)
    return services.publish_plan(plan=plan, by=day.ana, now=NOW)


def page(name: str, plan) -> str:
    return reverse(f"routing:{name}", args=[plan.public_id])


def test_the_trucks_leave_at_the_press_of_a_button(day, enter):
    plan = published(day)
    give_papers(plan)

    answer = enter(day.ana).post(page("dispatch", plan), follow=True)

    plan.refresh_from_db()
    assert (plan.dispatched_by, answer.redirect_chain) == (
        day.ana,
        [(page("plan", plan), 302)],
    )


def test_goods_to_decide_lead_to_their_page(day, enter):
    plan = published(day, left=1)

    answer = enter(day.ana).post(page("dispatch", plan), follow=True)

    plan.refresh_from_db()
    assert (plan.dispatched_at, answer.redirect_chain) == (
        None,
        [(page("unserved", plan), 302)],
    )
    assert [str(message) for message in answer.context["messages"]] == [
        "Shipments left behind without a decision: 1. Decide each first."
    ]


@time_machine.travel(NOW)
def test_a_decision_is_noted_with_its_reason(day, enter):
    plan = published(day, left=1)
    shipment = plan.unserved.get().shipment
    later = day.service_on + timedelta(days=2)

    answer = enter(day.ana).post(
        page("unserved", plan),
        {
            "shipment": shipment.public_id,
            "decision": "another_day",
            "on": later.isoformat(),
            "note": "Camion en panne",
        },
    )

    shipment.refresh_from_db()
    assert answer.headers["Location"] == page("unserved", plan)
    assert (
        shipment.decision,
        shipment.service_on,
        shipment.decision_note,
        shipment.decided_by,
    ) == ("another_day", later, "Camion en panne", day.ana)


@time_machine.travel(NOW)
def test_a_day_that_is_not_later_is_said_beside_the_goods(day, enter):
    plan = published(day, left=1)
    shipment = plan.unserved.get().shipment

    answer = enter(day.ana).post(
        page("unserved", plan),
        {
            "shipment": shipment.public_id,
            "decision": "another_day",
            "on": day.service_on.isoformat(),
        },
    )

    shipment.refresh_from_db()
    *_told, form = answer.context["rows"][0]
    assert (answer.status_code, shipment.decision) == (422, "")
    assert list(form.errors) == ["__all__"]


def test_another_day_without_the_day_is_asked_again(day, enter):
    plan = published(day, left=1)
    shipment = plan.unserved.get().shipment

    answer = enter(day.ana).post(
        page("unserved", plan),
        {"shipment": shipment.public_id, "decision": "another_day"},
    )

    *_told, form = answer.context["rows"][0]
    assert (answer.status_code, form.errors) == (422, {"on": ["Say which day."]})


def test_a_decision_is_taken_back(day, enter):
    plan = published(day, left=1)
    shipment = plan.unserved.get().shipment
    client = enter(day.ana)
    data = {"shipment": shipment.public_id, "decision": "own_transport"}
    client.post(page("unserved", plan), data)

    client.post(page("unserved", plan), {**data, "decision": ""})

    shipment.refresh_from_db()
    assert (shipment.decision, shipment.status) == ("", "ready")
