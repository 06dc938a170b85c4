"""A failed statement is told as the trouble that it is."""

import pytest

from hub.core import trouble


@pytest.mark.parametrize(
    ("sqlstate", "told"),
    [
        ("55P03", trouble.BUSY),
        ("40P01", trouble.BUSY),
        ("53300", trouble.BUSY),
        ("53100", trouble.FULL),
        ("57P01", trouble.DOWN),
        ("57P03", trouble.DOWN),
        ("08006", trouble.DOWN),
        (None, trouble.DOWN),
    ],
)
def test_a_crowd_a_full_disk_and_a_silent_server_are_three_things(
    sqlstate: str | None, told: trouble.Trouble
) -> None:
    assert trouble.trouble_of(sqlstate) == told
