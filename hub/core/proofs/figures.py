"""What shorter runs found: a sentence, its numbers, the command that finds them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from hub.core.errors import N_

FIGURES_ON = date(2026, 11, 22)
"""The day on which the figures below were found, on two shared cores."""

_TROUBLE = "pytest -s -m services tests/deploy/test_trouble.py"


@dataclass(frozen=True, slots=True)
class Figure:
    """Something that was counted; `numbers` go into `found`, by name."""

    what: str
    found: str
    command: str
    numbers: Mapping[str, int | Decimal] = field(default_factory=dict)


FIGURES: tuple[Figure, ...] = (
    Figure(
        what=N_(
            "Random fortnights, each ended by reopening its cycles and closing them "
            "again"
        ),
        found=N_(
            "%(weeks)s fortnights: %(done)s reopenings done, %(refused)s refused as "
            "they must be; stock, fund and books equal to a second count made apart"
        ),
        numbers={"weeks": 20, "done": 65, "refused": 4},
        command="pytest tests/orders/test_random_fortnights.py",
    ),
    Figure(
        what=N_("Invented requests to the API"),
        found=N_(
            "%(operations)s operations, %(keys)s keys, %(cases)s cases each: no server "
            "error, no answer that is not described"
        ),
        numbers={"operations": 77, "keys": 5, "cases": 30},
        command="pytest tests/access/test_api_described.py",
    ),
    Figure(
        what=N_("Sessions of the database ended at random while money is paid"),
        found=N_(
            "%(killed)s ended in a minute, %(broken)s tries broken, %(done)s payments "
            "acknowledged: none lost, %(cents)s cents too much"
        ),
        numbers={"killed": 894, "broken": 804, "done": 5_662, "cents": 0},
        command="pytest -m soak tests/races/test_ledger_kills.py",
    ),
    Figure(
        what=N_("A full disk"),
        found=N_("%(done)s acknowledged, %(waited)s told to wait, none lost"),
        numbers={"done": 62, "waited": 47},
        command=_TROUBLE,
    ),
    Figure(
        what=N_("A crash of the database"),
        found=N_("%(done)s acknowledged, %(waited)s told to wait, none lost"),
        numbers={"done": 24, "waited": 12},
        command=_TROUBLE,
    ),
    Figure(
        what=N_("Save and restore of a small hub"),
        found=N_("%(save)s s to save, %(restore)s s to restore"),
        numbers={"save": Decimal("0.9"), "restore": Decimal("1.1")},
        command="pytest -s -m services tests/deploy/test_backup_drill.py",
    ),
)
