"""The outbox of a hub: what was told, what will be, what went wrong."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hub import selectors
from hub.core.letters import Kind
from hub.doors import acting_as, person_of, say_done
from hub.models import Notice
from hub.notices import Letter, compose
from hub.services.notices import send_again

PAGE_SIZE = 50


@require_GET
@acting_as("coordinator")
def notices(request: HttpRequest) -> HttpResponse:
    """Every notice of the hub, those that need a person first."""
    seen = selectors.notices_seen_by(person_of(request))
    troubled = selectors.troubled(seen, now=timezone.now())
    pages = Paginator(seen, PAGE_SIZE)
    context = {
        "troubled": [(notice, _written(notice)) for notice in troubled[:PAGE_SIZE]],
        "page": (page := pages.get_page(request.GET.get("page"))),
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
