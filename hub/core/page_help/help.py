"""What a page says of itself to somebody who decides something on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """Help for some pages, in three English sentences to translate.

    `pages` are the addresses that show it and `forms` those that their buttons post
    to, by name. `about` says what the page is for, `then` what happens when one
    presses, `back` what cannot be undone, what can, and how. A button is never named
    in a sentence: `buttons` holds its very words, so that it is called as it is shown.
    """

    pages: tuple[str, ...]
    about: str
    then: str
    back: str
    forms: tuple[str, ...] = ()
    buttons: Mapping[str, str] = field(default_factory=dict)
