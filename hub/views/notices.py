"""The outbox of a hub: what was told, what will be, what went wrong."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub import selectors
from hub.core.letter_examples import EXAMPLES
from hub.core.letters import MANDATORY, OPTIONAL, Kind
from hub.doors import (
    acting_as,
    acting_of,
    page_of,
    person_of,
    say_done,
    table_file,
    wants_file,
)
from hub.exchange import tables
from hub.models import Notice
from hub.notices import Letter, compose, read_stop_token, subject_of
from hub.services.notices import send_again, stop_kind

PAGE_SIZE = 50


@require_GET
@acting_as("coordinator")
def notices(request: HttpRequest) -> HttpResponse:
    """Every notice of the hub, those that need a person first."""
    seen = selectors.notices_seen_by(person_of(request))
    if wants_file(request):
        read = seen.defer("body").iterator()
        rows = ({"notice": each, "subject": _subject(each)} for each in read)
        return table_file(request, (tables.NOTICES, rows))
    troubled = selectors.troubled(seen, now=timezone.now())
    context = {
        "troubled": [(notice, _written(notice)) for notice in troubled[:PAGE_SIZE]],
        "page": (page := page_of(request, seen, PAGE_SIZE)),
        "numbers": selectors.num_by_status(seen),
        "notices": [(notice, _written(notice)) for notice in page],
    }
    return render(request, "hub/notices.html", context)


@require_GET
@acting_as("coordinator")
def notice(request: HttpRequest, public_id: str) -> HttpResponse:
    """One notice: the very words that were sent, or that will be."""
    seen = selectors.notices_seen_by(person_of(request))
    shown = get_object_or_404(seen, public_id=public_id)
    is_troubled = selectors.troubled(seen, now=timezone.now()).filter(pk=shown.pk)
    context = {
        "notice": shown,
        "letter": _written(shown),
        "language": shown.person.language,
        "can_send_again": is_troubled.exists(),
    }
    return render(request, "hub/notice.html", context)


@require_GET
@acting_as("coordinator")
def notice_examples(request: HttpRequest) -> HttpResponse:
    """A letter of every kind, from invented facts, as each language reads it."""
    hub_name = acting_of(request).organization.name
    names = {**OPTIONAL, **MANDATORY}
    rows = [
        (_(names[kind]), kind in OPTIONAL, _in_each_language(kind, hub_name))
        for kind in EXAMPLES
    ]
    return render(request, "hub/notice_examples.html", {"rows": rows})


def _in_each_language(kind: Kind, hub_name: str) -> list[tuple[str, Letter]]:
    data = EXAMPLES[kind]
    return [
        (code, compose(kind=kind, data=data, hub_name=hub_name, language=code))
        for code, _name in settings.LANGUAGES
    ]


@require_POST
@acting_as("coordinator")
def notice_again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send again what failed or was cut; what was sent stays as it is."""
    seen = selectors.notices_seen_by(person_of(request))
    troubled = selectors.troubled(seen, now=timezone.now())
    shown = troubled.filter(public_id=public_id).first()
    if shown is not None:
        send_again(notice=shown)
        say_done(request, _("It leaves again within a minute."))
    else:
        get_object_or_404(seen, public_id=public_id)
    return redirect("hub:notice", public_id=public_id)


def _written(shown: Notice) -> Letter:
    if shown.body:
        return Letter(subject=shown.subject, body=shown.body)
    return compose(
        kind=Kind(shown.kind),
        data=shown.data,
        hub_name=shown.hub.name,
        language=shown.person.language,
    )


def _subject(shown: Notice) -> str:
    return shown.subject or subject_of(
        kind=Kind(shown.kind),
        data=shown.data,
        hub_name=shown.hub.name,
        language=shown.person.language,
    )


# A mailbox posts by itself (RFC 8058); the signed token says for whom.
@csrf_exempt  # nosemgrep: csrf-exempt
@require_http_methods(["GET", "POST"])
def notice_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop one kind of letters for who holds the token, without signing in.

    To look changes nothing, so that a mailbox that follows links stops nothing.
    """
    named = read_stop_token(token)
    person = selectors.person_with(named[0]) if named else None
    if named is None or person is None or named[1] not in OPTIONAL:
        raise Http404
    kind = named[1]
    is_stopped = request.method == "POST" and stop_kind(person=person, kind=kind)
    context = {
        "kind": _(OPTIONAL[kind]),
        "is_stopped": is_stopped or kind in selectors.unwanted_kinds(person),
    }
    return render(request, "hub/notice_stop.html", context)
