"""Drivers from a hub's own sheet: judged, invited, their invitations taken back."""

from collections.abc import Sequence
from datetime import datetime

from hub import selectors
from hub.core.imports import DRIVERS, Action, Verdict, judge_drivers, read_lines
from hub.models import ImportBatch, Invitation, Membership, Person
from hub.services import invitations
from hub.services.imports import Effect


def preview(batch: ImportBatch) -> list[Verdict]:
    """What each row of a sheet of drivers would do now."""
    lines = read_lines(DRIVERS, batch.table, selectors.header_mapping(batch))
    return judge_drivers(
        lines,
        selectors.known_drivers(batch.hub),
        selectors.may_have_drivers(batch.hub),
    )


def write(
    batch: ImportBatch, verdicts: Sequence[Verdict], *, page: str, now: datetime
) -> list[list[Effect]]:
    """Invite each new driver; `page` is where an invitation is answered."""
    members = {row.name: row for row in selectors.members_of(batch.hub).order_by()}
    by = batch.person
    assert by is not None  # whoever sent the sheet confirms it
    done = []
    for verdict in verdicts:
        effects: list[Effect] = []
        if verdict.action == Action.CREATE:
            made = invitations.invite(
                organization=members[verdict.after["organization"]],
                email=verdict.after["email"],
                name=verdict.after["name"],
                role=Membership.Role.DRIVER,
                language=_language(by),
                page=page,
                by=by,
                now=now,
            )
            effects = [
                {
                    "table": "invitation",
                    "id": made.public_id,
                    "before": None,
                    "after": dict(verdict.after),
                }
            ]
        done.append(effects)
    return done


def _language(by: Person) -> str:
    """Somebody new is written to in the language of whoever invites."""
    return by.language


def row_of(effect: Effect) -> Invitation | None:
    """The invitation that a row made, unless it was withdrawn since."""
    rows = Invitation.objects.filter(withdrawn_at=None)
    return rows.filter(public_id=effect["id"]).first()


def hanging(rows: Sequence[Invitation]) -> dict[int, list[str]]:
    """An invitation that was accepted is somebody's role by now; by key."""
    words = str(Membership._meta.verbose_name_plural)
    return {row.pk: [words] for row in rows if row.accepted_at is not None}


def take_back(effect: Effect, *, now: datetime) -> None:
    """Withdraw the invitation that a row made; the letter itself stays sent."""
    row = row_of(effect)
    if row is not None:
        invitations.withdraw(invitation=row, now=now)
