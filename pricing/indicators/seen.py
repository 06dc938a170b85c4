"""What pages show of prices and of the fund: examples, money lots, movements."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hub.core.errors import N_
from hub.core.first_steps import Missing, Step
from hub.ledger import statements
from hub.ledger.held import held_by_account
from hub.ledger.statements import Movement
from pricing import accounts, selectors
from pricing.core.errors import NoMarginRule
from pricing.core.margins import MarginRule as Margin
from pricing.core.margins import markup_equivalent_bps, share_of_sale_bps
from pricing.core.quote import UnitParts, quote
from pricing.core.terms import GRAMS_PER_KG
from pricing.models import FundLot, MarginRule, PriceTier, SolidarityFund
from pricing.selectors import RETURN_KIND, FundState

if TYPE_CHECKING:
    from hub.models import Organization

_NO_PRICES = N_("Price tiers and the margin are not chosen yet.")
EXAMPLE_FARM_CENTS = 2_000
EXAMPLE_KG = 10
SOON_DAYS = 30
MOVEMENTS_PER_PAGE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginSeen:
    """A margin on its own basis and on the other one, in basis points."""

    rule: MarginRule
    other_bps: int
    is_in_force: bool


def margins_seen(*, hub_id: int, on: date) -> list[MarginSeen]:
    """Every margin of a hub, the latest first; at most one is in force on a day."""
    rules = list(selectors.margins_of(hub_id=hub_id))
    in_force = next((rule for rule in rules if rule.starts_on <= on), None)
    return [
        MarginSeen(
            rule=rule, other_bps=_on_the_other_basis(rule), is_in_force=rule == in_force
        )
        for rule in rules
    ]


def _on_the_other_basis(rule: MarginRule) -> int:
    if rule.basis == MarginRule.Basis.MARKUP_ON_COST:
        return share_of_sale_bps(rule.rate_bps)
    return markup_equivalent_bps(rule.rate_bps)


@dataclass(frozen=True, slots=True, kw_only=True)
class TierExample:
    """What one tier pays in the worked example."""

    tier: PriceTier
    unit: UnitParts


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A chilled case of 10 kg for which the farm asks 20 dollars, at every tier."""

    margin: Margin
    transport_cents_per_kg: int
    tiers: Sequence[TierExample]

    @property
    def unit(self) -> UnitParts:
        """The parts of the full price, the same whatever the tier."""
        return self.tiers[0].unit


def worked_example(*, hub_id: int, on: date) -> Example | None:
    """Price the example by the hub's rules; None while margin or tiers are missing."""
    tiers = list(selectors.tiers_of(hub_id=hub_id, on=on))
    if not tiers:
        return None
    try:
        book = selectors.terms_book(hub_id=hub_id, on=on, tiers=tiers)
    except NoMarginRule:
        return None
    examples = []
    for tier in tiers:
        terms = book.terms(
            tier_code=tier.code,
            mass_g=EXAMPLE_KG * GRAMS_PER_KG,
            temperature_class="chilled",
            taxability="zero_rated",
        )
        priced = quote(farm_price_cents=EXAMPLE_FARM_CENTS, quantity=1, terms=terms)
        examples.append(TierExample(tier=tier, unit=priced.unit))
    return Example(
        margin=book.margin,
        transport_cents_per_kg=book.transport_cents_per_kg.get("chilled", 0),
        tiers=examples,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LotSeen:
    """A money lot and its money. Always, to the cent:
    received = balance + held + spent + returned."""

    lot: FundLot
    balance_cents: int
    held_cents: int
    spent_cents: int
    returned_cents: int
    days_left: int | None

    @property
    def received_cents(self) -> int:
        """All that ever came, gifts that were taken back left out."""
        kept_cents = self.balance_cents + self.held_cents
        return kept_cents + self.spent_cents + self.returned_cents

    @property
    def has_ended(self) -> bool:
        """Whether its last day has passed."""
        return self.days_left is not None and self.days_left < 0

    @property
    def is_left_over(self) -> bool:
        """Whether it ended with money in it, which nobody may spend any more."""
        return self.has_ended and self.balance_cents > 0

    @property
    def ends_soon(self) -> bool:
        """Whether money of it must be spent within thirty days."""
        is_near = self.days_left is not None and 0 <= self.days_left <= SOON_DAYS
        return is_near and self.balance_cents > 0


def lots_seen(*, fund: SolidarityFund, on: date) -> list[LotSeen]:
    """The money lots of a fund, those that end first at the top; in six queries."""
    hub = fund.hub.public_id
    prefix = accounts.fund_prefix(hub=hub)
    moved: dict[str, Counter[str]] = defaultdict(Counter)
    for row in statements.moved_on((), under=[prefix]):
        moved[row.code]["balance"] += row.amount_cents
        if row.verb in ("hold", "release"):
            moved[row.code]["promised"] -= row.amount_cents
        elif row.kind == RETURN_KIND and row.verb == "post":
            moved[row.code]["returned"] -= row.amount_cents
    held = held_by_account(accounts.fund_holds_prefix(hub=hub))
    seen = []
    for lot in selectors.lots_of(hub_id=fund.hub_id):
        code = selectors.account_code(lot)
        held_cents = held.get(code, 0)
        seen.append(
            LotSeen(
                lot=lot,
                balance_cents=moved[code]["balance"],
                held_cents=held_cents,
                spent_cents=moved[code]["promised"] - held_cents,
                returned_cents=moved[code]["returned"],
                days_left=(lot.ends_on - on).days if lot.ends_on else None,
            )
        )
    return seen


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalPage:
    """A page of the fund's movements, the latest first."""

    movements: list[Movement]
    number: int
    num_pages: int


def journal(*, fund: SolidarityFund, page: int) -> JournalPage:
    """What came into the fund's free money and left it; a page too far is the last."""
    prefix = accounts.fund_prefix(hub=fund.hub.public_id)
    num_pages = max(1, -(-statements.num_movements(prefix) // MOVEMENTS_PER_PAGE))
    number = min(max(page, 1), num_pages)
    return JournalPage(
        movements=statements.movements(
            prefix, skip=(number - 1) * MOVEMENTS_PER_PAGE, limit=MOVEMENTS_PER_PAGE
        ),
        number=number,
        num_pages=num_pages,
    )


def whole_journal(*, fund: SolidarityFund) -> list[Movement]:
    """The same from the first day, the latest first."""
    prefix = accounts.fund_prefix(hub=fund.hub.public_id)
    num = statements.num_movements(prefix)
    return statements.movements(prefix, skip=0, limit=num)


@dataclass(frozen=True, slots=True, kw_only=True)
class PricesToday:
    """What asks for a look in the prices of a hub today."""

    is_margin_missing: bool
    fund: SolidarityFund | None
    state: FundState | None
    ending: list[LotSeen]
    left_over: list[LotSeen]

    @property
    def is_all_well(self) -> bool:
        """Whether nothing asks for a hand."""
        is_guarded = self.state is not None and self.state.guard != "ok"
        asks = self.is_margin_missing or is_guarded
        return not (asks or self.ending or self.left_over)


def prices_today(*, hub_id: int, on: date) -> PricesToday:
    """Look at the margin, at the fund's runway, at money that soon ends."""
    margins = margins_seen(hub_id=hub_id, on=on)
    fund = selectors.fund_of(hub_id=hub_id)
    lots = lots_seen(fund=fund, on=on) if fund else []
    return PricesToday(
        is_margin_missing=not any(seen.is_in_force for seen in margins),
        fund=fund,
        state=selectors.fund_state(fund=fund, on=on) if fund else None,
        ending=[seen for seen in lots if seen.ends_soon],
        left_over=[seen for seen in lots if seen.is_left_over],
    )


def first_steps_missing(hub: "Organization", *, on: date) -> list[Missing]:
    """Tiers and a margin, without which no price can be made."""
    if worked_example(hub_id=hub.pk, on=on) is not None:
        return []
    return [Missing(Step.BUYERS, _NO_PRICES, "pricing:prices")]
