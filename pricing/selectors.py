"""Every read of pricing: terms of a hub, tiers open to a buyer, state of the fund."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, cast

from django.db.models import Case, DateField, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from hub import selectors as hub_selectors
from hub.ledger import statements
from hub.ledger.core.accounts import AccountRef, hold_account
from hub.selectors import Blank, Prepared
from pricing import accounts
from pricing.core.errors import NoMarginRule, TierNotOpen, TierUnknown
from pricing.core.funding import MoneyLot
from pricing.core.margins import MarginBasis
from pricing.core.quote import MarginRule as Margin
from pricing.core.runway import GuardState, Thresholds, guard, runway
from pricing.core.taxes import TaxRates
from pricing.core.terms import TermsBook
from pricing.models import (
    FundLot,
    MarginRule,
    PriceTier,
    SolidarityFund,
    TaxRate,
    TierAgreement,
    TransportRule,
)

if TYPE_CHECKING:
    from hub.models import Organization

RUNWAY_WEEKS = 8
"""How many past weeks the pace of the fund is measured on."""

DRAW_KIND = "fund-draw"
"""The ledger kind of holds on the fund, by which its pace is counted."""

RETURN_KIND = "fund-return"
"""The ledger kind of money that goes back to its funder."""


def terms_book(
    *, hub_id: int, on: date, tiers: Iterable[PriceTier] | None = None
) -> TermsBook:
    """What the hub charges on a day, in two queries; one when `tiers` are known.

    Raises NoMarginRule.
    """
    known = PriceTier.objects.filter(hub_id=hub_id) if tiers is None else tiers
    return _book(list(_rules(hub_id, on)), known, on)


def _book(rules: "Sequence[_Rule]", tiers: Iterable[PriceTier], on: date) -> TermsBook:
    margins = [(name, rate) for kind, name, rate, _since in rules if kind == _MARGIN]
    if not margins:
        raise NoMarginRule(on=on.isoformat())
    basis, rate_bps = margins[-1]
    return TermsBook(
        margin=Margin(basis=cast(MarginBasis, basis), rate_bps=rate_bps),
        transport_cents_per_kg=_latest(rules, _TRANSPORT),
        multipliers_bps={tier.code: tier.multiplier_bps for tier in tiers},
        taxes=_rates(_latest(rules, _TAX)),
    )


def tax_rates(*, on: date) -> TaxRates:
    """The two sales taxes in force on a day, zero for one that is not in the table."""
    return _rates(_latest(list(_taxes(on).order_by("starts_on")), _TAX))


_MARGIN, _TRANSPORT, _TAX = "margin", "transport", "tax"
_TIER, _OPEN_TIER = "tier", "open tier"
_Rule = tuple[str, str, int, date]
"""What a rule is about, its name, its figure, and since when it holds."""


def _rules(
    hub_id: int | Blank, on: date | Blank, *beside: QuerySet[PriceTier, _Rule]
) -> QuerySet[MarginRule, _Rule]:
    """The rules of a hub and the taxes that have begun, the oldest first; one query."""
    begun = {"hub_id": hub_id, "starts_on__lte": on}
    margins = MarginRule.objects.filter(**begun).values_list(
        Value(_MARGIN), "basis", "rate_bps", "starts_on"
    )
    transport = TransportRule.objects.filter(**begun).values_list(
        Value(_TRANSPORT), "temperature_class", "cents_per_kg", "starts_on"
    )
    found = margins.union(transport, _taxes(on), *beside, all=True)
    return found.order_by("starts_on")


def _taxes(on: date | Blank) -> QuerySet[TaxRate, _Rule]:
    in_force = TaxRate.objects.filter(starts_on__lte=on).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    )
    return in_force.values_list(Value(_TAX), "code", "rate_ppm", "starts_on")


def _latest(rules: Iterable[_Rule], kind: str) -> dict[str, int]:
    """The figure of each name, as its latest rule says."""
    return {name: figure for about, name, figure, _since in rules if about == kind}


def _rates(in_force: Mapping[str, int]) -> TaxRates:
    return TaxRates(tps_ppm=in_force.get("tps", 0), tvq_ppm=in_force.get("tvq", 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class TierChoice:
    """A tier of a hub, and whether one buyer may order at it."""

    tier: PriceTier
    is_open: bool


def tier_choices(*, hub_id: int, buyer_id: int, on: date) -> list[TierChoice]:
    """Every tier of a hub as one buyer meets it, the lowest price first; one query."""
    agreed = _agreements(hub_id, buyer_id, on).filter(tier=OuterRef("pk"))
    tiers = PriceTier.objects.filter(hub_id=hub_id).annotate(is_agreed=Exists(agreed))
    return [
        TierChoice(tier=tier, is_open=tier.is_agreed or not tier.needs_agreement)
        for tier in tiers
    ]


def tiers_open_to(*, hub_id: int, buyer_id: int, on: date) -> list[PriceTier]:
    """The tiers a buyer may order at: the free ones and those agreed with the hub."""
    choices = tier_choices(hub_id=hub_id, buyer_id=buyer_id, on=on)
    return [choice.tier for choice in choices if choice.is_open]


def _agreements(
    hub_id: int | Blank, buyer_id: int | Blank, on: date | Blank
) -> QuerySet[TierAgreement]:
    return TierAgreement.objects.filter(
        buyer_id=buyer_id, tier__hub_id=hub_id, starts_on__lte=on
    ).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def require_tier(*, hub_id: int, buyer_id: int, tier_code: str, on: date) -> None:
    """Let pass a tier that this buyer may use on a day; one query.

    Raises TierUnknown, TierNotOpen.
    """
    choices = tier_choices(hub_id=hub_id, buyer_id=buyer_id, on=on)
    _require_open(choices, tier_code)


def _require_open(choices: Iterable[TierChoice], tier_code: str) -> None:
    chosen = next((each for each in choices if each.tier.code == tier_code), None)
    if chosen is None:
        raise TierUnknown(tier=tier_code)
    if not chosen.is_open:
        raise TierNotOpen(tier=tier_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsForBuyer:
    """What a hub charges one buyer on a day: its rules, its tiers as the buyer meets
    them, the lowest price first. The tiers have what prices need, and no key."""

    on: date
    rules: Sequence[_Rule]
    choices: Sequence[TierChoice]

    def require_tier(self, tier_code: str) -> None:
        """Raises TierUnknown, TierNotOpen."""
        _require_open(self.choices, tier_code)

    def book(self) -> TermsBook:
        """Raises NoMarginRule."""
        return _book(self.rules, [each.tier for each in self.choices], self.on)


def terms_for(*, hub_id: int, buyer_id: int, on: date) -> TermsForBuyer:
    """What `tier_choices` and `terms_book` read, in one query."""
    rules = cast("list[_Rule]", _terms().rows(hub=hub_id, buyer=buyer_id, on=on))
    choices = [
        TierChoice(
            tier=PriceTier(hub_id=hub_id, code=code, multiplier_bps=multiplier_bps),
            is_open=kind == _OPEN_TIER,
        )
        for kind, code, multiplier_bps, _since in rules
        if kind in (_TIER, _OPEN_TIER)
    ]
    choices.sort(key=lambda each: (each.tier.multiplier_bps, each.tier.code))
    return TermsForBuyer(on=on, rules=rules, choices=choices)


@cache
def _terms() -> Prepared:
    hub, on = Blank("hub"), Blank("on")
    agreed = _agreements(hub, Blank("buyer"), on).filter(tier=OuterRef("pk"))
    is_open = Q(needs_agreement=False) | Q(Exists(agreed))
    tiers = PriceTier.objects.filter(hub_id=hub).values_list(
        Case(When(is_open, then=Value(_OPEN_TIER)), default=Value(_TIER)),
        "code",
        "multiplier_bps",
        Cast(on, DateField()),
    )
    return Prepared(_rules(hub, on, tiers))


def tiers_of(*, hub_id: int) -> QuerySet[PriceTier]:
    """The tiers of a hub, the lowest price first."""
    return PriceTier.objects.filter(hub_id=hub_id)


def margins_of(*, hub_id: int) -> QuerySet[MarginRule]:
    """Every margin a hub has set, the latest first."""
    return MarginRule.objects.filter(hub_id=hub_id)


def transport_of(*, hub_id: int) -> QuerySet[TransportRule]:
    """Every transport part a hub has set, the latest first."""
    return TransportRule.objects.filter(hub_id=hub_id).order_by("-starts_on", "id")


def buyers_of(*, hub_id: int) -> QuerySet["Organization"]:
    """Who may be granted a tier, or be the only ones a money lot pays for."""
    kinds = ["buyer_group", "institution"]
    return (
        hub_selectors.members_of_hubs([hub_id])
        .filter(kind__in=kinds)
        .order_by("name", "pk")
    )


def agreements_of(*, hub_id: int) -> QuerySet[TierAgreement]:
    """Every agreement of a hub, the latest first."""
    return TierAgreement.objects.filter(tier__hub_id=hub_id).select_related(
        "tier", "buyer"
    )


def lots_open_on(*, hub_id: int, on: date) -> QuerySet[FundLot]:
    """The money lots that still take money: those whose last day is to come."""
    return lots_of(hub_id=hub_id).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def lots_of(*, hub_id: int) -> QuerySet[FundLot]:
    """The money lots of a hub's fund, those that end first at the top."""
    return (
        FundLot.objects.filter(fund__hub_id=hub_id)
        .select_related("fund__hub")
        .prefetch_related("eligible_groups")
    )


def account_code(lot: FundLot) -> str:
    """The ledger account of a lot."""
    return accounts.fund_lot(hub=lot.fund.hub.public_id, lot=lot.public_id).code


def general_lot(*, hub_id: int) -> AccountRef | None:
    """The ledger account that contributions come to; None without a fund."""
    lots = FundLot.objects.filter(fund__hub_id=hub_id, is_general=True)
    lot = lots.select_related("fund__hub").first()
    return AccountRef(account_code(lot), floored=True) if lot else None


def money_lots(lots: Iterable[FundLot]) -> list[MoneyLot]:
    """The lots as the choosing rule wants them, with what each holds now."""
    known = {account_code(lot): lot for lot in lots}
    balances = statements.balances_of(known)
    return [
        MoneyLot(
            code=code,
            balance_cents=balances[code],
            ends_on=lot.ends_on,
            eligible_groups=frozenset(
                group.public_id for group in lot.eligible_groups.all()
            )
            or None,
        )
        for code, lot in known.items()
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class FundState:
    """How a fund stands: free money, money held for orders, weeks it lasts."""

    free_cents: int
    held_cents: int
    weekly_draw_cents: int
    weeks: int | None
    guard: GuardState

    @property
    def balance_cents(self) -> int:
        """All that was given and not yet spent: free and held."""
        return self.free_cents + self.held_cents


def fund_state(*, fund: SolidarityFund, on: date) -> FundState:
    """Read a fund's state from the ledger, in three sums whatever its history."""
    hub = fund.hub.public_id
    lots = accounts.fund_prefix(hub=hub)
    free_cents = statements.total_cents(lots)
    held_cents = statements.total_cents(accounts.fund_holds_prefix(hub=hub))
    since = on - timedelta(weeks=RUNWAY_WEEKS)
    drawn_cents = -statements.moved_cents(lots, kind=DRAW_KIND, since=since)
    pace = runway(free_cents, 0, [drawn_cents] + [0] * (RUNWAY_WEEKS - 1))
    return FundState(
        free_cents=free_cents,
        held_cents=held_cents,
        weekly_draw_cents=drawn_cents // RUNWAY_WEEKS,
        weeks=pace.weeks,
        guard=guard(
            pace, Thresholds(warn_weeks=fund.warn_weeks, stop_weeks=fund.stop_weeks)
        ),
    )


def fund_of(*, hub_id: int) -> SolidarityFund | None:
    """The hub's fund, if it has one."""
    return SolidarityFund.objects.filter(hub_id=hub_id).select_related("hub").first()


def public_fund_of(*, hub_public_id: str) -> SolidarityFund | None:
    """The fund of a hub that shows it to everybody."""
    shown = SolidarityFund.objects.filter(is_public=True, hub__is_active=True)
    return shown.select_related("hub").filter(hub__public_id=hub_public_id).first()


def held_cents(hold_key: str) -> int:
    """What is still held under a key; zero for no key."""
    return statements.balance_cents(hold_account(hold_key).code) if hold_key else 0
