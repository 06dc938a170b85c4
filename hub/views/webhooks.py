"""Addresses that are told what happens: added, looked at, paused, sent to again."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hub import selectors
from hub.core.errors import DomainError
from hub.doors import (
    acting_as,
    acting_of,
    person_of,
    say_done,
    say_refusal,
    sentence_of,
)
from hub.forms import (
    SinceForm,
    WebhookForm,
    initial_of,
    kind_label,
    kind_labels,
)
from hub.models import WebhookEndpoint
from hub.services import webhooks as services

NUM_SHOWN = 50


def _mine(request: HttpRequest, public_id: str) -> WebhookEndpoint:
    endpoints = selectors.webhooks_run_by(person_of(request))
    return get_object_or_404(endpoints, public_id=public_id)


@require_http_methods(["GET", "POST"])
@never_cache
@acting_as(*selectors.ISSUERS)
def webhooks(request: HttpRequest) -> HttpResponse:
    """The organization's addresses; the secret of a new one is shown this once."""
    form = WebhookForm(request.POST or None)
    added, shown = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            added = services.add_webhook(
                organization=acting_of(request).organization,
                wish=form.wish,
                by=person_of(request),
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error(None, sentence_of(error))
        else:
            form, shown = WebhookForm(), services.secret_shown(added)
    endpoints = selectors.webhooks_run_by(person_of(request)).filter(
        organization=acting_of(request).organization
    )
    context = {
        "form": form,
        "added": added,
        "shown": shown,
        "rows": [(each, kind_labels(each.kinds)) for each in endpoints],
    }
    status = 422 if form.errors else 200
    return render(request, "hub/webhooks.html", context, status=status)


@require_http_methods(["GET", "POST"])
@never_cache
@acting_as(*selectors.ISSUERS)
def webhook(request: HttpRequest, public_id: str) -> HttpResponse:
    """One address: what it is told, and what was last sent to it."""
    endpoint = _mine(request, public_id)
    form = WebhookForm(request.POST or None, initial=initial_of(endpoint))
    if request.method == "POST" and form.is_valid():
        endpoint = services.change_webhook(endpoint=endpoint, wish=form.wish)
        say_done(request, _("“%(name)s” is changed.") % {"name": endpoint.name})
        return redirect("hub:webhook", endpoint.public_id)
    return _page(request, endpoint, form=form)


def _page(
    request: HttpRequest,
    endpoint: WebhookEndpoint,
    *,
    form: WebhookForm | None = None,
    shown: str = "",
) -> HttpResponse:
    sent = selectors.deliveries_run_by(person_of(request)).filter(endpoint=endpoint)
    context = {
        "endpoint": endpoint,
        "kinds": kind_labels(endpoint.kinds),
        "form": form or WebhookForm(initial=initial_of(endpoint)),
        "since_form": SinceForm(),
        "shown": shown,
        "rows": [(each, kind_label(each.event.kind)) for each in sent[:NUM_SHOWN]],
        "num_failed": sent.filter(state="failed").count(),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "hub/webhook.html", context, status=status)


@require_POST
@never_cache
@acting_as(*selectors.ISSUERS)
def webhook_rotate(request: HttpRequest, public_id: str) -> HttpResponse:
    """A new secret, shown this once; the former one holds for a day."""
    endpoint = services.rotate_secret(
        endpoint=_mine(request, public_id), now=timezone.now()
    )
    return _page(request, endpoint, shown=services.secret_shown(endpoint))


@require_POST
@acting_as(*selectors.ISSUERS)
def webhook_pause(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send nothing more for now."""
    endpoint = services.pause_webhook(endpoint=_mine(request, public_id))
    say_done(request, _("“%(name)s” is paused.") % {"name": endpoint.name})
    return redirect("hub:webhook", endpoint.public_id)


@require_POST
@acting_as(*selectors.ISSUERS)
def webhook_resume(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send again, what waited first."""
    endpoint = services.resume_webhook(
        endpoint=_mine(request, public_id), now=timezone.now()
    )
    say_done(request, _("“%(name)s” is told again.") % {"name": endpoint.name})
    return redirect("hub:webhook", endpoint.public_id)


@require_POST
@acting_as(*selectors.ISSUERS)
def webhook_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Forget an address and all that was sent to it."""
    endpoint = _mine(request, public_id)
    services.remove_webhook(endpoint=endpoint)
    say_done(request, _("“%(name)s” is removed.") % {"name": endpoint.name})
    return redirect("hub:webhooks")


@require_POST
@acting_as(*selectors.ISSUERS)
def webhook_test(request: HttpRequest, public_id: str) -> HttpResponse:
    """Have a test event sent within seconds."""
    endpoint = _mine(request, public_id)
    try:
        services.send_test(endpoint=endpoint)
    except DomainError as error:
        say_refusal(request, error)
    else:
        say_done(request, _("The test leaves in a few seconds. Load this page again."))
    return redirect("hub:webhook", endpoint.public_id)


@require_POST
@acting_as(*selectors.ISSUERS)
def webhook_again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send again all that was not delivered since a moment."""
    endpoint = _mine(request, public_id)
    form = SinceForm(request.POST)
    if not form.is_valid():
        return redirect("hub:webhook", endpoint.public_id)
    now = timezone.now()
    since = now - timedelta(hours=form.cleaned_data["hours"])
    try:
        count = services.replay_failed(endpoint=endpoint, since=since, now=now)
    except DomainError as error:
        say_refusal(request, error)
    else:
        words = ngettext(
            "%(count)s message is sent again.",
            "%(count)s messages are sent again.",
            count,
        )
        say_done(request, words % {"count": count})
    return redirect("hub:webhook", endpoint.public_id)


@require_POST
@acting_as(*selectors.ISSUERS)
def delivery_again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send one message again, with the id it had."""
    deliveries = selectors.deliveries_run_by(person_of(request))
    delivery = get_object_or_404(deliveries, public_id=public_id)
    try:
        services.replay(delivery=delivery, now=timezone.now())
    except DomainError as error:
        say_refusal(request, error)
    else:
        say_done(request, _("The message is sent again in a few seconds."))
    return redirect("hub:webhook", delivery.endpoint.public_id)
