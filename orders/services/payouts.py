"""Paying farms together what is due to them, with what their loans withhold."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from hub.core.trail import Kind
from hub.ledger import posting
from hub.ledger.core.accounts import Move
from orders import accounts, selectors
from orders.core.errors import PaidInFuture, RequestReused
from orders.core.errors.cash import NothingToPay, PayoutsChanged
from orders.models import Payout, PayoutRun
from orders.selectors.dues import Proposal
from orders.services import loans, trails
from orders.services.payments import PAYOUT_KIND

if TYPE_CHECKING:
    from hub.models import Organization, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAsked:
    """A payment run as it was read: `fingerprint` stands for every farm and cent."""

    through: date
    fingerprint: str
    method: str
    on: date


@transaction.atomic
def pay_farms(
    *,
    hub: "Organization",
    asked: RunAsked,
    key: str,
    today: date,
    by: "Person | None",
) -> PayoutRun:
    """Write down that farms were paid what was due by a day, once per key.

    Each farm gets what is due, less what its loans may withhold of it. Whoever pays
    the same farms at the same moment waits, then reads that the amounts changed.
    Raises PaidInFuture, PayoutsChanged, NothingToPay, RequestReused.
    """
    if asked.on > today:
        raise PaidInFuture(on=asked.on.isoformat())
    loans.lock_money(hub)
    for earlier in PayoutRun.objects.filter(key=key):
        if (earlier.hub_id, earlier.asked) != (hub.pk, asked.fingerprint):
            raise RequestReused
        return earlier
    proposals = selectors.payouts_due(hub, through=asked.through, today=today)
    found = selectors.fingerprint_of(proposals, through=asked.through)
    if found != asked.fingerprint:
        raise PayoutsChanged
    if not proposals:
        raise NothingToPay
    run = PayoutRun.objects.create(
        hub=hub,
        key=key,
        asked=asked.fingerprint,
        through_on=asked.through,
        paid_on=asked.on,
        method=asked.method,
        paid_by=by,
    )
    for proposal in sorted(proposals, key=lambda row: row.farm.pk):
        _pay(run, proposal)
    return run


def _pay(run: PayoutRun, proposal: Proposal) -> None:
    farm, hub = proposal.farm, run.hub
    payout = Payout.objects.create(
        run=run,
        farm=farm,
        gross_cents=proposal.gross_cents,
        withheld_cents=proposal.withheld_cents,
        carried_cents=proposal.carried_cents,
    )
    account = accounts.farm(organization=farm.public_id)
    asked = dict(proposal.withheld)
    locked = loans.lock_loans([loan.pk for loan in asked])
    amounts = {loan.pk: cents for loan, cents in asked.items()}
    for loan in locked:
        key = f"withheld:{run.public_id}:{loan.public_id}"
        row = loans.repay(loan, amounts[loan.pk], posting_key=key, on=run.paid_on)
        row.payout = payout
        row.save(update_fields=["payout"])
        posting.post(
            key=key,
            kind=loans.WITHHELD_KIND,
            moves=[
                Move(account, -amounts[loan.pk]),
                Move(loans.loan_account(loan), amounts[loan.pk]),
            ],
            effective_on=run.paid_on,
            memo=loan.purpose,
        )
    if not proposal.net_cents:
        return
    key = f"payout:run.{run.public_id}:{farm.public_id}"
    posting.post(
        key=key,
        kind=PAYOUT_KIND,
        moves=[
            Move(account, -proposal.net_cents),
            Move(accounts.bank(hub=hub.public_id), proposal.net_cents),
        ],
        effective_on=run.paid_on,
        memo=run.method,
    )
    trails.leave_payment(
        Kind.PAYOUT_RECORDED,
        farm,
        amount_cents=proposal.net_cents,
        method=run.method,
        key=key,
    )
