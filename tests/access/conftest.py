"""Twin hubs made once for a file of tests, in a transaction that is undone."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.access.asking import Asker
from tests.access.world import World, make_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Two complete hubs; every question of the file is asked about them."""
    with django_db_blocker.unblock(), ExitStack() as undone:
        for alias in ("default", "journal"):
            undone.enter_context(transaction.atomic(using=alias))
            undone.callback(transaction.set_rollback, True, using=alias)
        yield make_world()


@pytest.fixture(scope="module")
def asker(world: World) -> Asker:
    """Somebody to ask as any person of the table."""
    return Asker(world.askers)
