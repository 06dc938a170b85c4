"""How far a request's person is with their second factor, and what waits for it."""

import time
from datetime import date
from typing import Any, cast

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from hub.core.second_factor import Demand, Standing, demand_of, last_day
from hub.models import Person
from hub.selectors import sign_in as reads
from hub.services import second_factors

KEPT_FORM = "kept_form"
KEPT_FOR_S = 3_600
KEPT_MOST = 30_000


def is_proved(request: HttpRequest, *, is_fresh: bool = False) -> bool:
    """Whether a second factor was shown since this browser signed in.

    With `is_fresh`, in the last quarter of an hour.
    """
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT if is_fresh else 0
    records = get_authentication_records(request, _person(request))
    return any(
        record.get("method") == "mfa" and float(record["at"]) > since
        for record in records
    )


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person showed who they are in the last quarter of an hour."""
    records = get_authentication_records(request, _person(request))
    latest = max((float(record["at"]) for record in records), default=0.0)
    return time.time() - latest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def note_proof(request: HttpRequest) -> None:
    """Remember that the factor just added was shown: its code or key was checked."""
    record_authentication(request, _person(request), method="mfa", reauthenticated=True)


def demand_now(
    request: HttpRequest, *, of_everyone: bool = False, is_fresh: bool = False
) -> Demand:
    """What to ask of this person before something that counts.

    In a demo nothing is: its people are fictional and have no mailbox. The day of the
    first demand is written down. With `is_fresh` a factor shown at the sign-in is not
    enough: it must be shown again after a quarter of an hour.
    """
    if not request.user.is_authenticated or settings.DEMO:
        return Demand.NOTHING
    if is_proved(request, is_fresh=is_fresh):
        return Demand.NOTHING
    person = _person(request)
    if not of_everyone and not reads.person_moves_money(person):
        return Demand.NOTHING
    today = timezone.localdate()
    demand = demand_of(
        _standing(request, is_fresh=is_fresh),
        today=today,
        grace_days=settings.SECOND_FACTOR_GRACE_DAYS,
    )
    if demand is Demand.SOON and person.factor_asked_on is None:
        second_factors.note_asked(person=person, today=today)
    return demand


def reminder_for(request: HttpRequest) -> date | None:
    """The day by which a person who moves money must have a factor; None: no banner."""
    if settings.DEMO or is_proved(request):
        return None
    person = _person(request)
    if not reads.person_moves_money(person) or reads.has_factor(person):
        return None
    return last_day(
        _standing(request),
        today=timezone.localdate(),
        grace_days=settings.SECOND_FACTOR_GRACE_DAYS,
    )


def keep_form(
    request: HttpRequest, *, of_everyone: bool = False, is_fresh: bool = False
) -> None:
    """Put aside what was sent, to be sent again by the person after their factor.

    Files are not kept, nor a form of more than `KEPT_MOST` characters. Of a question
    (GET) its address is all there is. What was demanded for it is kept beside it.
    """
    fields = request.POST.copy()
    fields.pop("csrfmiddlewaretoken", None)
    sent = fields.urlencode()
    is_whole = not request.FILES and len(sent) <= KEPT_MOST
    request.session[KEPT_FORM] = {
        "path": request.get_full_path(),
        "sent": sent if is_whole else "",
        "is_whole": is_whole,
        "is_question": request.method != "POST",
        "demanded": {"of_everyone": of_everyone, "is_fresh": is_fresh},
        "at": time.time(),
    }


def forget_form(request: HttpRequest) -> None:
    """Put nothing aside any more for this address: its form is let through now."""
    kept = request.session.get(KEPT_FORM)
    if kept and kept["path"] == request.get_full_path():
        del request.session[KEPT_FORM]


def forget_kept(request: HttpRequest) -> None:
    """Put nothing aside any more: the person wants nothing done with it."""
    request.session.pop(KEPT_FORM, None)


def kept_form(request: HttpRequest) -> dict[str, Any] | None:
    """What was put aside within the hour: its address and its fields, in order.

    `page` is the page on which a file was asked for; `demanded` the words of
    `demand_now` for it.
    """
    kept = request.session.get(KEPT_FORM)
    if not kept or time.time() - kept["at"] > KEPT_FOR_S:
        return None
    sent = QueryDict(kept["sent"])
    fields = [(name, value) for name in sent for value in sent.getlist(name)]
    page = kept["path"].partition("?")[0]
    named = ("path", "is_whole", "is_question", "demanded")
    return {**{name: kept[name] for name in named}, "page": page, "fields": fields}


def _person(request: HttpRequest) -> Person:
    return cast(Person, request.user)


def _standing(request: HttpRequest, *, is_fresh: bool = False) -> Standing:
    person = _person(request)
    return Standing(
        has_factor=reads.has_factor(person),
        is_proved=is_proved(request, is_fresh=is_fresh),
        asked_on=person.factor_asked_on,
    )
