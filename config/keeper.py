"""Ends process groups once the process that started them is gone, however it went.

Run as `python -m config.keeper` with a pipe as standard input, whose other end the
starter alone holds: it names groups, one number a line, takes one back with a minus
sign when it is gone, and says "done" when it ended them itself. The pipe closes with
the starter, kill -9 included, on every system.
"""

import os
import signal
import sys
import time
from collections.abc import Iterable

DONE = "done"
STOP_LIMIT_S = 8.0


def keep(lines: Iterable[str]) -> None:
    """Read until the starter is done; end its groups when it is gone before."""
    groups: set[int] = set()
    for line in lines:
        if line.strip() == DONE:
            return
        number = int(line)
        if number < 0:
            groups.discard(-number)
        else:
            groups.add(number)
    end_groups(sorted(groups))


def end_groups(groups: list[int]) -> None:
    """Ask every group to end, wait a little, then end what is left."""
    left = [group for group in groups if signal_group(group, signal.SIGTERM)]
    limit = time.monotonic() + STOP_LIMIT_S
    while left and time.monotonic() < limit:
        time.sleep(0.1)
        left = [group for group in left if signal_group(group, 0)]
    for group in left:
        signal_group(group, signal.SIGKILL)


def signal_group(group: int, number: int) -> bool:
    """Send a signal to a group (0 only asks); False when nobody is there any more."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    keep(sys.stdin)
