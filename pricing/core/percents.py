"""Percentages as people type them, in basis points."""

import re

from pricing.core.errors import NotAPercent

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]")
_DECIMAL = re.compile(r"(-?)([0-9]{1,6})(?:[.,]([0-9]{1,2}))?")


def parse_percent_bps(text: str) -> int:
    """Read "80", "12,5" or "12.5 %" into basis points: 8 000 and 1 250.

    A minus sign is read: whether a rate may be negative is for the rule that uses
    it. More than two decimals have no basis points. Raises NotAPercent.
    """
    bare = _SPACES.sub("", text).replace("−", "-").removesuffix("%")
    match = _DECIMAL.fullmatch(bare)
    if match is None:
        raise NotAPercent(text=text)
    sign, whole, decimals = match.groups(default="")
    bps = int(whole) * 100 + int(decimals.ljust(2, "0"))
    return -bps if sign else bps
