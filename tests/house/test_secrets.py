"""No key that opens anything real stands in the files of the project."""

import os
import re
from pathlib import Path

from tests.house.sources import CHECKOUT

SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\bAKIA[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{36}\b"
    r"|\bglpat-[\w-]{20}\b"
    r"|\bxox[abprs]-[\w-]{10,}"
    r"|\b[sr]k_live_[A-Za-z0-9]{20,}"
)
NOT_OURS = {".git", ".venv", "node_modules", "var", "staticfiles", "__pycache__"}


def secrets_in(root: Path) -> list[str]:
    """Files that hold what looks like a private key or a token."""
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in NOT_OURS]
        for path in (Path(folder, name) for name in names):
            if not path.is_symlink() and SECRETS.search(_text(path)):
                found.append(path.relative_to(root).as_posix())
    return sorted(found)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="ignore")


def test_no_file_holds_a_secret():
    assert secrets_in(CHECKOUT) == []


def test_a_key_in_a_file_is_found(tmp_path):
    (tmp_path / "fine.txt").write_text("SECRET_KEY = the name of a setting")
    (tmp_path / "bad.env").write_text("TOKEN=gh" + "p_" + "a1" * 18)

    assert secrets_in(tmp_path) == ["bad.env"]
