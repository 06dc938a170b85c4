"""Every table of a page is a file too, and every file is written down."""

from tests.house import inspect_tables as inspect
from tests.house.exchange_page import PAGE, exchange_page
from tests.house.sources import CHECKOUT

PAGE_OF_FARMS = "producers/templates/producers/farms.html"
DESCRIBED = {
    "producers/exchange/tables.py": (
        'FARMS = Table(\n    name="farms",\n    title=_("Farms"),\n)\n'
    )
}


def test_every_table_can_be_taken_home(house):
    assert list(map(str, inspect.tables_without_files(house))) == []


def test_a_table_without_a_file_is_noticed(plant):
    bare = {PAGE_OF_FARMS: "<table></table>"}
    offered = {PAGE_OF_FARMS: '{% downloads "farms" %}<table></table>'}

    complaints = list(map(str, inspect.tables_without_files(plant(bare))))

    assert complaints == [f"{PAGE_OF_FARMS}:1: a table that nobody can take home"]
    assert inspect.tables_without_files(plant(offered)) == []


def test_every_exception_is_needed(house):
    assert inspect.idle_exceptions(house) == []


def test_pages_offer_tables_that_exist_and_every_one_of_them(house):
    assert list(map(str, inspect.unknown_tables(house))) == []
    assert inspect.tables_offered_nowhere(house) == []
    assert list(map(str, inspect.untold_titles(house))) == []


def test_a_table_that_nobody_described_is_noticed(plant):
    house = plant({PAGE_OF_FARMS: '{% downloads "farms" "Fermes" %}'})

    assert list(map(str, inspect.unknown_tables(house))) == [
        f"{PAGE_OF_FARMS}:1: no table is called farms"
    ]
    assert list(map(str, inspect.untold_titles(house))) == [
        f"{PAGE_OF_FARMS}:1: 'Fermes' is no title of a table"
    ]


def test_a_table_that_no_page_offers_is_noticed(plant):
    assert inspect.tables_offered_nowhere(plant(DESCRIBED)) == ["farms"]


def test_the_page_of_tables_is_current():
    assert (CHECKOUT / PAGE).read_text() == exchange_page()
