"""Text that a spreadsheet must show and never run."""

import re

_LIVE = re.compile(
    r"'*(?:[\t\r\n]|[\s\u200b-\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20])"
)
"""What a spreadsheet may take for a formula: its first sign, full-width ones too."""


def is_live(text: str) -> bool:
    """Whether a spreadsheet might run a text instead of showing it."""
    return _LIVE.match(text) is not None


def neutral(text: str) -> str:
    """The same text behind an apostrophe when a spreadsheet might run it.

    A text that already hides behind apostrophes gets one more, so that `restored`
    gives back every text as it was. Source: OWASP, CSV injection.
    """
    return f"'{text}" if is_live(text) else text


def restored(text: str) -> str:
    """The text that `neutral` made safe, for whoever reads a file of ours back."""
    return text[1:] if text.startswith("'") and is_live(text) else text
