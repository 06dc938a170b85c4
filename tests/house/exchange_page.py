"""Write `docs/exchange.md` from the tables: `python -m tests.house.exchange_page`."""

from importlib import import_module

from tests.house.sources import APPS, CHECKOUT

PAGE = "docs/exchange.md"

_HEAD = """\
# Tables as files

Every page that shows a table gives it as a file: « Télécharger : CSV · Excel » above
the table, or the same address with `?table=<name>&format=csv` (or `xlsx`) behind it.
The page lets the person in and chooses the rows, so a file has the rows, the filters
and the permission of its page; a list that is cut into pages is whole in its file. At
most 50 000 rows fit in one file (`table_too_long` beyond).

## Which file for whom

**Excel (XLSX)** is the same for everybody: amounts are numbers with two decimals, dates
are dates, hours are hours, the first row stays in sight.

**CSV** is written for the Excel of the reader's language, because Excel reads a CSV by
the regional settings of its machine: in French, columns are parted by `;` and decimals
by a comma; in English, by `,` and a point. Both are UTF-8 with a byte order mark,
without which Excel breaks accents. Days are `2026-06-18`, moments `2026-06-18 14:05`
(local time), hours and durations `8:30`. A program should ask in English
(`Accept-Language: en`) or, better, use the API. Where a machine is set otherwise than
its reader's language, take the XLSX.

The unit of a column stands in its title: `$`, `kg`, `L`, `km`, `%`, `h`.

## Text that a spreadsheet would run

A text that begins with `=`, `+`, `-`, `@`, a tab or a line break, with their full-width
twins, behind blanks or invisible signs too, is written behind an apostrophe, in CSV and
in XLSX alike: a cell typed by one person never runs on the machine of another. Numbers
that are numbers stay numbers, below zero too. No cell of ours is ever a formula or a
link.

To read a file of ours back, take one apostrophe away where the rest would run
(`hub.core.cells.restored`): every text comes back as it was, one that began with an
apostrophe included.

## Who took what

Tables marked *personal* name people or how to reach them, or tell what one member
orders, owes, earns or is granted. Taking one leaves a trace. Of those who move money
([signing-in.md](signing-in.md)) it asks a second factor shown in the last quarter of an
hour: the page leads there and back, with the file to be taken. Papers of the day (PDF)
go with the goods and ask nothing.

## Every table

This list is written from `exchange/tables.py` of each app by `python -m
tests.house.exchange_page`; a test in `tests/house/` insists that it is current.
"""


def exchange_page() -> str:
    """Give the whole page: one list for each app."""
    return "\n".join([_HEAD, *(_of_app(app) for app in APPS if _has_tables(app))])


def _has_tables(app: str) -> bool:
    return (CHECKOUT / app / "exchange" / "tables.py").exists()


def _of_app(app: str) -> str:
    from django.utils.translation import override

    rows = []
    with override("en"):
        for table in import_module(f"{app}.exchange.tables").TABLES:
            mark = " (personal)" if table.is_personal else ""
            columns = ", ".join(column.heading for column in table.columns)
            rows.append(f"| `{table.name}` | {table.title}{mark} | {columns} |")
    head = [f"### {app}", "", "| Name | Table | Columns |", "|---|---|---|"]
    return "\n".join([*head, *rows, ""])


if __name__ == "__main__":
    import django

    django.setup()
    (CHECKOUT / PAGE).write_text(exchange_page())
