"""The contracts of `.importlinter`: kept here, and broken by each deliberate fault."""

import configparser
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import APPS, CHECKOUT, House

_CONFIG = CHECKOUT / ".importlinter"
_PACKAGES = (
    "config",
    "hub",
    "orders",
    "pricing",
    "producers",
    "routing",
    "vouchers",
)

# What is planted, and the sentence that must come back.
_FAULTS = {
    "a floor imports the one above": (
        {"hub/selectors.py": "import orders.selectors\n", "orders/selectors.py": ""},
        "hub is not allowed to import orders",
    ),
    "neighbours meet": (
        {"producers/services.py": "import pricing.core.tiers\n"},
        "producers is not allowed to import pricing",
    ),
    "somebody imports the roof": (
        {"routing/services.py": "import config.settings\n", "config/settings.py": ""},
        "routing is not allowed to import config",
    ),
    "a room imports the one above": (
        {"orders/models.py": "import orders.services\n", "orders/services.py": ""},
        "orders.models is not allowed to import orders.services",
    ),
    "a room has no name in the house": (
        {"pricing/helpers.py": ""},
        "pricing.helpers",
    ),
    "the ledger looks up": (
        {"hub/ledger/posting.py": "import hub.places\n", "hub/places.py": ""},
        "hub.ledger is not allowed to import hub.places",
    ),
    "the ledger's models import its posting": (
        {
            "hub/ledger/models.py": "import hub.ledger.statements\n",
            "hub/ledger/statements.py": "",
        },
        "hub.ledger.models is not allowed to import hub.ledger.statements",
    ),
    "arithmetic knows somebody": (
        {"hub/core/money.py": "import hub.notices\n", "hub/notices.py": ""},
        "hub.core is not allowed to import hub.notices",
    ),
    "tables travel": (
        {
            "routing/bridge.py": "import producers.models\n",
            "producers/models.py": "",
        },
        "routing is not allowed to import producers.models",
    ),
    "somebody reads the ledger's rows": (
        {
            "hub/indicators.py": "import hub.ledger.models\n",
            "hub/ledger/models.py": "",
        },
        "hub.indicators -> hub.ledger.models",
    ),
    "the check looks at the solver": (
        {
            "routing/core/check.py": "import routing.core.solve.model\n",
            "routing/core/solve/__init__.py": "",
            "routing/core/solve/model.py": "",
        },
        "routing.core.check is not allowed to import routing.core.solve",
    ),
    "pure rules import Django": (
        {"orders/core/states.py": "import django\n"},
        "orders.core is not allowed to import django",
    ),
}


def _lint(root: Path) -> tuple[int, str]:
    """Run import-linter in a checkout; give its exit code and unwrapped words."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=root,
        env={**os.environ, "COLUMNS": "300", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, re.sub(r"\s+", " ", done.stdout + done.stderr)


def _plant_packages(root: Path, files: dict[str, str]) -> None:
    bases = [*_PACKAGES, "hub/ledger", *(f"{name}/core" for name in _PACKAGES[1:])]
    sound = {f"{base}/__init__.py": "" for base in bases}
    sound |= {"pricing/core/tiers.py": ""}
    for name, text in (sound | files).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (root / ".importlinter").write_text(_CONFIG.read_text())


def test_every_contract_is_kept():
    code, words = _lint(CHECKOUT)

    assert (code, "0 broken" in words) == (0, True), words


def test_a_sound_fake_checkout_keeps_every_contract(tmp_path):
    _plant_packages(tmp_path, {"orders/views.py": "import hub.core\n"})

    code, words = _lint(tmp_path)

    assert (code, "0 broken" in words) == (0, True), words


@pytest.mark.parametrize("fault", _FAULTS)
def test_a_deliberate_fault_breaks_its_contract(tmp_path, fault):
    files, sentence = _FAULTS[fault]
    _plant_packages(tmp_path, files)

    code, words = _lint(tmp_path)

    assert (code, sentence in words) == (1, True), words


def test_every_app_is_under_contract(house):
    assert _apps_out_of_contract(house, _CONFIG.read_text()) == []


def test_an_app_without_contract_is_noticed(plant):
    house = plant({"vouchers/core/draws.py": ""})

    config = _CONFIG.read_text().replace("    vouchers\n", "")

    missing = _apps_out_of_contract(house, config)

    assert missing == ["vouchers in root_packages", "vouchers in contract:rooms"]


def _apps_out_of_contract(house: House, config: str) -> list[str]:
    parser = configparser.ConfigParser()
    parser.read_string(config)
    lists = {
        "root_packages": parser["importlinter"]["root_packages"].split(),
        "contract:rooms": parser["importlinter:contract:rooms"]["containers"].split(),
    }
    return [
        f"{app} in {name}"
        for app in APPS
        if house.files(app)
        for name, listed in lists.items()
        if app not in listed
    ]
