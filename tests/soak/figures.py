"""What the random machines count while they play, told at the end of `make soak`.

Each process of the long run leaves one file of its counts when it ends; elsewhere
nothing is written.
"""

import atexit
import json
import os
from collections import Counter
from pathlib import Path

FOLDER = "SOAK_FIGURES"
_counts = Counter[str]()


def count(what: str, number: int = 1) -> None:
    """Count something that happened."""
    _counts[what] += number


def count_answer(asked_in: str, refused: str) -> None:
    """Count a request that was done, or refused with a code, `refused`."""
    count(f"{asked_in}: refused, {refused}" if refused else f"{asked_in}: done")


def gathered(folder: Path) -> Counter[str]:
    """All that the processes counted whose files lie in a folder."""
    total = Counter[str]()
    for path in folder.glob("counts-*.json"):
        total.update(json.loads(path.read_text()))
    return total


def _leave() -> None:
    folder = os.environ.get(FOLDER)
    if folder and _counts:
        place = Path(folder, f"counts-{os.getpid()}-{os.urandom(4).hex()}.json")
        place.write_text(json.dumps(_counts))


atexit.register(_leave)
