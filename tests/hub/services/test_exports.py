"""Who took a table that names people is written down."""

import pytest

from hub.models import Trace
from tests.hub.views.conftest import Cast, cast, enter

__all__ = ["cast", "enter"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("/organizations/?table=organizations&format=csv", ["organizations"]),
        ("/organizations/?table=organizations&format=pdf", []),
        ("/organizations/", []),
        ("/cycles/?table=cycles&format=csv", []),
    ],
)
def test_taking_a_table_of_people_leaves_one_trace(
    cast: Cast, enter, address: str, taken: list[str]
) -> None:
    enter(cast.ana).get(address)

    told = Trace.objects.filter(kind="personal_exported")
    assert [(t.person, t.subject, t.after["document"]) for t in told] == [
        (cast.ana, cast.hub.name, name) for name in taken
    ]
