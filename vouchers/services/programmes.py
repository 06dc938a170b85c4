"""Which programmes of elsewhere a hub works with."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from hub import selectors as hub_selectors
from hub.core.trail import Kind
from hub.services.trail import Fact, record
from vouchers.core.errors import NotAProgramme
from vouchers.models import ProgrammeHub

if TYPE_CHECKING:
    from hub.models import Organization


@transaction.atomic
def welcome(*, hub: "Organization", code: str, on: date) -> ProgrammeHub:
    """Let a programme pay for groups of a hub, from the code that it gave; once.

    Raises NotAProgramme.
    """
    programme = hub_selectors.programmes().filter(public_id=code).first()
    if programme is None:
        raise NotAProgramme(text=code)
    row, is_new = ProgrammeHub.objects.get_or_create(
        programme=programme, hub=hub, defaults={"since_on": on}
    )
    if is_new:
        _leave_trace(Kind.PROGRAMME_WELCOMED, hub, programme)
    return row


@transaction.atomic
def part_with(*, hub: "Organization", programme: "Organization") -> None:
    """Let a programme of elsewhere grant nothing more to groups of a hub.

    The envelopes that it granted stand until they end or are taken back.
    """
    num_ended, _by_table = ProgrammeHub.objects.filter(
        hub=hub, programme=programme
    ).delete()
    if num_ended:
        _leave_trace(Kind.PROGRAMME_PARTED, hub, programme)


def _leave_trace(kind: Kind, hub: "Organization", programme: "Organization") -> None:
    fact = Fact(
        kind=kind,
        subject=(programme.public_id, programme.name),
        concerns=[hub.pk, programme.pk],
        after={"hub": hub.name},
    )
    record(fact)
