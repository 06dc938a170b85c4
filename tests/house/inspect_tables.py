"""Tables on pages: each can be taken home as a file."""

import re
from collections.abc import Iterator

from tests.house.sources import APPS, Complaint, House, SourceFile

WITHOUT_A_FILE = {
    "hub/templates/hub/_sheets.html": "a paper to print; its page offers the rows",
    "hub/templates/hub/webhook.html": "messages to a program, which asks the API",
    "orders/templates/orders/_offer.html": "the parts of one price",
    "orders/templates/orders/_paid_by.html": "who pays one total",
    "orders/templates/orders/_parts.html": "the parts of one price",
    "orders/templates/orders/confirm.html": "the basket, offered one page before",
    "routing/templates/routing/_day_lines.html": "what a step would do",
    "routing/templates/routing/import_done.html": "a sheet that was brought from home",
    "routing/templates/routing/import_draft.html": "a sheet that was brought from home",
    "routing/templates/routing/imports.html": "sheets that were brought from home",
    "routing/templates/routing/reopen.html": "what a step would do, before it is taken",
    "pricing/templates/pricing/fund_public.html": "five sums that anybody may read",
    "pricing/templates/pricing/explained.html": "an example, not a record",
}
"""Templates whose table needs no file, and why."""
_TABLE = re.compile(r"<table\b")
_OFFER = re.compile(r"{%\s*downloads\s+\"(\w+)\"(?:\s+\"([^\"]*)\")?")
_ROWS = re.compile(r"data-rows=\"(\w+)\"")
_NAME = re.compile(r"^    name=\"(\w+)\",\n    title=_\(\"([^\"]*)\"\)", re.M)


def tables_without_files(house: House) -> list[Complaint]:
    """Find templates with a table that offers no file and says of no rows whose."""
    return [
        source.complain(1, "a table that nobody can take home")
        for source in _templates(house)
        if _TABLE.search(source.text)
        and source.path not in WITHOUT_A_FILE
        and not (_OFFER.search(source.text) or _ROWS.search(source.text))
    ]


def idle_exceptions(house: House) -> list[str]:
    """Give the exceptions that no template needs any more."""
    needed = {s.path for s in _templates(house) if _TABLE.search(s.text)}
    return sorted(set(WITHOUT_A_FILE) - needed)


def unknown_tables(house: House) -> list[Complaint]:
    """Find offers and rows of tables that no `exchange/tables.py` describes.

    A table that is named beside others is named by its own title or by one that a
    translator has met.
    """
    known = {name for name, _title in _described(house)}
    return [
        source.complain(1, f"no table is called {name}")
        for source in _templates(house)
        for name in [
            *(match[1] for match in _OFFER.finditer(source.text)),
            *_ROWS.findall(source.text),
        ]
        if name not in known
    ]


def tables_offered_nowhere(house: House) -> list[str]:
    """Give the tables that no page offers."""
    offered = {
        match[1]
        for source in _templates(house)
        for match in _OFFER.finditer(source.text)
    }
    views = "\n".join(source.text for source in house.files(*APPS))
    return sorted(
        name
        for name, _title in _described(house)
        if name not in offered and f"tables.{name.upper()}.name" not in views
    )


def untold_titles(house: House) -> list[Complaint]:
    """Find names of tables on pages that no translator meets."""
    known = "\n".join(source.text for source in house.files(*APPS))
    return [
        source.complain(1, f"{match[2]!r} is no title of a table")
        for source in _templates(house)
        for match in _OFFER.finditer(source.text)
        if match[2] and f'_("{match[2]}")' not in known
    ]


def _templates(house: House) -> list[SourceFile]:
    return house.files(*APPS, suffix=".html")


def _described(house: House) -> Iterator[tuple[str, str]]:
    for source in house.files(*APPS):
        if re.search(r"exchange/(\w+_)?tables\.py$", source.path):
            yield from _NAME.findall(source.text)
