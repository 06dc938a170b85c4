"""Whole cents: splitting, scaling and reading amounts. No float comes near."""

import re
from collections.abc import Sequence

from hub.core.errors import NotAnAmount

LARGEST_AMOUNT_CENTS = 1_000_000_000
"""Ten million dollars: above it, a typing mistake is likelier than a sale."""

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]")
_DECIMAL = re.compile(r"([0-9]{1,12})(?:[.,]([0-9]{1,2}))?")
_ENGLISH_GROUPS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{1,2}")


def split_cents(amount_cents: int, weights: Sequence[int]) -> list[int]:
    """Split an amount by weight, so that the parts always sum to the whole.

    Each part is its exact share rounded down; the cents left go one by one to the
    largest remainders, the earlier position winning a tie. A negative amount is
    split like its opposite. When every weight is zero the split is equal.
    Raises ValueError for a negative weight, or when there is nobody to share.
    """
    if any(weight < 0 for weight in weights):
        raise ValueError("A weight cannot be negative.")
    if not weights and amount_cents:
        raise ValueError("An amount needs at least one share.")
    if amount_cents < 0:
        return [-part for part in split_cents(-amount_cents, weights)]
    fair = list(weights) if any(weights) else [1] * len(weights)
    total = sum(fair)
    parts = [amount_cents * weight // total for weight in fair]
    by_remainder = sorted(
        range(len(fair)), key=lambda index: -(amount_cents * fair[index] % total)
    )
    for index in by_remainder[: amount_cents - sum(parts)]:
        parts[index] += 1
    return parts


def scale_half_up(amount: int, numerator: int, denominator: int) -> int:
    """Multiply by a fraction exactly, rounding half away from zero.

    Raises ValueError when the denominator is not positive.
    """
    if denominator <= 0:
        raise ValueError("The denominator must be positive.")
    product = amount * numerator
    magnitude = (2 * abs(product) + denominator) // (2 * denominator)
    return magnitude if product >= 0 else -magnitude


def parse_cents(text: str) -> int:
    """Read an amount as people type it, in French or in English, into cents.

    "12,50", "12.5", "1 230,50 $" and "$1,230.50" are read; "1,230" is refused,
    since it means two different amounts in the two languages. A minus sign is
    read: whether an amount may be negative is for the rule that uses it.
    Raises NotAnAmount.
    """
    bare = _SPACES.sub("", text).replace("−", "-")
    sign = -1 if bare.startswith("-") else 1
    bare = bare.removeprefix("-").removeprefix("$").removesuffix("$")
    if _ENGLISH_GROUPS.fullmatch(bare):
        bare = bare.replace(",", "")
    match = _DECIMAL.fullmatch(bare)
    if match is None:
        raise NotAnAmount(text=text)
    dollars, cents = match.group(1), match.group(2) or ""
    amount_cents = int(dollars) * 100 + int(cents.ljust(2, "0"))
    if amount_cents > LARGEST_AMOUNT_CENTS:
        raise NotAnAmount(text=text)
    return sign * amount_cents
