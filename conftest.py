"""Where pytest starts: one database made by its owner, used by the runtime role."""

import pytest

_ROLLED_BACK = ["default", "journal"]
_EMPTIED = ["default", "journal", "owner"]
_TRANSACTIONAL = {"transactional_db", "live_server"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let each test with a database use the aliases that the project uses.

    Refused keys of the ledger are kept over "journal"; after a transactional test
    "owner" empties the tables, which the runtime role may not. A test that names its
    databases itself keeps them.
    """
    for item in items:
        marker = item.get_closest_marker("django_db")
        fixtures = set(getattr(item, "fixturenames", ()))
        if marker is None and not fixtures & {"db", *_TRANSACTIONAL}:
            continue
        asked = dict(marker.kwargs) if marker else {}
        asked.setdefault("transaction", bool(fixtures & _TRANSACTIONAL))
        asked.setdefault(
            "databases", _EMPTIED if asked["transaction"] else _ROLLED_BACK
        )
        item.add_marker(pytest.mark.django_db(**asked), append=False)
