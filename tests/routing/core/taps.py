"""Taps for tests: short to write, one minute apart."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from routing.core.taps import Tap, TapContent

MORNING = datetime(2026, 6, 18, 12, 0, tzinfo=UTC)
"""Eight o'clock in Montreal."""


def name(number: int) -> str:
    """The local id of the tap of this number."""
    return str(UUID(int=number))


def tap(
    number: int,
    kind: str,
    *,
    stop: str = "1",
    device: str = "phone",
    minute: int | None = None,
    offset_s: int = 0,
    **content,
) -> Tap:
    """The tap that a phone makes as its `number`-th, at that minute of its clock."""
    return Tap(
        local_id=name(number),
        device=device,
        device_seq=number,
        stop=stop,
        kind=kind,
        tapped_at=MORNING + timedelta(minutes=number if minute is None else minute),
        offset_s=offset_s,
        content=TapContent(**content),
    )
