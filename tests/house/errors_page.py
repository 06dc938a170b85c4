"""Write `docs/errors.md` from the classes: `python -m tests.house.errors_page`."""

from tests.house.inspect_docs import WrittenError, written_errors
from tests.house.sources import CHECKOUT, House

PAGE = "docs/errors.md"

_HEAD = """\
# Refusals and their codes

Every refusal that a person can read is a class below `hub.core.errors.DomainError`.
Its `code` never changes; the sentence is the English source that the doors translate
and fill with the error's data. The JSON API answers every refusal in one shape, with
the code; pages show the sentence.

This page is written from the classes by `python -m tests.house.errors_page`; a test
in `tests/house/` insists that it is current.
"""


def errors_page(house: House) -> str:
    """Give the whole page: one table for each file of errors."""
    errors = [error for error in written_errors(house) if error.code]
    paths = list(dict.fromkeys(error.path for error in errors))
    tables = [
        _table(path, [error for error in errors if error.path == path])
        for path in paths
    ]
    return "\n".join([_HEAD, *tables])


def _table(path: str, errors: list[WrittenError]) -> str:
    rows = [
        f"| `{error.code}` | {_cell(error.sentence)} | `{error.name}` |"
        for error in sorted(errors, key=lambda error: error.code)
    ]
    head = [f"## {path}", "", "| Code | Sentence | Class |", "|---|---|---|"]
    return "\n".join([*head, *rows, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    (CHECKOUT / PAGE).write_text(errors_page(House(CHECKOUT)))
