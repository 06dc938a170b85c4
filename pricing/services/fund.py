"""What is done with prices and with the solidarity fund's money.

The fund's row is locked before its lots are read, so that two orders never count on
the same dollar; the ledger's floor stands behind.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from hub.core.errors import N_
from hub.core.trail import Kind
from hub.ledger import posting, statements
from hub.ledger.core.accounts import AccountRef, Move
from hub.services.trail import Fact, record
from pricing import accounts, selectors
from pricing.core.errors import (
    FundPaused,
    FundTooLow,
    KeptOutOfRange,
    LotEnded,
    NotAGift,
    NotAMemberOfHub,
    OfferOver,
    RunwayBackwards,
    SmallerReduction,
)
from pricing.core.funding import choose_lots
from pricing.core.margins import WHOLE_BPS
from pricing.models import FundLot, SolidarityFund

if TYPE_CHECKING:
    from hub.models import Organization


@dataclass(frozen=True, slots=True)
class Bid:
    """How a draw was counted: with all of a tier's reduction, or with `kept_bps` of it.

    `may_be_offered`: who asks can be shown a smaller reduction and accept it.
    """

    kept_bps: int | None = None
    may_be_offered: bool = False


NO_BID = Bid()
GENERAL_SOURCE = N_("Contributions")
"""The source of the general lot: what the support tier brings, and small gifts."""


@transaction.atomic
def open_fund(
    *, hub: "Organization", warn_weeks: int = 8, stop_weeks: int = 2
) -> SolidarityFund:
    """Give a hub its fund, with the lot that contributions come to; once."""
    fund, is_new = SolidarityFund.objects.get_or_create(
        hub=hub, defaults={"warn_weeks": warn_weeks, "stop_weeks": stop_weeks}
    )
    if is_new:
        _leave_trace(Kind.FUND_OPENED, fund, {}, _guard_of(fund))
    FundLot.objects.get_or_create(
        fund=fund,
        is_general=True,
        defaults={"source": GENERAL_SOURCE, "kind": FundLot.Kind.CONTRIBUTION},
    )
    return fund


@transaction.atomic
def set_runway(
    *, fund: SolidarityFund, warn_weeks: int, stop_weeks: int
) -> SolidarityFund:
    """Set under how many weeks the hub is warned, and new promises stop.

    Raises RunwayBackwards.
    """
    if not 0 <= stop_weeks <= warn_weeks:
        raise RunwayBackwards(warn_weeks=warn_weeks, stop_weeks=stop_weeks)
    before = _guard_of(fund)
    fund.warn_weeks, fund.stop_weeks = warn_weeks, stop_weeks
    fund.save(update_fields=["warn_weeks", "stop_weeks"])
    _leave_trace(Kind.FUND_GUARD_SET, fund, before, _guard_of(fund))
    return fund


@transaction.atomic
def set_stop_rule(
    *, fund: SolidarityFund, stop_rule: str, kept_bps: int
) -> SolidarityFund:
    """Say what new orders at a low tier get under the stop level.

    `refuse`: nothing. `smaller`: `kept_bps` of their reduction, while money is there;
    who orders sees that price before and may keep the fair one. What is confirmed
    keeps its price. Raises KeptOutOfRange.
    """
    if not 0 < kept_bps < WHOLE_BPS:
        raise KeptOutOfRange(kept_bps=kept_bps)
    before = _rule_of(fund)
    fund.stop_rule, fund.kept_bps = stop_rule, kept_bps
    fund.save(update_fields=["stop_rule", "kept_bps"])
    _leave_trace(Kind.FUND_GUARD_SET, fund, before, _rule_of(fund))
    return fund


@transaction.atomic
def publish_fund(*, fund: SolidarityFund, is_public: bool) -> SolidarityFund:
    """Show the fund's page to everybody, or close it."""
    before = {"is_public": fund.is_public}
    fund.is_public = is_public
    fund.save(update_fields=["is_public"])
    _leave_trace(Kind.FUND_PUBLISHED, fund, before, {"is_public": is_public})
    return fund


@transaction.atomic
def add_lot(
    *,
    fund: SolidarityFund,
    source: str,
    on: date,
    kind: str = FundLot.Kind.DONATION,
    purpose: str = "",
    ends_on: date | None = None,
    eligible: Iterable["Organization"] = (),
) -> FundLot:
    """Add a money lot with its own end and, if earmarked, whom it may pay for.

    `kind` says what sort of source it is, `purpose` what the funder gave it for.
    Raises NotAMemberOfHub for a group of another hub, LotEnded for a last day
    before the day `on`.
    """
    require_open(ends_on, on)
    groups = list(eligible)
    if any(group.hub_id != fund.hub_id for group in groups):
        raise NotAMemberOfHub
    lot = FundLot.objects.create(
        fund=fund, source=source, kind=kind, purpose=purpose, ends_on=ends_on
    )
    lot.eligible_groups.set(groups)
    fact = Fact(
        kind=Kind.FUND_LOT_ADDED,
        subject=(lot.public_id, lot.source),
        concerns=[fund.hub_id],
        after={
            "fund_kind": kind,
            "purpose": purpose,
            "ends_on": ends_on.isoformat() if ends_on else None,
            "eligible": sorted(group.name for group in groups),
        },
    )
    record(fact)
    return lot


@transaction.atomic
def deposit(
    *, lot: FundLot, amount_cents: int, key: str, on: date, memo: str = ""
) -> None:
    """Record money given to the fund in one lot, once per key.

    Raises NotAGift for nothing or less, LotEnded, KeyReused.
    """
    if amount_cents <= 0:
        raise NotAGift(amount_cents=amount_cents)
    require_open(lot.ends_on, on)
    hub = lot.fund.hub.public_id
    posting.post(
        key=f"deposit:{key}",
        kind="fund-deposit",
        moves=[
            Move(accounts.funder(hub=hub), -amount_cents),
            Move(accounts.fund_lot(hub=hub, lot=lot.public_id), amount_cents),
        ],
        effective_on=on,
        memo=memo,
    )
    fact = Fact(
        kind=Kind.FUND_DEPOSIT,
        subject=(lot.public_id, lot.source),
        concerns=[lot.fund.hub_id],
        after={"amount_cents": amount_cents},
        why=memo,
        key=f"deposit:{key}",
        is_once=True,
    )
    record(fact)


@transaction.atomic
def replace_draw(
    *,
    hub_id: int,
    buyer: str,
    hold_key: str,
    earlier_hold_key: str,
    amount_cents: int,
    on: date,
    own: Sequence[tuple[str, int]] | None = None,
    bid: Bid = NO_BID,
) -> None:
    """Hold what an order may draw at worst, after giving back its earlier hold.

    `buyer` is the public id of the organization that orders: earmarked money pays
    only for whom it may, the lot that ends first before the others. A larger draw
    than before is a new promise, refused while the runway is under the hub's limit.
    With `own`, what the earlier hold had of each lot is held of the same lot again,
    also when that lot has ended since, and so is what `own` names, by account code:
    money that came back to it just before. `bid` says whether a smaller reduction may
    be offered in place of the refusal, or which one the draw was counted with.
    Raises FundPaused, SmallerReduction, OfferOver, FundTooLow.
    """
    fund = lock_fund(hub_id)
    kept_cents: Counter[str] = Counter()
    for code, cents in own or ():
        kept_cents[code] += cents
    earlier_cents = kept_cents.total()
    if earlier_hold_key:
        earlier_cents += selectors.held_cents(earlier_hold_key)
        if own is not None:
            kept_cents.update(dict(statements.left_in_hold(earlier_hold_key)))
        posting.release(
            key=f"{earlier_hold_key}:released",
            hold_key=earlier_hold_key,
            effective_on=on,
        )
    if amount_cents == 0:
        return
    if fund is None:
        raise FundTooLow(missing_cents=amount_cents)
    if amount_cents > earlier_cents:
        _require_runway(fund, on, bid)
    lots = list(selectors.lots_of(hub_id=hub_id))
    money = selectors.money_lots(lots)
    draws = choose_lots(money, amount_cents, buyer, on, kept_cents)
    posting.hold(
        key=hold_key,
        kind=selectors.DRAW_KIND,
        draws=[
            (AccountRef(draw.code, floored=True), draw.amount_cents) for draw in draws
        ],
        effective_on=on,
    )


@transaction.atomic
def shrink_draw(
    *, hub_id: int, hold_key: str, to_cents: int, on: date, occasion: str = "shrunk"
) -> None:
    """Give back the part of a hold that is no longer needed; never takes more.

    `occasion` names what made it smaller, once for each hold: it ends the key of the
    release. A close shrinks many holds in one transaction: the fund's row is locked
    first, as an order does, so that their lots are never waited for in two directions.
    """
    lock_fund(hub_id)
    surplus_cents = selectors.held_cents(hold_key) - to_cents
    if surplus_cents > 0:
        posting.release(
            key=f"{hold_key}:{occasion}",
            hold_key=hold_key,
            amount_cents=surplus_cents,
            effective_on=on,
        )


def _rule_of(fund: SolidarityFund) -> dict[str, int | str]:
    return {"stop_rule": fund.stop_rule, "kept_bps": fund.kept_bps}


def _guard_of(fund: SolidarityFund) -> dict[str, int | str]:
    return {"warn_weeks": fund.warn_weeks, "stop_weeks": fund.stop_weeks}


def _leave_trace(
    kind: Kind,
    fund: SolidarityFund,
    before: Mapping[str, int | str],
    after: Mapping[str, int | str],
) -> None:
    fact = Fact(
        kind=kind,
        subject=(fund.hub.public_id, fund.hub.name),
        concerns=[fund.hub_id],
        before=before,
        after=after,
    )
    record(fact)


def require_open(ends_on: date | None, on: date) -> None:
    """Let pass a last day that is not over. Raises LotEnded."""
    if ends_on is not None and ends_on < on:
        raise LotEnded(ends_on=ends_on.isoformat())


def lock_fund(hub_id: int) -> SolidarityFund | None:
    """Lock a hub's fund before several of its holds are moved in one transaction."""
    return (
        SolidarityFund.objects.select_for_update(of=("self",))
        .select_related("hub")
        .filter(hub_id=hub_id)
        .first()
    )


def _require_runway(fund: SolidarityFund, on: date, bid: Bid) -> None:
    """Read behind the fund's lock: what it offers cannot change until the hold."""
    state = selectors.fund_state(fund=fund, on=on)
    is_paused = state.guard == "stop" and state.free_cents > 0
    is_offered = is_paused and fund.stop_rule == SolidarityFund.StopRule.SMALLER
    if bid.kept_bps is not None and state.free_cents > 0:
        if not is_offered or bid.kept_bps != fund.kept_bps:
            raise OfferOver(weeks=fund.stop_weeks)
        return
    if is_offered and bid.may_be_offered:
        raise SmallerReduction(weeks=fund.stop_weeks, kept_bps=fund.kept_bps)
    if is_paused:
        raise FundPaused(weeks=fund.stop_weeks)
