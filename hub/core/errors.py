"""The errors people can meet, below every other room.

DomainError
├── (each app draws its own branch in its `core/errors.py`)
"""

from typing import Any, ClassVar


def N_(sentence: str) -> str:  # noqa: N802 - gettext's own name for "mark, do not translate"
    """Mark a sentence for translation; the doors translate it when they show it."""
    return sentence


class DomainError(Exception):
    """A refusal that a person can read and act on.

    `code` is stable and documented; `sentence` is the English source of the words
    shown, with named placeholders filled from `data` after translation.
    """

    code: ClassVar[str] = "refused"
    sentence: ClassVar[str] = N_("This could not be done.")

    def __init__(self, **data: Any) -> None:
        self.data = data
        super().__init__(self.sentence % data)
