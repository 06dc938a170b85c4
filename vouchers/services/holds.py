"""Money of an envelope for an order: held, given back, spent at delivery.

The envelope's row is locked before what is left is read, so that two orders never
count on the same dollar; the ledger's floor stands behind. A caller that also moves
money of the solidarity fund locks the fund first, then the envelopes it will touch.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from hub.ledger import posting
from hub.ledger.core.accounts import Move
from vouchers import accounts, selectors
from vouchers.core.eligibility import (
    Owed,
    eligible_cents,
    payable_cents,
    require_open,
    room_cents,
)
from vouchers.core.errors import EnvelopeChanged, EnvelopeOfAnother, EnvelopeTooLow
from vouchers.models import Envelope
from vouchers.services.happening import tell_envelope


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What an order asks of an envelope.

    `owed` is what its buyer owes, by family. `wanted_cents` is the part wanted, or
    None for as much as the envelope may pay. `expected_cents` is the part that the
    person read before confirming, if there was one. `kept_cents` came back from an
    invoice taken back just before: it is kept after the last day. With `is_lenient`
    nobody is there to be told: less is held, be it nothing, rather than a refusal.
    """

    envelope: Envelope
    group_id: int
    order: str
    version: int
    owed: Sequence[Owed]
    wanted_cents: int | None = None
    expected_cents: int | None = None
    kept_cents: int = 0
    is_lenient: bool = False


def lock_envelopes(pks: Iterable[int | None]) -> list[Envelope]:
    """Lock envelopes by ascending id, inside the caller's transaction."""
    wanted = {pk for pk in pks if pk is not None}
    rows = Envelope.objects.select_for_update(of=("self",)).filter(pk__in=wanted)
    return list(rows.order_by("pk"))


@transaction.atomic
def replace_hold(*, earlier_hold_key: str, ask: Ask | None, on: date) -> str:
    """Hold an envelope's part of an order, after giving back what was held before.

    Returns the key of the new hold; empty when nothing is asked or nothing can be
    paid. An order that had a part of this envelope may keep it after the last day.
    Raises EnvelopeOfAnother, EnvelopeNotBegun, EnvelopeEnded, EnvelopeTooLow,
    EnvelopeChanged.
    """
    _lock_both(earlier_hold_key, ask)
    earlier_cents = selectors.held_cents(earlier_hold_key)
    if earlier_hold_key:
        release_hold(hold_key=earlier_hold_key, on=on)
    if ask is None:
        return ""
    envelope = ask.envelope
    is_same = envelope.public_id == _envelope_of(earlier_hold_key)
    had_cents = ask.kept_cents + (earlier_cents if is_same else 0)
    amount_cents = _part_cents(ask, had_cents, on)
    if amount_cents == 0:
        return ""
    hold_key = accounts.hold_key(
        envelope=envelope.public_id, order=ask.order, version=ask.version
    )
    posting.hold(
        key=hold_key,
        kind=selectors.HOLD,
        draws=[(accounts.envelope(public_id=envelope.public_id), amount_cents)],
        effective_on=on,
    )
    return hold_key


@transaction.atomic
def shrink_hold(
    *, hold_key: str, to_cents: int, on: date, occasion: str = "shrunk"
) -> None:
    """Give back the part of a hold that is no longer needed; never takes more.

    `occasion` names what made it smaller, once for each hold: it ends the key of the
    release.
    """
    _lock_behind(hold_key)
    surplus_cents = selectors.held_cents(hold_key) - to_cents
    if surplus_cents > 0:
        posting.release(
            key=f"{hold_key}:{occasion}",
            hold_key=hold_key,
            amount_cents=surplus_cents,
            effective_on=on,
        )


@transaction.atomic
def release_hold(*, hold_key: str, on: date) -> None:
    """Give back all that is still held; a second call finds nothing to give."""
    _lock_behind(hold_key)
    posting.release(key=f"{hold_key}:released", hold_key=hold_key, effective_on=on)


@transaction.atomic
def capture_for_invoice(
    *,
    hold_key: str,
    key: str,
    amount_cents: int,
    moves_to: Sequence[Move],
    on: date,
    memo: str = "",
) -> int:
    """Pay a part of an invoice from a hold, at most what is held; once per key.

    `moves_to` sums to `amount_cents`. Returns what was paid. Raises HoldUnknown,
    HoldExhausted, KeyReused.
    """
    _lock_behind(hold_key)
    posting.capture(
        key=key,
        hold_key=hold_key,
        kind=selectors.PAYMENT,
        amount_cents=amount_cents,
        moves_to=moves_to,
        effective_on=on,
        memo=memo,
    )
    known = Envelope.objects.select_related("programme", "group")
    tell_envelope(
        known.get(public_id=_envelope_of(hold_key)),
        change="spent",
        amount_cents=amount_cents,
        key=f"envelope-spent:{key}",
        on=on,
    )
    return amount_cents


def _part_cents(ask: Ask, earlier_cents: int, on: date) -> int:
    """What the envelope pays of this order; the caller holds the row's lock."""
    envelope = ask.envelope
    if envelope.group_id != ask.group_id:
        raise EnvelopeOfAnother
    terms = selectors.terms_of(envelope)
    if not earlier_cents and not ask.is_lenient:
        require_open(terms, on)
    room = room_cents(
        terms,
        left_cents=selectors.left_cents(envelope) - earlier_cents,
        earlier_cents=earlier_cents,
        on=on,
    )
    part_cents = payable_cents(
        eligible_cents=eligible_cents(terms, ask.owed),
        room_cents=room,
        wanted_cents=ask.wanted_cents,
    )
    if ask.is_lenient:
        return part_cents
    if ask.wanted_cents is not None and part_cents < ask.wanted_cents:
        raise EnvelopeTooLow(payable_cents=part_cents, wanted_cents=ask.wanted_cents)
    if ask.expected_cents is not None and part_cents != ask.expected_cents:
        raise EnvelopeChanged(
            payable_cents=part_cents, expected_cents=ask.expected_cents
        )
    return part_cents


def _envelope_of(hold_key: str) -> str:
    return accounts.envelope_of(hold_key) if hold_key else ""


def _lock_both(earlier_hold_key: str, ask: Ask | None) -> None:
    """Lock the envelope that is left and the one that is chosen, by ascending id."""
    public_ids = [_envelope_of(earlier_hold_key)] if earlier_hold_key else []
    if ask is not None:
        public_ids.append(ask.envelope.public_id)
    _lock_by_public_id(public_ids)


def _lock_behind(hold_key: str) -> None:
    _lock_by_public_id([_envelope_of(hold_key)])


def _lock_by_public_id(public_ids: list[str]) -> None:
    rows = Envelope.objects.select_for_update(of=("self",))
    list(rows.filter(public_id__in=public_ids).order_by("pk").values_list("pk"))
