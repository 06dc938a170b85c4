"""The hours told for a stop."""

import pytest

from routing.core.telling import told_hours


@pytest.mark.parametrize(
    ("service_start_s", "told"),
    [
        # 9:02 → 8:47 down to 8:45, 9:32 up to 9:35
        (9 * 3600 + 120, (8 * 3600 + 2_700, 9 * 3600 + 2_100)),
        (9 * 3600, (8 * 3600 + 2_700, 9 * 3600 + 1_800)),
        (600, (0, 2_400)),
    ],
)
def test_a_stop_is_told_from_a_quarter_before_to_half_an_hour_after(
    service_start_s, told
):
    assert told_hours(service_start_s) == told
