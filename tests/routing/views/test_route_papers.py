"""Papers of a truck: for the coordination, and for who drives it, nobody else."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from hub.models import Person
from routing import services
from routing.models import Plan
from tests.factories.hub import make_driver
from tests.factories.routing import make_plan
from tests.factories.week import NOW
from tests.routing.views.conftest import Cast
from tests.routing.views.test_days import words

pytestmark = pytest.mark.django_db
Enter = Callable[[Person], Client]
DOCUMENTS = ("manifest", "loading", "notes")


@pytest.fixture
def plan(cast: Cast) -> Plan:
    with time_machine.travel(NOW):
        made = make_plan(cast.day)
        services.publish_plan(plan=made, by=None, now=NOW)
    return made


def page_of(plan: Plan, document: str, end: str = "/") -> str:
    return f"/routing/papers/{plan.public_id}/1/{document}{end}"


@pytest.mark.parametrize(
    ("document", "title"),
    [
        ("manifest", "Manifest — "),
        ("loading", "Loading sheet — "),
        ("notes", "Delivery note — "),
    ],
)
def test_a_paper_is_a_page_and_a_file(
    cast: Cast, enter: Enter, plan: Plan, document: str, title: str
):
    client = enter(cast.ana)

    page = words(client.get(page_of(plan, document)))
    file = client.get(page_of(plan, document, ".pdf"))

    assert (title in page, "caisse" in page or "case" in page) == (True, True)
    assert (file["Content-Type"], file.content[:5]) == ("application/pdf", b"%PDF-")


def test_no_price_stands_on_any_paper(cast: Cast, enter: Enter, plan: Plan):
    client = enter(cast.ana)

    pages = [words(client.get(page_of(plan, document))) for document in DOCUMENTS]

    assert ["$" in page for page in pages] == [False] * 3


def test_a_driver_sees_the_papers_of_the_own_route_only(
    cast: Cast, enter: Enter, plan: Plan
):
    eve = make_driver(cast.day.week.hub)
    services.name_driver(route=plan.routes.get(), driver=cast.dan)

    seen = [
        enter(person).get(page_of(plan, document)).status_code
        for person in (cast.dan, eve, cast.zoe)
        for document in DOCUMENTS
    ]

    assert seen == [200] * 3 + [404] * 6


def test_a_paper_that_does_not_exist_is_not_found(cast: Cast, enter: Enter, plan: Plan):
    client = enter(cast.ana)

    asked = [client.get(page_of(plan, "invoice", end)) for end in ("/", ".pdf")]

    assert [answer.status_code for answer in asked] == [404, 404]


def test_the_order_number_stands_on_the_note(cast: Cast, enter: Enter, plan: Plan):
    cast.day.week.buyer.orders.update(po_number="PO-77")

    page = words(enter(cast.ana).get(page_of(plan, "notes")))

    assert "Purchase order: PO-77" in page
