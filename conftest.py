"""Where pytest starts: one database made by its owner, used by the runtime role."""

from collections.abc import Iterator

import hypothesis
import pytest
from django.conf import settings
from django.db import connections
from django.test.utils import setup_databases, teardown_databases
from pytest_django import DjangoDbBlocker

# On a shared machine a slow example says nothing about the rule it tries.
hypothesis.settings.register_profile("charroi", deadline=None, print_blob=True)
hypothesis.settings.load_profile("charroi")


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Make the test database whatever aliases the chosen tests name.

    pytest-django makes only the databases its tests ask for; ours all mirror "owner",
    so without this a test that asks for "default" would meet the real database.
    """
    for prepared in ("django_test_environment", "django_db_modify_db_settings"):
        request.getfixturevalue(prepared)
    with django_db_blocker.unblock():
        made = setup_databases(
            verbosity=0, interactive=False, aliases=settings.DATABASES
        )
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        teardown_databases(made, verbosity=0)
