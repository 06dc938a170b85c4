"""The figures of a long run, as a table for people and as JSON for programs."""

import json
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.factories.sites import ROOT
from tests.soak.figures import gathered
from tests.soak.parts import Part


class Story:
    """What a long run has to tell: `figures.txt` and `figures.json` in its folder."""

    def __init__(self, folder: Path, parts: list[Part], hours: float) -> None:
        self.folder, self.parts, self.hours = folder, parts, hours
        self.began_at = datetime.now(UTC)
        self.commit = _commit()

    def write(self, taken_s: float) -> None:
        """Write both files anew."""
        (self.folder / "figures.txt").write_text(self.words(taken_s))
        told = json.dumps(self.told(taken_s), indent=2, ensure_ascii=False)
        (self.folder / "figures.json").write_text(f"{told}\n")

    def told(self, taken_s: float) -> dict[str, Any]:
        """Everything, by name; `seconds` of a part are of all its rounds."""
        return {
            "began_at": self.began_at.isoformat(timespec="seconds"),
            "commit": self.commit,
            "hours_asked": self.hours,
            "hours_taken": round(taken_s / 3_600, 2),
            "load": [round(load, 1) for load in os.getloadavg()],
            "cores": os.cpu_count(),
            "parts": [
                {
                    "name": part.name,
                    "rounds": part.num_rounds,
                    "passed": part.num_passed,
                    "skipped": part.num_skipped,
                    "failed": part.failed,
                    "seconds": round(part.seconds),
                }
                for part in self.parts
            ],
            "figures": dict(sorted(gathered(self.folder).items())),
        }

    def words(self, taken_s: float) -> str:
        """The same as two tables."""
        told = self.told(taken_s)
        lines = [
            f"make soak, {told['began_at']}, commit {told['commit']}",
            f"{told['hours_taken']} h taken of {told['hours_asked']} asked,"
            f" {told['cores']} cores, load {told['load'][2]} at the end",
            "",
            f"{'part':<18}{'rounds':>8}{'passed':>9}{'skipped':>9}{'failed':>8}{'s':>8}",
        ]
        for part in told["parts"]:
            lines.append(
                f"{part['name']:<18}{part['rounds']:>8,}{part['passed']:>9,}"
                f"{part['skipped']:>9,}{len(part['failed']):>8,}{part['seconds']:>8,}"
            )
            lines += [f"    failed: {name}" for name in sorted(set(part["failed"]))]
        width = max((len(name) for name in told["figures"]), default=0)
        lines += ["", f"{'counted':<{width}}{'number':>12}"]
        lines += [f"{name:<{width}}{n:>12,}" for name, n in told["figures"].items()]
        return "\n".join(lines) + "\n"


def _commit() -> str:
    """The commit that is tried, when this is a checkout."""
    said = subprocess.run(
        ["git", "rev-parse", "--short=10", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stdout.strip() or "unknown"
