"""Events of envelopes for programs, left in the transaction that moved the money."""

from __future__ import annotations

from datetime import date

from hub.core.happenings import Event
from hub.services import happenings
from vouchers.models import Envelope


def tell_envelope(
    envelope: Envelope, *, change: str, amount_cents: int, key: str, on: date
) -> None:
    """Tell programme and group once of money granted, added, withdrawn or spent.

    `key` is that of the posting: asked twice, it moved once and is told once.
    """
    facts = {
        "envelope_id": envelope.public_id,
        "programme_id": envelope.programme.public_id,
        "group_id": envelope.group.public_id,
        "change": change,
        "amount_cents": amount_cents,
        "on": on.isoformat(),
    }
    happenings.leave(
        kind=Event.ENVELOPE_CHANGED,
        facts={envelope.programme_id: facts, envelope.group_id: facts},
        key=key,
    )
