"""Twin hubs made once for all files of tests, in a transaction that is undone."""

from collections.abc import Iterator
from contextlib import ExitStack
from copy import deepcopy

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.access.asking import Asker
from tests.access.world import World, make_world


@pytest.fixture(scope="package")
def twins(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Two complete hubs; no file may change them, each has its own `world` of them."""
    with django_db_blocker.unblock(), undone_at_the_end():
        yield make_world()


@pytest.fixture(scope="module")
def world(twins: World) -> Iterator[World]:
    """The two hubs as they were made; every question of the file is asked about them.

    What the file changes is undone.
    """
    with undone_at_the_end():
        yield deepcopy(twins)


@pytest.fixture(scope="module")
def asker(world: World) -> Asker:
    """Somebody to ask as any person of the table."""
    return Asker(world.askers)


def undone_at_the_end() -> ExitStack:
    """A transaction on both connections; inside another one, a part of it."""
    undone = ExitStack()
    for alias in ("default", "journal"):
        undone.enter_context(transaction.atomic(using=alias))
        undone.callback(transaction.set_rollback, True, using=alias)
    return undone
