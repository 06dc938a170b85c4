"""Copies of a row, for lists that grow."""

from typing import Any, TypeVar

from django.db.models import Model

from hub.core.ids import new_public_id

Row = TypeVar("Row", bound=Model)


def copies(row: Row, num: int, **others: Any) -> list[Row]:
    """The same row so many times; a list among `others` gives each its own value."""
    kind = type(row)
    names = [f.attname for f in kind._meta.concrete_fields if not f.primary_key]
    made = []
    for turn in range(num):
        copied = kind(**{name: getattr(row, name) for name in names})
        if "public_id" in names:
            copied.public_id = new_public_id()  # type: ignore[attr-defined] # it has
        for name, value in others.items():
            setattr(copied, name, value[turn] if isinstance(value, list) else value)
        made.append(copied)
    return kind._default_manager.bulk_create(made)


def named(word: str, num: int) -> list[str]:
    """So many names that differ, and that no earlier growth has given."""
    return [f"{word} {new_public_id()}" for _ in range(num)]
