"""How far a request's person is with their second factor, and what waits for it."""

import time
from datetime import date
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from hub.core.second_factor import Demand, Standing, demand_of, last_day
from hub.doors import person_of
from hub.selectors import sign_in as reads
from hub.services import second_factors

KEPT_FORM = "kept_form"
KEPT_FOR_S = 3_600
KEPT_MOST = 30_000


def is_proved(request: HttpRequest) -> bool:
    """Whether a second factor was shown since this browser signed in."""
    records = get_authentication_records(request, person_of(request))
    return any(record.get("method") == "mfa" for record in records)


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person showed who they are in the last quarter of an hour."""
    records = get_authentication_records(request, person_of(request))
    latest = max((float(record["at"]) for record in records), default=0.0)
    return time.time() - latest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def note_proof(request: HttpRequest) -> None:
    """Remember that the factor just added was shown: its code or key was checked."""
    record_authentication(
        request, person_of(request), method="mfa", reauthenticated=True
    )


def demand_now(request: HttpRequest, *, of_everyone: bool = False) -> Demand:
    """What to ask of this person before something that counts.

    In a demo nothing is: its people are fictional and have no mailbox. The day of the
    first demand is written down.
    """
    if not request.user.is_authenticated or settings.DEMO or is_proved(request):
        return Demand.NOTHING
    person = person_of(request)
    if not of_everyone and not reads.person_moves_money(person):
        return Demand.NOTHING
    today = timezone.localdate()
    demand = demand_of(
        _standing(request), today=today, grace_days=settings.SECOND_FACTOR_GRACE_DAYS
    )
    if demand is Demand.SOON and person.factor_asked_on is None:
        second_factors.note_asked(person=person, today=today)
    return demand


def reminder_for(request: HttpRequest) -> date | None:
    """The day by which a person who moves money must have a factor; None: no banner."""
    if settings.DEMO or is_proved(request):
        return None
    person = person_of(request)
    if not reads.person_moves_money(person) or reads.has_factor(person):
        return None
    return last_day(
        _standing(request),
        today=timezone.localdate(),
        grace_days=settings.SECOND_FACTOR_GRACE_DAYS,
    )


def keep_form(request: HttpRequest) -> None:
    """Put aside what was sent, to be sent again by the person after their factor.

    Files are not kept, nor a form of more than `KEPT_MOST` characters.
    """
    fields = request.POST.copy()
    fields.pop("csrfmiddlewaretoken", None)
    sent = fields.urlencode()
    is_whole = not request.FILES and len(sent) <= KEPT_MOST
    request.session[KEPT_FORM] = {
        "path": request.get_full_path(),
        "sent": sent if is_whole else "",
        "is_whole": is_whole,
        "at": time.time(),
    }


def kept_form(request: HttpRequest) -> dict[str, Any] | None:
    """What was put aside within the hour: its address and its fields, in order."""
    kept = request.session.get(KEPT_FORM)
    if not kept or time.time() - kept["at"] > KEPT_FOR_S:
        return None
    sent = QueryDict(kept["sent"])
    fields = [(name, value) for name in sent for value in sent.getlist(name)]
    return {"path": kept["path"], "is_whole": kept["is_whole"], "fields": fields}


def _standing(request: HttpRequest) -> Standing:
    person = person_of(request)
    return Standing(
        has_factor=reads.has_factor(person),
        is_proved=is_proved(request),
        asked_on=person.factor_asked_on,
    )
