"""Play for some hours, then tell figures: `python -m tests.soak --hours 2`.

First what is marked `soak`, once; then races, alone on the machine, for a quarter of
the time; then two at once: the API by its description, once, and the random machines,
whoever had the least time first, until the hours are over. A round that has begun is
played to its end. What failed is told and the rest goes on; the end is 1 then.

The figures are written anew after every round, so a run that is cut short has its own.
"""

import argparse
import shutil
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.factories.sites import ROOT
from tests.soak import parts
from tests.soak.parts import Part
from tests.soak.table import Story

RACING_SHARE = 0.25
NUM_SLOTS = 2


class Soak:
    """The parts of one long run, and how much of its time is left."""

    def __init__(self, folder: Path, hours: float) -> None:
        self.folder = folder
        self.seconds = hours * 3_600
        self.began = time.monotonic()
        self.long, self.races = parts.long_tests(), parts.races()
        self.once = [parts.described()]
        self.machines = parts.machines()
        self.at_work: list[Part] = []
        self.lock = threading.Lock()
        everything = [self.long, self.races, *self.once, *self.machines]
        self.story = Story(folder, everything, hours)

    def run(self) -> bool:
        """Play it all; whether nothing failed."""
        self.play(self.long, slot=0)
        self.play(self.races, slot=0)
        while self.races.seconds < self.seconds * RACING_SHARE:
            self.play(self.races, slot=0)
        with ThreadPoolExecutor(NUM_SLOTS) as slots:
            list(slots.map(self.work, range(NUM_SLOTS)))
        return not any(part.failed for part in self.story.parts)

    def taken_s(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self.began

    def work(self, slot: int) -> None:
        """Play what comes next in one slot until nothing does."""
        while part := self.next_part():
            try:
                self.play(part, slot)
            finally:
                self.at_work.remove(part)

    def next_part(self) -> Part | None:
        """What has had the least time; once the hours are over, what has had none."""
        with self.lock:
            waiting = [part for part in self.once if not part.num_rounds]
            waiting += self.machines
            waiting = [part for part in waiting if part not in self.at_work]
            if self.taken_s() > self.seconds:
                waiting = [part for part in waiting if not part.num_rounds]
            if not waiting:
                return None
            chosen = min(waiting, key=lambda part: part.seconds)
            self.at_work.append(chosen)
            return chosen

    def play(self, part: Part, slot: int) -> None:
        """One round, told in one line."""
        known = len(part.failed)
        parts.play_round(part, self.folder, slot)
        with self.lock:
            self.story.write(self.taken_s())
            failed = ", ".join(part.failed[known:]) or "nothing"
            sys.stdout.write(
                f"{self.taken_s():6.0f} s  {part.name}, round {part.num_rounds}:"
                f" {failed} failed\n"
            )
            sys.stdout.flush()


def main(words: list[str]) -> int:
    """Play for the hours that are asked; 1 when something failed."""
    asked = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    asked.add_argument("--hours", type=float, default=2.0)
    asked.add_argument("--folder", type=Path, default=ROOT / "var" / "soak")
    told = asked.parse_args(words)
    shutil.rmtree(told.folder, ignore_errors=True)
    told.folder.mkdir(parents=True)
    soak = Soak(told.folder, told.hours)
    is_well = soak.run()
    sys.stdout.write(soak.story.words(soak.taken_s()))
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
