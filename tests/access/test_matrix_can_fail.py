"""The matrix finds an open page, a row of others, a silent write, a missing line."""

import pytest
from django.db import connection
from django.utils.translation import override
from pytest_django import Settings

from hub.templatetags.words import money
from tests.access.addresses import Route, routes
from tests.access.asking import WRITERS, Asker
from tests.access.differences import differences
from tests.access.figures import FIGURES, NO_BREAK, READ_BY, words_of
from tests.access.lines import Line, lines
from tests.access.table import COLUMNS
from tests.access.test_matrix import ROWS
from tests.access.world import MARKS, World

CAREFUL = tuple("s  .  y. .  .  .  y. .y .  .  .  .  .".split())  # noqa: SIM905 - as a line of the table
OPEN_URLS = "tests.access.open_urls"


@pytest.fixture(autouse=True)
def _with_careless_addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = OPEN_URLS


def found(name: str, verb: str, world: World, asker: Asker) -> set[tuple[str, ...]]:
    """Who got what, without the address."""
    line = Line(verb=verb, route=name, row="farm_place", cells=CAREFUL)
    told = differences(line, Route(name, ("public_id",)), world, asker)
    return {(text.split()[0], text.split(": ", 1)[1]) for text in told}


def test_a_page_open_to_anybody_is_found(world: World, asker: Asker) -> None:
    told = found("open", "GET", world, asker)

    assert ("anonymous", "y, not s") in told
    assert {role for role, what in told if "shows" in what} == set(COLUMNS)


def test_a_page_that_forgets_whose_row_it_is_is_found(
    world: World, asker: Asker
) -> None:
    told = found("careless", "GET", world, asker)

    assert ("farm_b", "y, not .") in told
    assert ("coordination", f"shows {world.other.mark}") in told
    assert ("other_hub", f"shows {world.home.mark}") in told
    assert {role for role, _what in told} == {*COLUMNS} - {
        "anonymous",
        "stranger",
        "operator",
    }


def test_a_form_that_writes_before_it_refuses_is_found(
    world: World, asker: Asker
) -> None:
    told = found("hasty", "POST", world, asker)

    assert ("farm_b", "refused, but rows changed") in told


def test_a_price_of_another_farm_is_found(world: World, asker: Asker) -> None:
    told = found("priced", "GET", world, asker)

    ours, theirs = (f"shows {money_of(mark)}" for mark in MARKS)
    assert {role for role, what in told if what == ours} == {
        *("farm_b", "group", "institution", "other_hub", "driver", "funder"),
        *("programme", "distributor"),
    }
    assert ("coordination", theirs) in told


def test_a_tier_of_another_hub_is_found(world: World, asker: Asker) -> None:
    told = found("tiered", "GET", world, asker)

    assert ("coordination", "shows 12719") in told
    assert ("coordination", "shows 127,19") in told
    assert ("other_hub", "shows 11373") in told
    assert ("group", "shows 11373") not in told


def test_what_a_paper_says_of_another_hub_is_found(world: World, asker: Asker) -> None:
    told = found("printed", "GET", world, asker)

    assert ("coordination", "shows 127,19") in told
    assert ("coordination", f"shows {world.other.mark}") in told
    assert ("other_hub", "shows 113,73") in told
    assert ("group", "shows 113,73") not in told


def money_of(mark: str) -> str:
    """What one of its farms asks, as a French page writes it."""
    with override("fr-ca"):
        return money(FIGURES[mark].farm_price_cents).partition(f"{NO_BREAK}$")[0]


@pytest.mark.parametrize("name", READ_BY)
def test_a_figure_is_there_to_be_found(name: str, world: World, asker: Asker) -> None:
    rows = world.home.rows
    page = {
        "farm_price_cents": f"/producers/products/{rows['farm'].public_id}/",
        "order_price_cents": f"/orders/order/{rows['group_order'].public_id}/",
        "envelope_cents": f"/vouchers/{rows['envelope'].public_id}/",
        "statement_cents": f"/notices/{rows['notice'].public_id}/",
        "agreed_until": "/pricing/agreements/",
        "support_cap_cents": "/pricing/limits/",
    }[name]
    who = "programme" if name == "envelope_cents" else "coordination"

    words = asker.ask(who, "GET", page).words

    assert [word for word in words_of(world.home.mark, name) if word in words] != []


def test_private_words_are_there_to_be_found(world: World, asker: Asker) -> None:
    order = world.home.rows["group_order"]

    page = asker.ask("group", "GET", f"/orders/order/{order.public_id}/")

    assert order.note in page.words


def test_nothing_done_by_a_question_stays(world: World, asker: Asker) -> None:
    before = world.home.rows["farm_place"].name
    found("hasty", "POST", world, asker)

    world.home.rows["farm_place"].refresh_from_db()

    assert world.home.rows["farm_place"].name == before


def test_no_select_of_a_page_can_write(asker: Asker) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE provolatile = 'v'"
            " AND pronamespace = 'public'::regnamespace"
            " AND prorettype <> 'trigger'::regtype"
        )
        functions = cursor.fetchall()

    # The first is called by the task that forgets old traces, and by no page.
    assert sorted(functions) == [("hub_forget_traces",), *((w,) for w in WRITERS)]


def test_an_address_without_a_line_is_found() -> None:
    named = {route.name for route in routes(OPEN_URLS)}
    missing = {name for name in named - set(ROWS) if not name.startswith("api:")}

    careless = {"open", "careless", "chosen", "hasty", "priced", "tiered", "printed"}
    assert missing == careless


def test_a_line_with_a_column_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="open: 1 columns, not 13"):
        lines("GET open - y")
