"""The ledger as a child would keep it: purses, and coins laid in a row for each hold.

Written without looking at the real one; it decides what each request should end in.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

Refused = tuple[str, dict[str, object]]
Moves = Sequence[tuple[str, int]]


@dataclass
class Row:
    """One hold: a coin for each cent, named by its purse; what lies between is left."""

    coins: list[str]
    first: int = 0
    last: int = 0

    @property
    def num_left(self) -> int:
        """How many coins were neither spent nor given back."""
        return self.last - self.first


@dataclass
class Oracle:
    """Purses by name; `floored` ones may not be overdrawn."""

    floored: frozenset[str]
    purses: Counter[str] = field(default_factory=Counter)
    rows: dict[str, Row] = field(default_factory=dict)
    moved: dict[str, Moves] = field(default_factory=dict)
    captured: dict[str, tuple[str, int]] = field(default_factory=dict)
    undone: dict[str, str] = field(default_factory=dict)

    def post(self, key: str, moves: Moves) -> Refused | None:
        """Take and put, unless a floored purse would be overdrawn."""
        refusal = self._apply(moves)
        if refusal is None:
            self.moved[key] = moves
        return refusal

    def hold(self, key: str, draws: Moves) -> Refused | None:
        """Lay the drawn coins in a row."""
        refusal = self._apply([(purse, -cents) for purse, cents in draws])
        if refusal is None:
            coins = [purse for purse, cents in draws for _ in range(cents)]
            self.rows[key] = Row(coins, last=len(coins))
        return refusal

    def capture(
        self, key: str, hold_key: str, payee: str, cents: int
    ) -> Refused | None:
        """Take coins from the front of the row."""
        row = self.rows[hold_key]
        if cents > row.num_left:
            return _exhausted(hold_key, row, cents)
        row.first += cents
        self.purses[payee] += cents
        self.moved[key] = [(payee, cents)]
        self.captured[key] = (hold_key, cents)
        return None

    def release(self, hold_key: str, cents: int | None) -> Refused | None:
        """Put coins from the end of the row back into their purses."""
        row = self.rows[hold_key]
        cents = row.num_left if cents is None else cents
        if cents > row.num_left:
            return _exhausted(hold_key, row, cents)
        for _ in range(cents):
            row.last -= 1
            self.purses[row.coins[row.last]] += 1
        return None

    def reverse(self, key: str, target: str) -> Refused | None:
        """Do the opposite once; captured coins go back to the front of their row."""
        if target in self.undone:
            data: dict[str, object] = {
                "posting": target,
                "reversal": self.undone[target],
            }
            return "already_reversed", data
        refusal = self._apply([(purse, -cents) for purse, cents in self.moved[target]])
        if refusal is None:
            self.undone[target] = key
            if target in self.captured:
                hold_key, cents = self.captured[target]
                self.rows[hold_key].first -= cents
        return refusal

    def _apply(self, moves: Moves) -> Refused | None:
        nets: Counter[str] = Counter()
        for purse, cents in moves:
            nets[purse] += cents
        for purse in sorted(self.floored & nets.keys()):
            after = self.purses[purse] + nets[purse]
            if nets[purse] < 0 and after < 0:
                return "not_enough_money", {
                    "account": purse,
                    "balance_cents": self.purses[purse],
                    "missing_cents": -after,
                }
        for purse, cents in nets.items():
            self.purses[purse] += cents
        return None


def _exhausted(hold_key: str, row: Row, cents: int) -> Refused:
    return "hold_exhausted", {
        "hold": hold_key,
        "balance_cents": row.num_left,
        "missing_cents": cents - row.num_left,
    }
