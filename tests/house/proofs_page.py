"""Write `docs/proofs.md` from its one source: `python -m tests.house.proofs_page`.

With the path of the `figures.json` that `make soak` left, its figures are first written
into `hub/core/proofs/soak.py`, where the page of the site finds them too.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from hub.core.proofs import (
    FIGURES,
    FIGURES_ON,
    PARTS,
    PROMISES,
    SOAK,
    Figure,
    Promise,
    SoakRun,
)
from tests.house.sources import CHECKOUT

PAGE = "docs/proofs.md"
SOURCE = "hub/core/proofs/soak.py"

_HEAD = """\
# What Charroi promises, and how each promise is shown

For whoever entrusts food or money to it. Each promise has a test that tries to break
it; beside each race stands a *negative control*, the same race with the lock taken off,
which must show the harm. Commands are run in a checkout, after `make install`.

This page and the page « Preuves » of the site (`/proofs/`, linked at the foot of every
page, in French and English, open to everyone) are written from one source,
`hub/core/proofs/`; a test insists that this one is current. After a `make soak`,
`python -m tests.house.proofs_page var/soak/…/figures.json` puts its figures in both.
"""
_NO_SOAK = """\
`make soak` (races again and again, random weeks for hours) has **not been run to its
end yet**; its figures will stand here.
"""
_FOOT = """\
What a browser loads and what a page costs is in
[benchmarks/results.md](../benchmarks/results.md).
"""


def proofs_page(
    promises: Sequence[Promise] = PROMISES,
    figures: Sequence[Figure] = FIGURES,
    soak: SoakRun | None = SOAK,
) -> str:
    """Give the whole page: promises, the long run, and what shorter runs found."""
    told = [
        f"| {each.sentence} | {_names(each.shown_by)} | `{each.command}` |"
        for each in promises
    ]
    found = [
        f"| {each.what} | {each.found % each.numbers} | `{each.command}` |"
        for each in figures
    ]
    return "\n".join(
        [
            _HEAD,
            *("| Promise | Shown by | Command |", "|---|---|---|", *told, ""),
            *("## The long run", "", _soak_part(soak)),
            *("## What shorter runs found", ""),
            *(f"On {FIGURES_ON}, on two shared cores.", ""),
            *("| What | Found | Command |", "|---|---|---|", *found, ""),
            _FOOT,
        ]
    )


def _names(paths: Sequence[str]) -> str:
    return ", ".join(f"`{path}`" for path in paths)


def _soak_part(soak: SoakRun | None) -> str:
    if soak is None:
        return _NO_SOAK
    rows = [
        f"| {PARTS[part.name]} | {part.num_rounds:,} | {part.num_passed:,}"
        f" | {part.num_failed:,} |"
        for part in soak.parts
    ]
    head = (
        f"`make soak`, run to its end on {soak.ran_on}, for {soak.hours} hours on"
        f" {soak.cores} cores, at commit `{soak.commit}`:"
    )
    columns = ["| Part | Rounds | Passed | Failed |", "|---|---|---|---|"]
    return "\n".join([head, "", *columns, *rows, ""])


def soak_source(told: dict[str, Any]) -> str:
    """The module of the long run, from what it left in `figures.json`."""
    on = datetime.fromisoformat(told["began_at"]).date()
    parts = "".join(
        f"        Part({part['name']!r}, num_rounds={part['rounds']},"
        f" num_passed={part['passed']}, num_failed={len(part['failed'])}),\n"
        for part in told["parts"]
    )
    return (
        '"""The last `make soak` that was run to its end: `tests.house.proofs_page`."""'
        "\n\n"
        "from datetime import date\nfrom decimal import Decimal\n\n"
        "from hub.core.proofs.soak_run import Part, SoakRun\n\n"
        "SOAK: SoakRun | None = SoakRun(\n"
        f"    ran_on=date({on.year}, {on.month}, {on.day}),\n"
        f"    commit={told['commit']!r},\n"
        f"    hours=Decimal({str(told['hours_taken'])!r}),\n"
        f"    cores={told['cores']},\n"
        f"    parts=(\n{parts}    ),\n)\n"
    )


def main(arguments: Sequence[str]) -> None:
    """Write the source from a long run, if one is named, then the page."""
    if not arguments:
        (CHECKOUT / PAGE).write_text(proofs_page())
        return
    told = json.loads(Path(arguments[0]).read_text())
    source = CHECKOUT / SOURCE
    source.write_text(soak_source(told))
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", source], check=True)
    # Another process reads what was just written.
    subprocess.run([sys.executable, "-m", "tests.house.proofs_page"], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
