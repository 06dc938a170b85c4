"""`hold`, `capture`, `release`: money set aside, then spent or given back.

A hold is a posting into the floored account `hold:<key>`. Captures spend its draws in
the order in which they were given, releases give the last ones back first. Both end
what a hold began: a day in a closed period becomes the first open day after it.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from hub.ledger.core.accounts import (
    HOLD_PREFIX,
    AccountRef,
    Move,
    hold_account,
    real_moves,
    require_balanced,
    require_no_hold_account,
)
from hub.ledger.core.content import Content, Verb
from hub.ledger.core.errors import HoldUnknown
from hub.ledger.core.holds import given_back, require_draws
from hub.ledger.models import Account, Entry, Posting
from hub.ledger.posting.journal import claim, post_once, refusals_kept
from hub.ledger.posting.rows import (
    locked_cents,
    require_money,
    write_entries,
)
from hub.ledger.posting.verbs import moves_of


def hold(
    *,
    key: str,
    kind: str,
    draws: Sequence[tuple[AccountRef, int]],
    effective_on: date,
    expires_at: datetime | None = None,
    memo: str = "",
) -> Posting:
    """Set money of the drawn accounts aside in the account `hold:<key>`.

    It stays there until it is captured or released; after `expires_at` the next
    `release_expired` gives it back. Draws of zero cents are left out. Raises
    PeriodClosed, NotEnoughMoney, KeyReused.
    """
    require_draws(draws)
    drawn = real_moves(Move(account, -amount) for account, amount in draws)
    require_no_hold_account(drawn)
    total_cents = -sum(move.amount_cents for move in drawn)
    moves = (*drawn, *real_moves([Move(hold_account(key), total_cents)]))
    content = Content(
        verb=Verb.HOLD,
        key=key,
        kind=kind,
        effective_on=effective_on,
        memo=memo,
        expires_at=expires_at,
        moves=moves,
    )
    return post_once(content)


def capture(
    *,
    key: str,
    hold_key: str,
    kind: str,
    amount_cents: int,
    moves_to: Sequence[Move],
    effective_on: date,
    memo: str = "",
) -> Posting:
    """Spend `amount_cents` of a hold, all of it or a part; the rest stays held.

    `moves_to` says where the money goes and sums to `amount_cents`; single moves may
    be negative, so that a sale and the draw that helps to pay it are one posting.
    Raises HoldUnknown, HoldExhausted, NotEnoughMoney, KeyReused.
    """
    held = hold_with(hold_key)
    moves_to = real_moves(moves_to)
    require_no_hold_account(moves_to)
    moves = (*real_moves([Move(hold_account(hold_key), -amount_cents)]), *moves_to)
    require_balanced(moves)
    content = Content(
        verb=Verb.CAPTURE,
        key=key,
        kind=kind,
        effective_on=effective_on,
        memo=memo,
        about_key=hold_key,
        amount_cents=amount_cents,
        moves=moves,
    )
    return post_once(content, hold=held, may_fall_later=True)


def release(
    *,
    key: str,
    hold_key: str,
    effective_on: date,
    amount_cents: int | None = None,
    memo: str = "",
) -> Posting:
    """Give held money back to the accounts it came from, the last drawn first.

    Without an amount all that is left goes back, be it nothing. The release keeps the
    kind of its hold. Raises HoldUnknown, HoldExhausted, KeyReused.
    """
    held = hold_with(hold_key)
    content = Content(
        verb=Verb.RELEASE,
        key=key,
        kind=held.kind,
        effective_on=effective_on,
        memo=memo,
        about_key=hold_key,
        amount_cents=amount_cents,
    )
    with transaction.atomic():
        posting, is_new = claim(content, hold=held, may_fall_later=True)
        if is_new:
            with refusals_kept(content):
                _give_back(posting, held)
    return posting


def release_expired(*, now: datetime, limit: int = 500) -> list[Posting]:
    """Give back what is left in holds that expired, each in its own transaction.

    May run twice at once: the key of each release names the hold and how often its
    account has moved, so the second run replays the first. Returns the releases.
    """
    held_accounts = (
        Account.objects.filter(
            code__startswith=HOLD_PREFIX,
            balance__balance_cents__gt=0,
            entries__posting__verb=Verb.HOLD,
            entries__posting__expires_at__lte=now,
        )
        .order_by("pk")
        .values_list("pk", "code")[:limit]
    )
    releases = []
    for account_id, code in list(held_accounts):
        moved = Entry.objects.filter(account_id=account_id).aggregate(n=Count("pk"))[
            "n"
        ]
        hold_key = code.removeprefix(HOLD_PREFIX)
        releases.append(
            release(
                key=f"expired:{moved}:{hold_key}",
                hold_key=hold_key,
                effective_on=timezone.localdate(now),
            )
        )
    return releases


def hold_with(hold_key: str) -> Posting:
    """The posting that made this hold. Raises HoldUnknown."""
    held = Posting.objects.filter(key=hold_key, verb=Verb.HOLD).first()
    if held is None:
        raise HoldUnknown(hold=hold_key)
    return held


def _give_back(posting: Posting, held: Posting) -> None:
    draws = [
        (move.account, -move.amount_cents)
        for move in moves_of(held)
        if move.amount_cents < 0
    ]
    account_ref = hold_account(held.key)
    nets = [Move(account_ref, 0), *(Move(account, cents) for account, cents in draws)]
    left_cents = locked_cents(nets)[account_ref.code]
    asked_cents = posting.amount_cents
    if asked_cents is None:
        asked_cents = left_cents
    require_money(account_ref.code, left_cents, asked_cents=asked_cents)
    released = Entry.objects.filter(
        account__code=account_ref.code, posting__verb=Verb.RELEASE
    ).aggregate(total_cents=Sum("amount_cents", default=0))
    parts = given_back(
        draws,
        released_before_cents=-released["total_cents"],
        amount_cents=asked_cents,
    )
    moves = [Move(account, part_cents) for account, part_cents in parts]
    write_entries(posting, [*real_moves([Move(account_ref, -asked_cents)]), *moves])
