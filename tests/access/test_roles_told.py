"""What the page « Who does what » says, held against the table of who may what."""

import pytest
from django.urls import reverse

from hub.context import menu_of
from hub.core.roles import ROLES, Claim
from hub.models import Membership, Organization
from hub.selectors import Acting
from tests.access.lines import Line, lines
from tests.access.table import COLUMNS

COLUMN = {
    "coordinator": "coordination",
    "producer": "farm_a",
    "group_buyer": "group",
    "institutional_buyer": "institution",
    "driver": "driver",
    "programme_manager": "programme",
    "distributor": "distributor",
    "merchant": "funder",  # no page of its own yet: as closed as the funder's
    "funder": "funder",
}
"""Whose answers of the table are those of a role."""
LET_IN = {"y", ">", "x", "c", "b"}


def test_every_role_is_told() -> None:
    assert sorted(ROLES) == sorted(Membership.Role.values)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_sees_and_may_what_is_said(role: str) -> None:
    told = ROLES[role]

    shut = [
        page
        for claims, verb in ((told.sees, "GET"), (told.may, "POST"))
        for page in _pages(claims)
        if not _marks(role, page, verb) & LET_IN
    ]

    assert shut == []


@pytest.mark.parametrize("role", ROLES)
def test_a_role_never_sees_what_is_said(role: str) -> None:
    open_pages = [
        page
        for page in _pages(ROLES[role].never)
        if _marks(role, page, "GET") | _marks(role, page, "POST") != {"."}
    ]

    assert open_pages == []


@pytest.mark.parametrize("role", ROLES)
def test_every_entry_of_the_menu_is_told(role: str) -> None:
    acting = Acting(organization=Organization(kind="hub"), roles=frozenset({role}))
    menu = {link.url for link in menu_of(acting, "/")}

    assert menu - {reverse(page) for page in _told_pages(role)} == set()


def test_a_claim_that_is_false_is_found() -> None:
    assert _marks("producer", "hub:organizations", "GET") == {"."}


def _told_pages(role: str) -> list[str]:
    """The pages that a role is said to see, and that name no row."""
    rowless = {line.route for line in lines() if line.row == "-"}
    return [page for page in _pages(ROLES[role].sees) if page in rowless]


def _pages(claims: tuple[Claim, ...]) -> list[str]:
    return [page for claim in claims for page in claim.pages]


def _marks(role: str, page: str, verb: str) -> set[str]:
    return {
        _cell(line, role)[0]
        for line in lines()
        if line.route == page and line.verb == verb
    } - {"-"}


def _cell(line: Line, role: str) -> str:
    return line.cells[COLUMNS.index(COLUMN[role])]
