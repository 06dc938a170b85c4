"""Words of the ground floor that several pages share."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hub.core.trail import KINDS, Kind
from hub.core.trail_facts import CODES, LABELS, changes_of
from hub.models import Person, Trace
from hub.templatetags import words

TEMPERATURES: Mapping[str, str | Promise] = {
    "frozen": _("Frozen"),
    "chilled": _("Chilled"),
    "ambient": _("Ambient"),
}
"""Temperature classes as people call them."""


def trace_sentence(trace: Trace) -> str:
    """What happened, in the reader's language."""
    told = KINDS.get(trace.kind)
    if told is None:
        return trace.kind
    subject = trace.subject
    if trace.kind == Kind.TIER_SET:
        subject = _said("tier", subject)
    named = {"subject": subject, "about": name_of(trace.about)}
    return gettext(told.sentence) % named


def name_of(person: Person | None) -> str:
    """How a person is named to readers of other organizations: never by address."""
    if person is None:
        return gettext("somebody who is gone")
    return person.name or gettext("somebody without a name")


def trace_changes(trace: Trace) -> list[tuple[str, str, str]]:
    """Each fact of a trace: its name, what it was, what it is; in plain words.

    A new row that misses nothing does not say so.
    """
    return [
        (gettext(LABELS[name]), _fact(name, before), _fact(name, after))
        for name, before, after in changes_of(trace.before, trace.after)
        if name in LABELS and (name, before, after) != ("short_quantity", None, 0)
    ]


def _fact(name: str, value: Any) -> str:
    """A fact as people write it; its unit is the last word of its name."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(_said(name, str(each)) for each in value)
    if isinstance(value, int):
        return _figure(name, value)
    if name.endswith("_on"):
        return words.day(date.fromisoformat(value))
    if name.endswith("_at"):
        return words.moment(datetime.fromisoformat(value))
    return _said(name, value)


def _said(name: str, code: str) -> str:
    """A coded fact in words; what a person typed is given as it is."""
    words_of = CODES.get(name, {})
    return gettext(words_of[code]) if code in words_of else code


def _figure(name: str, value: int) -> str:
    if name.endswith("_cents"):
        return words.money(value)
    if name.endswith("_bps"):
        return words.percent_bps(value)
    return words.count(value)
