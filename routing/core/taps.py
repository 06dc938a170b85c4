"""What a driver's phone sends: taps, read and put in one shape.

A tap says one thing about one stop. It carries a name of its own (`local_id`), the
phone and its counter, and the hour of a clock that may be wrong. The content of a tap
never changes: a mistake is taken back by another tap that names it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hub.core.quantities import LARGEST_COUNT, TEMPERATURE_CLASSES
from routing.core.cold import parse_temperature
from routing.core.errors import TapUnreadable

ARRIVED, LOADED, DELIVERED, DEPARTED = "arrived", "loaded", "delivered", "departed"
PROBLEM, WITHDRAWN = "problem", "withdrawn"
TAP_KINDS = (ARRIVED, LOADED, DELIVERED, DEPARTED, PROBLEM, WITHDRAWN)
HANDLING = (LOADED, DELIVERED)

PROBLEM_REASONS = (
    "closed",
    "no_answer",
    "refused",
    "damaged",
    "access",
    "late",
    "breakdown",
)
ENDING_REASONS = ("closed", "no_answer", "refused", "access")
"""With these, a truck that leaves without a delivery leaves nothing behind."""

FORM = "form"
"""The device of a page without JavaScript: its taps have the server's hour, so that
the same form sent twice differs in its hour alone."""

LONGEST_NAME = 80
LONGEST_NOTE = 200
"""As long as the orders keep for a shortage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TapContent:
    """What a tap says: quantities by line, degrees by class in tenths, words."""

    quantities: Mapping[int, int] = field(default_factory=dict)
    temperatures: Mapping[str, int] = field(default_factory=dict)
    reason: str = ""
    withdraws: str = ""
    receiver: str = ""
    note: str = ""


NOTHING_SAID = TapContent()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """One tap; `tapped_at` is the phone's hour, `offset_s` what the server adds to it.

    The offset is measured when the phone sends: the server's now minus the phone's.
    """

    local_id: str
    device: str
    device_seq: int
    stop: str
    kind: str
    tapped_at: datetime
    offset_s: int = 0
    content: TapContent = NOTHING_SAID

    @property
    def corrected_at(self) -> datetime:
        """The hour by the server's clock."""
        return self.tapped_at + timedelta(seconds=self.offset_s)

    @property
    def digest(self) -> str:
        """What tells another content; the offset is measured anew at each sending."""
        said = self.content
        made = [self.device_seq, self.tapped_at.timestamp()]
        parts = [
            self.device,
            [] if self.device == FORM else made,
            self.stop,
            self.kind,
            sorted(said.quantities.items()),
            sorted(said.temperatures.items()),
            [said.reason, said.withdraws, said.receiver, said.note],
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def read_tap(sent: object, *, offset_s: int) -> Tap:
    """Read one tap as a phone sends it; unknown fields are left out.

    Raises TapUnreadable naming the field, NotATemperature.
    """
    if not isinstance(sent, Mapping):
        raise TapUnreadable(field="tap")
    kind = _one_of(sent, "kind", TAP_KINDS)
    return Tap(
        local_id=str(_uuid(sent, "local_id")),
        device=_text(sent, "device", 40, required=True),
        device_seq=_whole(sent.get("device_seq"), "device_seq", 2**53),
        stop=_text(sent, "stop", 20, required=True),
        kind=kind,
        tapped_at=read_moment(sent.get("tapped_at"), "tapped_at"),
        offset_s=offset_s,
        content=_content(sent, kind),
    )


def read_moment(value: object, name: str) -> datetime:
    """Read an ISO hour that names its zone. Raises TapUnreadable."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not 1990 < moment.year < 2200:
        raise TapUnreadable(field=name)
    return moment


def _content(sent: Mapping[str, Any], kind: str) -> TapContent:
    if kind in HANDLING:
        return TapContent(
            quantities=_quantities(sent.get("quantities")),
            temperatures=_temperatures(sent.get("temperatures")),
            receiver=_text(sent, "receiver", LONGEST_NAME) if kind == DELIVERED else "",
            note=_text(sent, "note", LONGEST_NOTE),
        )
    if kind == PROBLEM:
        return TapContent(
            reason=_one_of(sent, "reason", PROBLEM_REASONS),
            note=_text(sent, "note", LONGEST_NOTE),
        )
    if kind == WITHDRAWN:
        return TapContent(withdraws=str(_uuid(sent, "withdraws")))
    return NOTHING_SAID


def _quantities(value: object) -> dict[int, int]:
    """Units by line, both whole; a line that is not named was not counted."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise TapUnreadable(field="quantities")
    counted = {
        _whole(line, "quantities", 2**53): _whole(units, "quantities", LARGEST_COUNT)
        for line, units in value.items()
    }
    return dict(sorted(counted.items()))


def _temperatures(value: object) -> dict[str, int]:
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not set(value) <= set(TEMPERATURE_CLASSES):
        raise TapUnreadable(field="temperatures")
    return {
        name: parse_temperature(str(value[name]), field=name)
        for name in TEMPERATURE_CLASSES
        if str(value.get(name, "")).strip()
    }


def _whole(value: object, name: str, largest: int) -> int:
    text = str(value).strip()
    if isinstance(value, bool) or not text.isascii() or not text.isdigit():
        raise TapUnreadable(field=name)
    if len(text) > 16 or int(text) > largest:
        raise TapUnreadable(field=name)
    return int(text)


def _text(
    sent: Mapping[str, Any], name: str, longest: int, *, required: bool = False
) -> str:
    value = sent.get(name, "")
    if not isinstance(value, str) or "\x00" in value or len(value.strip()) > longest:
        raise TapUnreadable(field=name)
    if required and not value.strip():
        raise TapUnreadable(field=name)
    return value.strip()


def _one_of(sent: Mapping[str, Any], name: str, known: tuple[str, ...]) -> str:
    value = sent.get(name)
    if value not in known:
        raise TapUnreadable(field=name)
    return str(value)


def _uuid(sent: Mapping[str, Any], name: str) -> UUID:
    try:
        return UUID(str(sent.get(name)))
    except ValueError as error:
        raise TapUnreadable(field=name) from error
