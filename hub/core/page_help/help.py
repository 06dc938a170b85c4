"""What a page says of itself to somebody who decides something on it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

EVERYONE = "everyone"
"""The guide that all read, whatever their roles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """Help for some pages, in three English sentences to translate.

    `pages` are the addresses that show it and `forms` those that their buttons post
    to, by name. `about` says what the page is for, `then` what happens when one
    presses, `back` what cannot be undone, what can, and how. A button is never named
    in a sentence: `buttons` holds its very words, so that it is called as it is shown.
    `sections` says where the guides tell more: the name of a section by guide, that of
    everybody last.
    """

    pages: tuple[str, ...]
    about: str
    then: str
    back: str
    forms: tuple[str, ...] = ()
    buttons: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)

    def section_for(self, roles: Collection[str]) -> tuple[str, str] | None:
        """The guide, and its section, that tells more to who holds these roles.

        None: no guide of theirs has a section about it.
        """
        for guide, section in self.sections.items():
            if guide in roles or guide == EVERYONE:
                return guide, section
        return None
