"""The clock of the site goes on at its pace when the server's clock is set back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from celery import Celery
from celery.beat import ScheduleEntry, Scheduler
from celery.schedules import schedule

from config.celery import SteadyScheduler

NOON = datetime(2026, 11, 1, 17, tzinfo=UTC)
PACES_S = {"sweep": 15.0, "close": 30.0}


class _Noted(SteadyScheduler):
    """Notes what it sends instead of sending it: no broker is needed."""

    producer: Any = None

    def apply_async(
        self,
        entry: ScheduleEntry,
        producer: Any = None,  # noqa: ARG002 - Celery's own signature
        advance: bool = True,  # noqa: ARG002 - Celery's own signature
        **_options: Any,
    ) -> None:
        self.noted.append(str(entry.name))

    def setup_schedule(self) -> None:
        self.noted: list[str] = []
        for name, pace_s in PACES_S.items():
            self.schedule[name] = ScheduleEntry(
                name=name,
                task=name,
                schedule=schedule(pace_s, app=self.app),
                last_run_at=self.app.now(),
                app=self.app,
            )


class _NotedByCelery(_Noted):
    """The same without our care: Celery's own way of counting."""

    tick = Scheduler.tick


@pytest.fixture
def app() -> Celery:
    made = Celery("clock", set_as_current=False)
    made.conf.update(timezone="UTC")
    return made


def sent_in_a_minute(scheduler: _Noted, began: datetime) -> dict[str, int]:
    scheduler.noted.clear()
    for second in range(61):
        with time_machine.travel(began + timedelta(seconds=second), tick=False):
            while scheduler.tick() == 0:
                pass
    return {name: scheduler.noted.count(name) for name in PACES_S}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [(_Noted, {"sweep": 4, "close": 2}), (_NotedByCelery, {"sweep": 0, "close": 0})],
)
def test_an_hour_set_back_stops_no_task(app, kind, expected):
    with time_machine.travel(NOON, tick=False):
        scheduler = kind(app=app)
    before = sent_in_a_minute(scheduler, NOON)

    after = sent_in_a_minute(scheduler, NOON - timedelta(hours=1))

    assert (before, after) == ({"sweep": 4, "close": 2}, expected)
