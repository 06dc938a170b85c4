"""A process that ends is started again: at once, then less and less often."""

import pytest
from django.core.management import CommandError, call_command

from config.production import Fall


def test_a_process_that_ends_again_and_again_waits_longer_each_time() -> None:
    fall = Fall("worker", began=0.0)

    delays = []
    now = 10.0
    for _number in range(7):
        delays.append(fall.fell(now))
        now += delays[-1]
        fall.rose(now)
        now += 5.0

    assert delays == [0.0, 1.0, 2.0, 5.0, 10.0, 30.0, 30.0]


def test_a_process_that_lasted_a_minute_is_started_at_once_again() -> None:
    fall = Fall("worker", began=0.0)
    fall.fell(10.0)
    fall.rose(10.0)

    delays = [fall.fell(69.9)]
    fall.rose(70.9)
    delays.append(fall.fell(130.9))

    assert delays == [1.0, 0.0]


def test_production_is_not_served_on_the_settings_of_a_trial() -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("serve", "--production")

    assert str(refusal.value).startswith("Set CHARROI_PRODUCTION=yes")
