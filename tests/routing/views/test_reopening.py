"""Going back on its pages: what changes and for whom is shown, then done."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from hub.models import Cycle, Notice
from orders.models import CycleReopening
from tests.factories import hub as ground
from tests.factories.routing import PlanDay, make_day, make_plan
from tests.factories.scarce import close_short, spend
from tests.factories.week import NOW, make_week

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(time_machine) -> PlanDay:
    time_machine.move_to(NOW)
    return make_day()


@pytest.fixture
def ana(day: PlanDay) -> Client:
    client = Client()
    client.force_login(ground.make_coordinator(day.week.hub))
    return client


def test_who_is_concerned_and_what_they_are_told_is_shown_before(day, ana):
    plan = make_plan(day)
    address = f"/routing/closing/{day.week.cycle.public_id}/reopen/"

    page = ana.get(address).content.decode()

    assert day.week.buyer.name in page
    assert f"/routing/plans/{plan.public_id}/" in page
    assert f"« {day.week.cycle.name} » est de nouveau ouvert" in page.replace(
        "\u00a0", " "
    )
    assert (CycleReopening.objects.count(), Cycle.objects.get().status) == (0, "closed")


def test_the_words_are_looked_at_without_doing_anything_then_it_is_done(day, ana):
    address = f"/routing/closing/{day.week.cycle.public_id}/reopen/"
    closes_at = timezone.localtime(NOW + timedelta(hours=8))
    said = {
        "closes_at": closes_at.strftime("%Y-%m-%dT%H:%M"),
        "reason": "Une ferme manquait.",
        "key": "k",
    }

    looked = ana.post(address, {**said, "do": "look"})
    before = Notice.objects.filter(kind="cycle_reopened").count()
    done = ana.post(address, {**said, "do": "confirm"})

    assert "Une ferme manquait." in looked.content.decode()
    assert (before, done.status_code, Cycle.objects.get().status) == (0, 302, "open")
    assert Notice.objects.filter(kind="cycle_reopened").count() == 1


def test_a_fund_too_low_is_said_before_with_what_is_missing(time_machine) -> None:
    time_machine.move_to(NOW)
    week = make_week(fund_cents=1_000)
    close_short(week)
    spend(week, 20)
    client = Client()
    client.force_login(ground.make_coordinator(week.hub))
    address = f"/routing/closing/{week.cycle.public_id}/reopen/"

    page = client.get(address).content.decode().replace("\u00a0", " ")

    assert "Le fonds de solidarité a 4,80 $ de libre." in page
    assert "Il retient 5,00 $ pour ces commandes" in page
    assert "Il manque 0,20 $ : cet argent a été dépensé" in page
    assert 'href="/pricing/fund/"' in page
