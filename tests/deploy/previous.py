"""The migrations that the previous release knew, kept in `tests/data`.

`make previous-release [REF=…]` writes them from the newest tag that can be reached, or
from a named commit while nothing is tagged. A clone without tags tests the same.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.factories.sites import ROOT

FILE = ROOT / "tests/data/previous_release.json"
FOLDERS = {
    "hub": "hub/migrations",
    "ledger": "hub/ledger/migrations",
    "producers": "producers/migrations",
    "pricing": "pricing/migrations",
    "vouchers": "vouchers/migrations",
    "orders": "orders/migrations",
    "routing": "routing/migrations",
}


@dataclass(frozen=True)
class Release:
    """What was released: its name, and the newest migration of each of our apps."""

    ref: str
    migrations: dict[str, str]


def previous_release() -> Release:
    """The release that the file names."""
    return Release(**json.loads(FILE.read_text()))


def release_at(ref: str) -> Release:
    """Read the names of the migrations in the tree of a tag or a commit."""
    newest = {
        label: max(
            Path(path).stem
            for path in _git("ls-tree", "--name-only", ref, f"{folder}/").split()
            if Path(path).name[:4].isdigit()
        )
        for label, folder in FOLDERS.items()
    }
    return Release(ref, newest)


def newest_tag() -> str:
    """The newest tag of which this commit is a descendant."""
    return _git("describe", "--tags", "--abbrev=0").strip()


def _git(*words: str) -> str:
    command = ["git", "-C", str(ROOT), *words]
    ran = subprocess.run(command, check=False, capture_output=True, text=True)
    if ran.returncode:
        sys.exit(f"{ran.stderr.strip()}\nName a tag or a commit: REF=…")
    return ran.stdout


if __name__ == "__main__":
    wanted = release_at(sys.argv[1] if sys.argv[1:] else newest_tag())
    told = {"ref": wanted.ref, "migrations": wanted.migrations}
    FILE.write_text(json.dumps(told, indent=2) + "\n")
