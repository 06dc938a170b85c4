"""What is done with the sources of the fund's money once they have an end.

What is left of a lot that ended is never spent silently: its end is moved, or the
money goes back to who gave it, and both leave a trace.
"""

from datetime import date

from django.db import transaction

from hub.core.trail import Kind
from hub.ledger import posting, statements
from hub.ledger.core.accounts import Move
from hub.services.trail import Fact, record
from pricing import accounts, selectors
from pricing.core.errors import AboveLot, EndNotLater, LotWithoutFunder, NotAGift
from pricing.models import FundLot
from pricing.services.fund import lock_fund, require_open


@transaction.atomic
def prolong_lot(*, lot: FundLot, ends_on: date, on: date, why: str) -> FundLot:
    """Move the last day of a money lot to a later one, as its funder agreed.

    What is left of it may be spent again until then. Raises LotWithoutFunder for money
    without an end, EndNotLater, LotEnded for a day before the day `on`.
    """
    lock_fund(lot.fund.hub_id)
    lot = _lock(lot)
    if lot.ends_on is None:
        raise LotWithoutFunder
    if ends_on <= lot.ends_on:
        raise EndNotLater(ends_on=lot.ends_on.isoformat())
    require_open(ends_on, on)
    before = lot.ends_on
    lot.ends_on = ends_on
    lot.save(update_fields=["ends_on"])
    fact = Fact(
        kind=Kind.FUND_LOT_PROLONGED,
        subject=(lot.public_id, lot.source),
        concerns=[lot.fund.hub_id],
        before={"ends_on": before.isoformat()},
        after={"ends_on": ends_on.isoformat()},
        why=why,
    )
    record(fact)
    return lot


@transaction.atomic
def return_lot(
    *, lot: FundLot, amount_cents: int, key: str, on: date, why: str
) -> None:
    """Give money that is free in a lot back to its funder, once per key.

    What is held for orders stays theirs: it can be given back once they left it.
    Raises LotWithoutFunder for contributions, NotAGift, AboveLot, KeyReused.
    """
    if lot.is_general:
        raise LotWithoutFunder
    if amount_cents <= 0:
        raise NotAGift(amount_cents=amount_cents)
    lock_fund(lot.fund.hub_id)
    hub = lot.fund.hub.public_id
    account = accounts.fund_lot(hub=hub, lot=lot.public_id)
    is_again = statements.moved_under(f"fund-return:{key}")
    if not is_again and amount_cents > statements.balance_cents(account.code):
        raise AboveLot
    posting.post(
        key=f"fund-return:{key}",
        kind=selectors.RETURN_KIND,
        moves=[
            Move(account, -amount_cents),
            Move(accounts.funder(hub=hub), amount_cents),
        ],
        effective_on=on,
        memo=why,
    )
    fact = Fact(
        kind=Kind.FUND_LOT_RETURNED,
        subject=(lot.public_id, lot.source),
        concerns=[lot.fund.hub_id],
        after={"amount_cents": amount_cents},
        why=why,
        key=f"fund-return:{key}",
        is_once=True,
    )
    record(fact)


def _lock(lot: FundLot) -> FundLot:
    rows = FundLot.objects.select_for_update(of=("self",)).select_related("fund__hub")
    return rows.get(pk=lot.pk)
