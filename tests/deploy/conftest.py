"""One story for the folder: a hub is saved, restored on a small disk, served, hurt."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from pytest_django import DjangoDbBlocker

from tests.deploy import prints
from tests.deploy.clusters import OwnPostgres, small_disk
from tests.deploy.post import PostOffice, post_office
from tests.deploy.runs import Run
from tests.deploy.world import World, make_world
from tests.factories.sites import PRODUCTION, ROOT, database_addresses

DISK_MB = 300
PHOTO = b"\xff\xd8 a photo"
BROKER = os.environ.get("SERVICES_REDIS_URL") or os.environ.get("SERVICES_RABBITMQ_URL")


@dataclass(frozen=True)
class Restored:
    """Where the hub lives now, and what `restore` said."""

    environment: dict[str, str]
    media: Path
    said: str


@dataclass(frozen=True)
class Saved:
    """A save of the world, and the prints of the database that was saved."""

    world: World
    folder: Path
    said: str
    postgresql: int
    rows: dict[str, tuple[int, str]]
    guards: dict[str, list[Any]]


@pytest.fixture(scope="package")
def saved(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Saved:
    """Make the world in the database of the tests, save it, and take it away again."""
    folder, media = (tmp_path_factory.mktemp(name) for name in ("saves", "media"))
    (media / "places").mkdir()
    (media / "places" / "door.jpg").write_bytes(PHOTO)
    with django_db_blocker.unblock():
        try:
            world = make_world()
            call_command("migrate", verbosity=0)
            addresses = database_addresses()
            said = manage(
                "backup", str(folder), **addresses, MEDIA_ROOT=str(media)
            ).stdout
            with psycopg.connect(addresses["DATABASE_OWNER_URL"]) as link:
                rows = prints.rows_of(link)
                runtime = connections["default"].settings_dict["USER"]
                guards = prints.guards_of(link, runtime=runtime)
        finally:
            call_command("flush", database="owner", verbosity=0, interactive=False)
            connections.close_all()
    (made,) = folder.glob("charroi-*")
    major = json.loads((made / "save.json").read_text())["postgresql"]
    return Saved(world, made, said, major, rows, guards)


@pytest.fixture(scope="package")
def server(request: pytest.FixtureRequest, saved: Saved) -> Iterator[OwnPostgres]:
    """An empty server of this folder's tests, on a small disk where root may mount.

    The long tests fill tables of a million rows: theirs is as large as the machine's.
    """
    is_long = any(item.get_closest_marker("soak") for item in request.session.items)
    with small_disk(None if is_long else DISK_MB) as place:
        made = OwnPostgres(place, saved.postgresql)
        yield made
        made.stop()


@pytest.fixture(scope="package")
def restored(
    saved: Saved, server: OwnPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Restored:
    """The save brought back on the empty server."""
    media = tmp_path_factory.mktemp("restored") / "media"
    environment = {**server.environment, "MEDIA_ROOT": str(media)}
    said = manage("restore", str(saved.folder), **environment).stdout
    return Restored(environment, media, said)


@pytest.fixture(scope="package")
def post() -> Iterator[PostOffice]:
    """Where the site's mails arrive."""
    with post_office() as office:
        yield office


@pytest.fixture(scope="package")
def run(
    restored: Restored, post: PostOffice, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Run]:
    """The production run of the restored hub."""
    if not BROKER:
        pytest.skip("no Redis and no RabbitMQ here")
    made = Run(
        tmp_path_factory.mktemp("run"),
        **restored.environment,
        BROKER_URL=BROKER,
        EMAIL_URL=post.address,
    )
    try:
        made.start()
        yield made
    finally:
        made.end()


def manage(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one of our commands as somebody who operates a site does."""
    ran = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={**os.environ, **PRODUCTION, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran
