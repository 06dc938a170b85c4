"""The outbox: leave a notice with what happened, send each one once.

**At most once.** A notice is claimed and marked "sending" in a transaction of its own,
then handed to the mail server, then marked "sent". A worker that dies in between
leaves it "sending": nobody knows whether it went, so nothing sends it again but a
coordinator who asks for it (`send_again`). A server that clearly refuses is asked
again later, a few times.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPServerDisconnected
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from hub import selectors
from hub.core.letters import OPTIONAL, Kind, is_urgent, require_facts
from hub.core.quiet import quiet_until
from hub.models import Notice, Organization, Person, UnwantedKind
from hub.notices import compose, send_letter, stop_url

MAX_ATTEMPTS = 5
RETRY_AFTER = timedelta(minutes=5)
BATCH = 100
CLAIMABLE = (Notice.Status.WAITING, Notice.Status.QUIET)
UNSENT = (*CLAIMABLE, Notice.Status.SENDING, Notice.Status.FAILED)
"""Those that may leave yet: by themselves, by another try, or because a person asks."""
IN_DOUBT = (SMTPServerDisconnected, TimeoutError)
"""A server that went silent may have taken the mail: not asked again by itself."""


@transaction.atomic
def leave(
    *,
    kind: Kind,
    key: str,
    data: Mapping[str, Any],
    hub: Organization,
    organization: Organization | None = None,
    people: Iterable[Person] = (),
) -> int:
    """Leave a notice for people, or for those who answer for an organization.

    Call it in the transaction of what happened: both stand or neither. The same `key`
    (what happened, not who is told) leaves nothing new. `hub` is the one whose
    coordination reads it; `data` holds the facts of `hub.core.letters.FACTS`. Gives
    how many people are told; those whose account is closed are left out.
    """
    parcel = Parcel(key=key, data=data, organization=organization, people=tuple(people))
    return leave_all(kind=kind, hub=hub, parcels=[parcel])


@dataclass(frozen=True, slots=True)
class Parcel:
    """One of several notices of a kind: its key, its facts, and whom it is for."""

    key: str
    data: Mapping[str, Any]
    organization: Organization | None = None
    people: tuple[Person, ...] = ()


@transaction.atomic
def leave_all(*, kind: Kind, hub: Organization, parcels: Sequence[Parcel]) -> int:
    """Leave many notices of one kind in two queries; the rest is as for `leave`."""
    for parcel in parcels:
        require_facts(kind, parcel.data)
    concerned = [p.organization for p in parcels if p.organization is not None]
    answering = selectors.people_answering(concerned)
    unwilling = _unwilling(kind)
    notices = [
        Notice(
            key=f"{parcel.key}:{person.public_id}",
            kind=kind,
            hub=hub,
            organization=parcel.organization,
            person=person,
            data=dict(parcel.data),
            status=status_for(person.pk in unwilling),
        )
        for parcel in parcels
        for person in _told(parcel, answering)
    ]
    # Two transactions that leave the same keys wait for each other in one order.
    notices.sort(key=lambda notice: notice.key)
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    return len(notices)


def status_for(is_unwanted: bool) -> Notice.Status:
    """How a notice begins: waiting, or kept unsent for who does not want its kind."""
    return Notice.Status.UNWANTED if is_unwanted else Notice.Status.WAITING


def _unwilling(kind: Kind) -> set[int]:
    """Who does not want a kind; nobody, where it always goes."""
    if kind not in OPTIONAL:
        return set()
    rows = UnwantedKind.objects.filter(kind=kind)
    return set(rows.values_list("person_id", flat=True))


@transaction.atomic
def choose_notices(
    *, person: Person, wanted: Collection[Kind], quiet_from_s: int, quiet_until_s: int
) -> None:
    """Say which optional kinds a person wants, and when not to be written to.

    Kinds that always go are left alone. What already waits of a kind that is no longer
    wanted does not leave.
    """
    Person.objects.filter(pk=person.pk).update(
        quiet_from_s=quiet_from_s, quiet_until_s=quiet_until_s
    )
    UnwantedKind.objects.filter(person=person, kind__in=list(wanted)).delete()
    for kind in OPTIONAL:
        if kind not in wanted:
            stop_kind(person=person, kind=kind)


@transaction.atomic
def stop_kind(*, person: Person, kind: Kind) -> bool:
    """Write no more of a kind to a person; twice is once.

    Gives False, and changes nothing, for a kind that always goes.
    """
    if kind not in OPTIONAL:
        return False
    UnwantedKind.objects.get_or_create(person=person, kind=kind)
    waiting = Notice.objects.filter(person=person, kind=kind, status__in=CLAIMABLE)
    _put(waiting, Notice.Status.UNWANTED)
    return True


@transaction.atomic
def overtake(
    *, about: Collection[str], people: Collection[Person] | None = None
) -> int:
    """Let no letter leave any more that is not true any more; gives how many stay.

    Call it in the transaction of what makes them untrue. `about` are beginnings of the
    keys under which they were left; with `people`, only theirs. One that is being
    handed to the mail server may still leave, and is "sent" then; refused, it is not
    tried again.
    """
    begun = Q()
    for beginning in about:
        begun |= Q(key__startswith=beginning)
    if not begun:
        return 0
    found = Notice.objects.filter(begun, status__in=UNSENT)
    if people is not None:
        found = found.filter(person__in=people)
    return _put(found, Notice.Status.OVERTAKEN)


def _put(found: QuerySet[Notice], status: Notice.Status) -> int:
    """Write a status, in one order of rows for all who do."""
    locked = found.select_for_update(of=("self",)).order_by("pk")
    return Notice.objects.filter(
        pk__in=list(locked.values_list("pk", flat=True))
    ).update(status=status)


def _told(
    parcel: Parcel, answering: Mapping[int, Sequence[Person]]
) -> Iterable[Person]:
    """Each person of a parcel once."""
    told = {person.pk: person for person in parcel.people if person.is_active}
    if parcel.organization is not None:
        told |= {person.pk: person for person in answering[parcel.organization.pk]}
    return told.values()


def send_waiting(*, now: datetime) -> int:
    """Send what is due, each notice once however many workers do this at a time.

    Gives how many left. Call it outside any transaction.
    """
    num_sent = 0
    for _number in range(BATCH):
        notice = _claim(now)
        if notice is None:
            break
        if notice.status == Notice.Status.SENDING:
            num_sent += _send(notice)
    return num_sent


@transaction.atomic
def send_again(*, notice: Notice) -> Notice:
    """Put back into the outbox a notice that failed or whose sending was cut.

    One that waits or was sent stays as it is.
    """
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    if notice.status in (Notice.Status.SENDING, Notice.Status.FAILED):
        notice.status, notice.num_attempts = Notice.Status.WAITING, 0
        notice.reason, notice.due_at = "", timezone.now()
        notice.save(update_fields=["status", "num_attempts", "reason", "due_at"])
    return notice


@transaction.atomic
def _claim(now: datetime) -> Notice | None:
    """Take the next notice that is due; one that another worker takes is passed by.

    One that meets the quiet hours of its reader is put off until their end instead, and
    is not "sending" then.
    """
    waiting = Notice.objects.select_for_update(skip_locked=True, of=("self",))
    notice = (
        waiting.select_related("person", "hub")
        .filter(status__in=CLAIMABLE, due_at__lte=now)
        .order_by("due_at", "pk")
        .first()
    )
    if notice is None:
        return None
    if until := _must_wait(notice, now):
        notice.status, notice.due_at = Notice.Status.QUIET, until
        notice.save(update_fields=["status", "due_at"])
        return notice
    notice.status, notice.claimed_at = Notice.Status.SENDING, now
    notice.num_attempts += 1
    notice.save(update_fields=["status", "claimed_at", "num_attempts"])
    return notice


def _must_wait(notice: Notice, now: datetime) -> datetime | None:
    """Until when quiet hours hold a notice back, if they do."""
    kind, reader = Kind(notice.kind), notice.person
    if is_urgent(kind, notice.data, today=timezone.localdate(now)):
        return None
    return quiet_until(now, from_s=reader.quiet_from_s, until_s=reader.quiet_until_s)


def _send(notice: Notice) -> bool:
    """Hand a claimed notice to the mail server, and keep its very words."""
    letter = compose(
        kind=Kind(notice.kind),
        data=notice.data,
        hub_name=notice.hub.name,
        language=notice.person.language,
    )
    notice.subject, notice.body = letter.subject, letter.body
    notice.address = notice.person.email
    try:
        send_letter(
            letter,
            address=notice.address,
            name=notice.public_id,
            stop_url=stop_url(notice.person, Kind(notice.kind)),
        )
    except (SMTPException, OSError) as error:
        _keep_failure(notice, error)
        return False
    notice.status, notice.sent_at = Notice.Status.SENT, timezone.now()
    notice.save(update_fields=["status", "sent_at", "address", "subject", "body"])
    return True


def _keep_failure(notice: Notice, error: Exception) -> None:
    """Try again later, a few times; what was overtaken meanwhile stays so."""
    notice.reason = str(error)[:300]
    notice.save(update_fields=["reason"])
    if isinstance(error, IN_DOUBT):
        return
    gave_up = notice.num_attempts >= MAX_ATTEMPTS
    still = Notice.objects.filter(pk=notice.pk, status=Notice.Status.SENDING)
    still.update(
        status=Notice.Status.FAILED if gave_up else Notice.Status.WAITING,
        due_at=timezone.now() + RETRY_AFTER,
    )
