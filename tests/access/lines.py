"""Reads the table of who may what, line by line."""

from dataclasses import dataclass

from tests.access.table import COLUMNS, LIKE_THE_FUNDER, TABLE


@dataclass(frozen=True, slots=True)
class Line:
    """What each person gets from one address with one verb."""

    verb: str
    route: str
    row: str
    cells: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.verb} {self.route} {self.row}"

    def expected(self, role: str, are_foreign: list[bool]) -> str:
        """The mark for this person; rows of both hubs in one address do not exist."""
        cell = self.cells[COLUMNS.index(role)]
        own, foreign = cell[0], cell[-1]
        if own == foreign:
            return own
        if len(set(are_foreign)) > 1:
            return "."
        return foreign if any(are_foreign) else own


def lines(table: str = TABLE) -> list[Line]:
    """Every line of the table; one of the wrong width is an error."""
    return [_line(text) for text in table.splitlines() if text and text[0] != "#"]


def all_lines(table: str = TABLE) -> list[Line]:
    """The lines written, and a closed one for each verb that an address has not."""
    written = lines(table)
    verbs = {(line.route, line.verb) for line in written}
    rows = {line.route: line.row for line in written}
    closed = [
        Line(verb=verb, route=route, row=row, cells=("-",) * len(COLUMNS))
        for route, row in rows.items()
        for verb in ("GET", "POST")
        if (route, verb) not in verbs
    ]
    return [*written, *closed]


def _line(text: str) -> Line:
    verb, route, row, *cells = text.split()
    if len(cells) == len(COLUMNS) - len(LIKE_THE_FUNDER):
        cells += [cells[COLUMNS.index("funder")]] * len(LIKE_THE_FUNDER)
    if len(cells) != len(COLUMNS):
        raise ValueError(f"{route}: {len(cells)} columns, not {len(COLUMNS)}")
    return Line(verb=verb, route=route, row=row, cells=tuple(cells))
