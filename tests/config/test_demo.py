"""The demo's two faces: figures that can be checked, and a site that leaves nothing."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from config.demo.world import draw_world

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-06-16"
ROLES = [
    "Coordination du pôle",
    "Chauffeur·se",
    "Financement ou conseil d’administration",
    "Groupe acheteur",
    "Institution acheteuse",
    "Producteur·rice",
    "Gestion de programme",
]
"""Whoever can see something of the demo is named when it starts."""
pytestmark = pytest.mark.timeout(280)


def command(*words: str) -> list[str]:
    return [sys.executable, "manage.py", "demo", "--size", "village", *words]


def figures(seed: int) -> dict[str, Any]:
    words = ["--no-serve", "--json", "--seed", str(seed), "--today", TODAY]
    ran = subprocess.run(
        command(*words), cwd=ROOT, check=True, capture_output=True, text=True
    )
    return dict(json.loads(ran.stdout))


@pytest.fixture(scope="module", autouse=True)
def forgotten() -> Iterator[None]:
    """Leave no database of a demo behind."""
    yield
    forget = command("--forget", "--seed", "7", "--today", TODAY)
    subprocess.run(forget, cwd=ROOT, check=True)


@pytest.fixture(scope="module")
def first() -> dict[str, Any]:
    """The figures of seed 7; its database is then ready to be served."""
    return figures(7)


def test_the_figures_agree_with_each_other(first: dict[str, Any]) -> None:
    proved = {
        "ledger_sum_cents": first["ledger_sum_cents"],
        "stock_reserved_ok": first["stock_reserved_ok"],
        "plan_checked": first["plan_checked"],
        "fund_money_cents": first["fund_balance_cents"]
        + first["fund_held_cents"]
        + first["fund_drawn_cents"]
        - first["fund_contributed_cents"],
        "something_rides": first["shipments"] > 0 and first["plan_distance_m"] > 0,
    }

    assert proved == {
        "ledger_sum_cents": 0,
        "stock_reserved_ok": True,
        "plan_checked": True,
        "fund_money_cents": 6 * (45_000 + 25_000),
        "something_rides": True,
    }


def test_the_settled_day_agrees_with_itself(first: dict[str, Any]) -> None:
    shared = first["cost_shares_sum_cents"] - first["driven_cost_cents"]
    indicators = first["indicators"]

    proved = {
        "shares_and_remainder_less_the_cost": shared,
        "somebody_pays_more_than_alone": first["max_share_over_alone"] > 1.0,
        "pooling_saves": first["driven_cost_cents"] < first["stand_alone_cost_cents"],
        "farms_paid_less_payable": indicators["farm_paid"]
        - first["farm_payable_cents"],
        "all_parts_are_paid": min(
            first["farm_payable_cents"],
            first["buyer_invoiced_cents"],
            first["envelope_captured_cents"],
            first["fund_drawn_cents"],
        )
        > 0,
        "undecided": [s for s in first["unserved"] if not s["decision"]],
    }

    assert proved == {
        "shares_and_remainder_less_the_cost": 0,
        "somebody_pays_more_than_alone": False,
        "pooling_saves": True,
        "farms_paid_less_payable": 0,
        "all_parts_are_paid": True,
        "undecided": [],
    }


def test_a_seed_plays_the_same_week_again(first: dict[str, Any]) -> None:
    assert figures(7) == first


def test_another_seed_is_another_week() -> None:
    """The city draws its farms; a seed also draws quantities and who orders."""
    assert draw_world(size="city", seed=7) == draw_world(size="city", seed=7)
    assert draw_world(size="city", seed=8) != draw_world(size="city", seed=7)


def processes_speaking_of(word: str) -> list[str]:
    """Command lines and environments that name the demo's database."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        if int(folder.name) == os.getpid():
            continue
        try:
            line = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
        except OSError:
            continue
        if word.encode() in line:
            found.append(folder.name)
    return found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_the_site_answers_and_ctrl_c_or_a_closed_terminal_leaves_nothing_running(
    number: signal.Signals, first: dict[str, Any]
) -> None:
    words = command("--seed", "7", "--today", TODAY, "--port", "0")
    with subprocess.Popen(
        words, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as site:
        assert site.stdout is not None
        said = ""
        while "Ctrl-C" not in said:
            line = site.stdout.readline()
            assert line, said
            said += line
        port = re.search(r"localhost:(\d+)", said)
        assert port is not None
        with urlopen(f"http://localhost:{port[1]}/") as page:
            status = page.status
        site.send_signal(number)
        code = site.wait(timeout=40)
    time.sleep(0.5)

    assert (status, code) == (200, 0)
    assert re.findall(r"(?m)^  (\S.*?)  ", said) == ROLES
    assert processes_speaking_of("charroi_demo_village_7") == []
