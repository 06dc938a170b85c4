"""No key that opens anything real stands in the files or in the history."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.house.inspect_history import KNOWN, added_lines, secret_in
from tests.house.sources import CHECKOUT

ALLOWED = {
    "mot%2Fde%40passe": "the password of an address that a test reads",
}
"""What looks like a secret and is none, with the reason."""
NOT_OURS = {
    ".git",
    ".pytest_cache",
    ".mypy_cache",
    ".venv",
    "node_modules",
    "var",
    "staticfiles",
    "__pycache__",
}


def secrets_in(root: Path) -> list[str]:
    """Files that hold what looks like a private key or a token."""
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in NOT_OURS]
        for path in (Path(folder, name) for name in names):
            if not path.is_symlink() and KNOWN.search(_text(path)):
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


@pytest.mark.skipif(not (CHECKOUT / ".git").exists(), reason="no history here")
def test_no_commit_ever_held_a_secret():
    found = {
        (where, secret)
        for where, line in added_lines(CHECKOUT)
        if (secret := secret_in(line)) and secret not in ALLOWED
    }

    assert found == set()


def test_a_secret_that_was_taken_away_again_is_found(tmp_path):
    def git(*asked):
        who = ("-c", "user.name=Lea", "-c", "user.email=lea@exemple.test")
        subprocess.run(["git", *who, *asked], cwd=tmp_path, check=True)

    secret = "q7Rk2" + "Lw9Zx4Tn8Vb3"
    git("init", "-q")
    (tmp_path / "app.env").write_text(f"EMAIL_PASSWORD = '{secret}'\nNAME = 1\n")
    git("add", ".")
    git("commit", "-qm", "add")
    (tmp_path / "app.env").write_text("NAME = 1\n")
    git("commit", "-qam", "remove")

    found = [secret_in(line) for _where, line in added_lines(tmp_path)]

    assert found == [secret, ""]


def test_addresses_and_keys_are_read_names_are_not():
    said = {
        "URL=postgres://charroi:" + "x9Kd73mQ2@db.example": "x9Kd73mQ2",
        "AWS = 'AKIA" + "ABCDEFGH12345678'": "AKIA" + "ABCDEFGH12345678",
        "token = hub.services.sign_in.new_token(person)": "",
        'password="mot-de-passe-oublie"': "",
        "DATABASE_URL=postgres://charroi:{password}@db.example/charroi": "",
    }

    assert {line: secret_in(line) for line in said} == said
