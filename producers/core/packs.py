"""What a number of selling units weighs, fills and holds."""

from dataclasses import dataclass

from producers.core.errors import PackMismatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """One selling unit: its mass, its volume and the pieces in it."""

    mass_g: int
    volume_ml: int
    pieces: int = 1

    def __post_init__(self) -> None:
        if self.mass_g < 1 or self.volume_ml < 1 or self.pieces < 1:
            raise ValueError("A pack weighs, fills and holds something.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What goods weigh and fill together; loads add up."""

    mass_g: int = 0
    volume_ml: int = 0

    def __add__(self, other: "Load") -> "Load":
        return Load(
            mass_g=self.mass_g + other.mass_g,
            volume_ml=self.volume_ml + other.volume_ml,
        )


def load_of(pack: Pack, quantity: int) -> Load:
    """Give the mass and volume of a number of selling units.

    Raises ValueError for a negative number.
    """
    if quantity < 0:
        raise ValueError("A quantity cannot be negative.")
    return Load(mass_g=pack.mass_g * quantity, volume_ml=pack.volume_ml * quantity)


def pieces_in(pack: Pack, quantity: int) -> int:
    """Give the pieces in a number of selling units."""
    return pack.pieces * quantity


def cases_and_loose(pieces: int, pieces_per_case: int) -> tuple[int, int]:
    """Give (full cases, loose pieces left over)."""
    return divmod(pieces, pieces_per_case)


def whole_cases(pieces: int, pieces_per_case: int) -> int:
    """Give the cases that pieces fill exactly.

    Raises PackMismatch when some would be left over.
    """
    cases, loose = cases_and_loose(pieces, pieces_per_case)
    if loose:
        raise PackMismatch(pieces=pieces, pieces_per_case=pieces_per_case)
    return cases
