"""What a hub charges on a day: every rule of it, read in one query."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, cast

from django.db.models import (
    BooleanField,
    Case,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat

from hub.selectors import Blank, Prepared
from pricing.core.errors import NoMarginRule, TierNotOpen, TierUnknown
from pricing.core.fees import FeeFigures, Leg
from pricing.core.limits import Limits
from pricing.core.margins import MarginBasis
from pricing.core.quote import MarginRule as Margin
from pricing.core.taxes import TaxRates
from pricing.core.terms import TermsBook
from pricing.models import (
    FeeRule,
    FundLot,
    MarginRule,
    PriceTier,
    SupportLimit,
    TaxRate,
    TierAgreement,
    TierMultiplier,
    TransportRule,
)

_MARGIN, _TRANSPORT, _TAX, _FEE = "margin", "transport", "tax", "fee"
_TIER, _OPEN_TIER = "tier", "open tier"
_LIMIT = "limit"
_ALL, _OWN = "all", "own"
_NO_LIMIT = -1
_Rule = tuple[str, str, int, int, int, bool, date]
"""What a rule is about, its name, its figures, a flag, and since when it holds."""


def terms_book(
    *, hub_id: int, on: date, tiers: Iterable[PriceTier] | None = None
) -> TermsBook:
    """What the hub charges on a day, in two queries; one when `tiers` are known.

    Raises NoMarginRule.
    """
    known = tiers_of(hub_id=hub_id, on=on) if tiers is None else tiers
    return _book(list(_rules(hub_id, on)), known, on)


def _book(rules: "Sequence[_Rule]", tiers: Iterable[PriceTier], on: date) -> TermsBook:
    margins = [(rule[1], rule[2]) for rule in rules if rule[0] == _MARGIN]
    if not margins:
        raise NoMarginRule(on=on.isoformat())
    basis, rate_bps = margins[-1]
    transport = _latest(rules, _TRANSPORT)
    taxes = _latest(rules, _TAX)
    return TermsBook(
        margin=Margin(basis=cast(MarginBasis, basis), rate_bps=rate_bps),
        transport_cents_per_kg={name: rule[2] for name, rule in transport.items()},
        multipliers_bps={tier.code: tier.multiplier_bps for tier in tiers},
        taxes=_rates(taxes, "taxable"),
        zero_rates=_rates(taxes, "zero_rated"),
        service_taxes=_rates(taxes, "service"),
        fees=[_fee(rule) for rule in _latest(rules, _FEE).values()],
        taxed_transport=frozenset(name for name, rule in transport.items() if rule[5]),
    )


def _fee(rule: _Rule) -> FeeFigures:
    return FeeFigures(
        leg=cast(Leg, rule[1]),
        cents_per_unit=rule[2],
        cents_per_kg=rule[3],
        share_bps=rule[4],
        is_taxed=rule[5],
    )


def tax_rates(*, on: date) -> TaxRates:
    """The two sales taxes of taxable goods on a day, zero for one not in the table."""
    return _rates(_latest(list(_taxes(on).order_by("starts_on")), _TAX), "taxable")


def _rules(
    hub_id: int | Blank, on: date | Blank, *beside: QuerySet[Any, _Rule]
) -> QuerySet[MarginRule, _Rule]:
    """The rules of a hub and the taxes that have begun, the oldest first; one query."""
    begun = {"hub_id": hub_id, "starts_on__lte": on}
    nothing, no = Value(0), Value(False, output_field=BooleanField())
    margins = MarginRule.objects.filter(**begun).values_list(
        Value(_MARGIN), "basis", "rate_bps", nothing, nothing, no, "starts_on"
    )
    transport = TransportRule.objects.filter(**begun).values_list(
        Value(_TRANSPORT),
        "temperature_class",
        "cents_per_kg",
        nothing,
        nothing,
        "is_taxed",
        "starts_on",
    )
    fees = FeeRule.objects.filter(**begun).values_list(
        Value(_FEE),
        "leg",
        "cents_per_unit",
        "cents_per_kg",
        "share_bps",
        "is_taxed",
        "starts_on",
    )
    found = margins.union(transport, fees, _taxes(on), *beside, all=True)
    return found.order_by("starts_on")


def _taxes(on: date | Blank) -> QuerySet[TaxRate, _Rule]:
    """Each named by the class of goods and the tax."""
    nothing, no = Value(0), Value(False, output_field=BooleanField())
    in_force = TaxRate.objects.filter(starts_on__lte=on).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    )
    name = Concat("goods_class", Value(" "), "code")
    return in_force.values_list(
        Value(_TAX), name, "rate_ppm", nothing, nothing, no, "starts_on"
    )


def _latest(rules: Iterable[_Rule], kind: str) -> dict[str, _Rule]:
    """The latest rule of each name."""
    return {rule[1]: rule for rule in rules if rule[0] == kind}


def _rates(latest: Mapping[str, _Rule], goods_class: str) -> TaxRates:
    tps, tvq = (latest.get(f"{goods_class} {code}") for code in ("tps", "tvq"))
    return TaxRates(tps_ppm=tps[2] if tps else 0, tvq_ppm=tvq[2] if tvq else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TierChoice:
    """A tier of a hub, and whether one buyer may order at it."""

    tier: PriceTier
    is_open: bool


def tiers_of(*, hub_id: int, on: date) -> QuerySet[PriceTier]:
    """The tiers of a hub with their multiplier of a day, the lowest price first."""
    return (
        PriceTier.objects.filter(hub_id=hub_id)
        .annotate(multiplier_bps=_multiplier_on(on))  # type: ignore[no-redef,misc] # set by the query
        .order_by("multiplier_bps", "id")
    )


def _multiplier_on(on: date | Blank) -> Coalesce:
    dated = TierMultiplier.objects.filter(tier=OuterRef("pk"), starts_on__lte=on)
    latest = dated.order_by("-starts_on").values("multiplier_bps")[:1]
    return Coalesce(Subquery(latest), F("first_multiplier_bps"))


def tier_choices(*, hub_id: int, buyer_id: int, on: date) -> list[TierChoice]:
    """Every tier of a hub as one buyer meets it, the lowest price first; one query."""
    agreed = _agreements(hub_id, buyer_id, on).filter(tier=OuterRef("pk"))
    tiers = tiers_of(hub_id=hub_id, on=on).annotate(is_agreed=Exists(agreed))
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

    def limits(self) -> Limits:
        """What holds for this buyer: its own limits, else those of all buyers."""
        latest = _latest(self.rules, _LIMIT)
        rule = latest.get(_OWN) or latest.get(_ALL)
        if rule is None:
            return Limits()
        return Limits(
            floor_bps=None if rule[2] == _NO_LIMIT or rule[5] else rule[2],
            cap_cents=None if rule[3] == _NO_LIMIT else rule[3],
        )


def terms_for(*, hub_id: int, buyer_id: int, on: date) -> TermsForBuyer:
    """What `tier_choices` and `terms_book` read, and the limits, in one query."""
    rules = cast("list[_Rule]", _terms().rows(hub=hub_id, buyer=buyer_id, on=on))
    choices = []
    for kind, code, multiplier_bps, *_others in rules:
        if kind not in (_TIER, _OPEN_TIER):
            continue
        tier = PriceTier(hub_id=hub_id, code=code)
        tier.multiplier_bps = multiplier_bps
        choices.append(TierChoice(tier=tier, is_open=kind == _OPEN_TIER))
    choices.sort(key=lambda each: (each.tier.multiplier_bps, each.tier.code))
    return TermsForBuyer(on=on, rules=rules, choices=choices)


@cache
def _terms() -> Prepared:
    hub, buyer, on = Blank("hub"), Blank("buyer"), Blank("on")
    agreed = _agreements(hub, buyer, on).filter(tier=OuterRef("pk"))
    is_open = Q(needs_agreement=False) | Q(Exists(agreed))
    nothing, no = Value(0), Value(False, output_field=BooleanField())
    tiers = PriceTier.objects.filter(hub_id=hub).values_list(
        Case(When(is_open, then=Value(_OPEN_TIER)), default=Value(_TIER)),
        "code",
        _multiplier_on(on),
        nothing,
        nothing,
        no,
        Cast(on, DateField()),
    )
    return Prepared(_rules(hub, on, tiers, _limits(hub, buyer, on)))


def _limits(hub: Blank, buyer: Blank, on: Blank) -> QuerySet[SupportLimit, _Rule]:
    """The flag says that a grant lifts the floor for this buyer on this day."""
    paying = FundLot.objects.filter(pk=OuterRef("grant_id")).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        Q(eligible_groups__isnull=True) | Q(eligible_groups=buyer),
    )
    return (
        SupportLimit.objects.filter(hub_id=hub, starts_on__lte=on)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
        .filter(Q(buyer__isnull=True) | Q(buyer_id=buyer))
        .values_list(
            Value(_LIMIT),
            Case(When(buyer__isnull=True, then=Value(_ALL)), default=Value(_OWN)),
            Coalesce("floor_bps", Value(_NO_LIMIT)),
            Coalesce("cap_cents", Value(_NO_LIMIT)),
            Value(0),
            Exists(paying),
            "starts_on",
        )
    )
