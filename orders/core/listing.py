"""Choosing rows of a long list: words searched, and properties asked for."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar


class Listed(Protocol):
    """What a row of the list says of itself."""

    @property
    def title(self) -> str:
        """Name and packing."""

    @property
    def farm_ids(self) -> tuple[int, ...]:
        """The farms that have it."""

    @property
    def farm_names(self) -> tuple[str, ...]:
        """Their names."""

    @property
    def family_id(self) -> int:
        """Its family."""

    @property
    def temperature_class(self) -> str:
        """Where it rides."""

    @property
    def is_organic(self) -> bool:
        """Whether it is organic."""

    @property
    def is_seconds(self) -> bool:
        """Whether it is seconds."""


Row = TypeVar("Row", bound=Listed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for; an empty property asks for nothing."""

    words: str = ""
    family_id: int | None = None
    farm_id: int | None = None
    temperature_class: str = ""
    organic_only: bool = False
    seconds_only: bool = False


def matching(rows: Iterable[Row], wanted: Wanted) -> list[Row]:
    """The rows that have every property asked for, and every word, in any order.

    Words are compared without accents or capitals, in the title and in the names of
    farms: "pates" finds "Pâtes".
    """
    if wanted == Wanted():
        return list(rows)
    words = plain(wanted.words).split()
    return [row for row in rows if _has(row, wanted) and _says(row, words)]


def plain(text: str) -> str:
    """The same text without accents and capitals."""
    spelled = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in spelled if not unicodedata.combining(sign))


def _has(row: Listed, wanted: Wanted) -> bool:
    return (
        wanted.family_id in (None, row.family_id)
        and (wanted.farm_id is None or wanted.farm_id in row.farm_ids)
        and wanted.temperature_class in ("", row.temperature_class)
        and (row.is_organic or not wanted.organic_only)
        and (row.is_seconds or not wanted.seconds_only)
    )


def _says(row: Listed, words: list[str]) -> bool:
    if not words:
        return True
    said = plain(" ".join((row.title, *row.farm_names)))
    return all(word in said for word in words)
