"""Loading a demo whole: a fresh database, a hub, its weeks, the plan of a day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from config.demo import database, driving, planning, report
from config.demo.build import MAIL_DOMAIN, DemoHub, build_hub
from config.demo.fleet import Fleet, lend_trucks
from config.demo.programmes import grant_envelopes
from config.demo.weeks import Played, play
from config.demo.world import draw_world
from hub import selectors as hub_selectors

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Story:
    """Which demo: its size, its seed and the day it is today."""

    size: str
    seed: int
    today: date

    @property
    def database(self) -> str:
        """The name of its database."""
        return database.name_of(size=self.size, seed=self.seed, today=self.today)


@dataclass(frozen=True, slots=True)
class Account:
    """A fictional person one can be with one click."""

    role: str
    name: str
    organization: str


def load(story: Story, *, say: Say) -> dict[str, Any]:
    """Load a demo into its own fresh database and give its figures.

    `say` is told each step in a sentence, for the person who waits.
    """
    say("A fresh database…")
    database.create_fresh(story.database)
    say("Farms, groups and trucks join…")
    world = draw_world(size=story.size, seed=story.seed)
    demo = build_hub(world, seed=story.seed, today=story.today)
    grant_envelopes(demo, today=story.today)
    say("Past weeks are ordered and shared out…")
    weeks = play(demo, seed=story.seed, today=story.today)
    fleet = lend_trucks(demo, today=story.today)
    say("Last week is driven and settled…")
    settled_on = _drive_last_week(demo, fleet, weeks, story)
    say("The day is planned…")
    plan = planning.plan_day(
        demo,
        fleet,
        weeks.last_closed,
        seed=story.seed,
        iterations=planning.NUM_ITERATIONS[story.size],
    )
    driving.decide_left(demo, plan, seed=story.seed)
    proof = report.Proof(
        hub=demo.hub,
        cycle=weeks.last_closed,
        plan_id=plan.pk,
        pool=fleet.pool,
        settled_on=settled_on,
    )
    figures = report.figures(proof)
    database.mark_ready(story.database)
    return figures


def _drive_last_week(demo: DemoHub, fleet: Fleet, weeks: Played, story: Story) -> date:
    """Plan, drive and settle the last past week; its day."""
    cycle = weeks.past[-1]
    plan = planning.plan_day(
        demo,
        fleet,
        cycle,
        seed=story.seed,
        iterations=planning.NUM_PAST_ITERATIONS[story.size],
    )
    driving.drive_day(demo, plan, seed=story.seed)
    driving.settle(demo, fleet.pool, cycle.service_on)
    return cycle.service_on


def accounts() -> list[Account]:
    """One one-click person of each role; the first page of the site lists them all."""
    first_of_role: dict[str, Account] = {}
    for membership in hub_selectors.memberships_at(MAIL_DOMAIN):
        first_of_role.setdefault(
            membership.role,
            Account(
                role=str(membership.get_role_display()),
                name=str(membership.person),
                organization=membership.organization.name,
            ),
        )
    return list(first_of_role.values())
