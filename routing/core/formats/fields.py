"""Reading JSON field by field, every refusal naming where it stands.

A `Fields` is one JSON object and its path in the document (`problem.vehicles[2]`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from routing.core.errors import MissingField, WrongType


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object of a document, with its path."""

    path: str
    content: dict[str, Any]

    def integer(self, name: str, default: int | None = None) -> int:
        """A whole number; the default where the field is absent."""
        if name not in self.content and default is not None:
            return default
        value = self._value(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong(name, "integer", value)
        return value

    def optional_integer(self, name: str) -> int | None:
        """A whole number, or None where the field is absent or null."""
        if self.content.get(name) is None:
            return None
        return self.integer(name)

    def text(self, name: str, default: str | None = None) -> str:
        """A string; the default where the field is absent."""
        if name not in self.content and default is not None:
            return default
        value = self._value(name)
        if not isinstance(value, str):
            raise self._wrong(name, "string", value)
        return value

    def optional_text(self, name: str) -> str | None:
        """A string, or None where the field is absent or null."""
        return None if self.content.get(name) is None else self.text(name)

    def inside(self, name: str) -> "Fields":
        """The object in a field."""
        return fields_of(f"{self.path}.{name}", self._value(name))

    def objects(self, name: str, *, required: bool = True) -> Iterator["Fields"]:
        """The objects of a list, in order; none where an optional list is absent."""
        if name not in self.content and not required:
            return
        for i, value in enumerate(self._list(name)):
            yield fields_of(f"{self.path}.{name}[{i}]", value)

    def texts(self, name: str, *, required: bool = True) -> tuple[str, ...]:
        """The strings of a list."""
        if name not in self.content and not required:
            return ()
        values = self._list(name)
        for i, value in enumerate(values):
            if not isinstance(value, str):
                raise self._wrong(f"{name}[{i}]", "string", value)
        return tuple(values)

    def integers(self, name: str) -> tuple[int, ...]:
        """The whole numbers of a list; none where it is absent."""
        if name not in self.content:
            return ()
        values = self._list(name)
        for i, value in enumerate(values):
            if type(value) is not int:
                raise self._wrong(f"{name}[{i}]", "integer", value)
        return tuple(values)

    def rows(self, name: str) -> tuple[tuple[int, ...], ...]:
        """A table of whole numbers."""
        rows = self._list(name)
        for i, row in enumerate(rows):
            if not isinstance(row, list):
                raise self._wrong(f"{name}[{i}]", "list", row)
            for j, value in enumerate(row):
                if type(value) is not int:
                    raise self._wrong(f"{name}[{i}][{j}]", "integer", value)
        return tuple(tuple(row) for row in rows)

    def _list(self, name: str) -> list[Any]:
        """A list; a tuple where the document was never written out."""
        value = self._value(name)
        if not isinstance(value, list | tuple):
            raise self._wrong(name, "list", value)
        return list(value)

    def _value(self, name: str) -> Any:
        if name not in self.content:
            raise MissingField(field=f"{self.path}.{name}")
        return self.content[name]

    def _wrong(self, name: str, expected: str, value: object) -> WrongType:
        shown = repr(value)[:40]
        return WrongType(field=f"{self.path}.{name}", expected=expected, value=shown)


def fields_of(path: str, value: object) -> Fields:
    """An object at a path. Raises WrongType for anything else."""
    if not isinstance(value, dict):
        raise WrongType(field=path, expected="object", value=repr(value)[:40])
    return Fields(path, value)
