"""What an installation fetches: pinned, checked by hash, from no place by name."""

import json
import re
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"[a-z]+://|--(?!hash)")


def entries(text: str) -> list[str]:
    """Return what a lock file asks for, each with its hashes."""
    return re.split(r"\n(?=\S)", text.strip())


def loose_entries(text: str) -> list[str]:
    """Return the entries with an address, or that another file could pass for."""
    return [
        entry
        for entry in entries(text)
        if ADDRESS.search(entry) or "==" not in entry or "--hash=sha256:" not in entry
    ]


def unpinned_browser_packages(text: str) -> list[str]:
    """Return the packages of npm's lock with an address or without a hash."""
    return [
        name
        for name, package in json.loads(text)["packages"].items()
        if name and ("resolved" in package or "integrity" not in package)
    ]


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_python_package_is_pinned_by_hash_and_by_no_address(name: str) -> None:
    text = (HERE / name).read_text()

    assert loose_entries(text) == []
    assert len(entries(text)) > 50


def test_developers_run_what_is_deployed() -> None:
    deployed = set(entries((HERE / "requirements.lock").read_text()))
    developed = set(entries((HERE / "requirements-dev.lock").read_text()))

    assert deployed - developed == set()


def test_every_browser_package_is_pinned_by_hash_and_by_no_address() -> None:
    assert unpinned_browser_packages((HERE / "package-lock.json").read_text()) == []


def test_a_lock_that_loosens_is_seen() -> None:
    python = (
        "--index-url https://elsewhere\n"
        "unchecked==1.0\n"
        "floating>=1.0 \\\n    --hash=sha256:ab\n"
        "tight==2.0 \\\n    --hash=sha256:ab\n"
    )
    browser = {
        "": {},
        "node_modules/loose": {"integrity": "ab", "resolved": "https://elsewhere"},
        "node_modules/unchecked": {},
        "node_modules/tight": {"integrity": "ab"},
    }

    assert loose_entries(python) == entries(python)[:3]
    assert unpinned_browser_packages(json.dumps({"packages": browser})) == [
        "node_modules/loose",
        "node_modules/unchecked",
    ]
