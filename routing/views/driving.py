"""The driver's phone: the route to drive, its taps, and what keeps it without network.

With JavaScript the page keeps its taps on the phone and sends them as JSON when it
can; without, each tap is a form. Both end in the same service. The route says who
may speak, not the organization one acts for: a farmer who drives signs in anew on the
road, and acts for the farm.
"""

import json
import uuid
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.staticfiles import finders
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hub.doors import person_of, say_done, say_refusal, say_warning, sentence_of
from routing import selectors, services
from routing.core.day import has_changed
from routing.core.errors import TapUnreadable
from routing.core.taps import FORM, PROBLEM_REASONS, read_moment
from routing.models import Route, StopRecord, StopTap

MOST_TAPS = 200
"""More than this in one sending is no phone of ours; it sends fifty at a time."""

ASSETS = (
    "hub/charroi.css",
    "hub/controls.css",
    "hub/print.css",
    "hub/charroi.js",
    "hub/icons.svg",
    "hub/mark.svg",
    "django_htmx/htmx-2.min.js",
    "routing/routing.css",
    "routing/drive.css",
    "routing/drive_fold.js",
    "routing/drive_store.js",
    "routing/drive_send.js",
    "routing/drive_keep.js",
    "routing/drive.js",
)
"""What the page needs beside itself, kept on the phone with it."""


@require_GET
@never_cache
@login_required
def drive(request: HttpRequest, plan_id: str, number: int) -> HttpResponse:
    """The route to drive, stop by stop, with large buttons."""
    sheet = selectors.drive_sheet(_route(request, plan_id, number))
    here = reverse("routing:drive", args=[plan_id, number])
    context = {
        "sheet": sheet,
        "route": sheet.route,
        "reasons": [StopTap.Reason(reason) for reason in PROBLEM_REASONS],
        "form_id": uuid.uuid4,
        "is_day_open": sheet.route.plan.service_on >= timezone.localdate(),
        "tap_url": reverse("routing:drive_tap", args=[plan_id, number]),
        "phone": {
            "key": f"{plan_id}/{number}",
            "person": person_of(request).public_id,
            "service_on": sheet.route.plan.service_on.isoformat(),
            "version": sheet.route.plan.edit_version,
            "language": request.LANGUAGE_CODE,
            "here": here,
            "taps_url": reverse("routing:drive_taps", args=[plan_id, number]),
            "sign_in": f"{reverse('account_login')}?next={here}",
            "taps": selectors.taps_for_phone(sheet.taps),
            "words": _words(),
            **_worker_addresses(),
        },
    }
    return render(request, "routing/drive.html", context)


@require_POST
@login_required
def drive_tap(request: HttpRequest, plan_id: str, number: int) -> HttpResponse:
    """One tap by a form; the answer is said at the top of the route."""
    now = timezone.now()
    route = _route(request, plan_id, number)
    (answer,) = services.apply_taps(
        route=route,
        person=person_of(request),
        taps=[sent_by_form(request.POST, now)],
        sent_at=now,
        now=now,
    )
    if answer.refusal is not None:
        say_refusal(request, answer.refusal)
    elif answer.status == StopTap.Status.LATE:
        say_done(request, _("Kept for the coordination: it came late."))
    held = request.POST.get("version", "")
    if _has_changed(route, int(held) if held.isdecimal() else None):
        say_warning(
            request,
            _("The coordination changed this route. Look at what comes next."),
        )
    page = reverse("routing:drive", args=[plan_id, number])
    return redirect(f"{page}#stop-{request.POST.get('stop', '')[:20]}")


@require_POST
@login_required
def drive_taps(request: HttpRequest, plan_id: str, number: int) -> HttpResponse:
    """What a phone kept, each tap with its answer and all that counts now.

    A phone also asks without any tap, to be told whether its route changed since the
    version it names.
    """
    now = timezone.now()
    route = _route(request, plan_id, number)
    sent = _read_batch(request)
    if sent["person"] != person_of(request).public_id:
        return JsonResponse({"code": "other_person"}, status=422)
    answers = (
        services.apply_taps(
            route=route,
            person=person_of(request),
            taps=sent["taps"],
            sent_at=read_moment(sent["sent_at"], "sent_at"),
            now=now,
        )
        if sent["taps"]
        else []
    )
    counted = selectors.drive_sheet(route).taps
    return JsonResponse(
        {
            "now": now.isoformat(),
            "answers": [_answer(each) for each in answers],
            "taps": selectors.taps_for_phone(counted),
            "has_changed": _has_changed(route, sent["version"]),
        }
    )


@require_GET
@never_cache
@login_required
def drive_pass(request: HttpRequest) -> JsonResponse:
    """A fresh token for a page that was kept longer than its own."""
    return JsonResponse(
        {"token": get_token(request), "person": person_of(request).public_id}
    )


@require_GET
def drive_worker(_request: HttpRequest) -> HttpResponse:
    """The script that answers the pages below it when there is no network."""
    setup = {"assets": _assets(), "pages": reverse("routing:my_routes")}
    return HttpResponse(
        f"const SETUP = {json.dumps(setup)};\n{_worker_source()}",
        content_type="text/javascript; charset=utf-8",
        headers={
            "Cache-Control": "no-cache",
            "Service-Worker-Allowed": setup["pages"],
        },
    )


def _route(request: HttpRequest, plan_id: str, number: int) -> Route:
    routes = selectors.routes_told_by(person_of(request))
    return get_object_or_404(routes, plan__public_id=plan_id, number=number)


def _has_changed(route: Route, held: int | None) -> bool:
    """Whether the route is another than the one a phone shows, after its taps came."""
    route.refresh_from_db(fields=["edit_version"])
    return has_changed(held=held, changed_at=route.edit_version)


def _read_batch(request: HttpRequest) -> dict[str, Any]:
    try:
        sent = json.loads(request.body)
        taps = sent["taps"]
        read_moment(sent["sent_at"], "sent_at")
    except (ValueError, KeyError, TypeError, TapUnreadable) as error:
        raise BadRequest from error
    if not isinstance(taps, list) or len(taps) > MOST_TAPS:
        raise BadRequest
    version = sent.get("version")
    return {
        "person": sent.get("person"),
        "taps": taps,
        "sent_at": sent["sent_at"],
        "version": version if type(version) is int else None,
    }


def sent_by_form(
    form: QueryDict, now: datetime, *, happened_at: datetime | None = None
) -> dict[str, Any]:
    """A form as a phone would write it; the server is its clock and its counter.

    `happened_at` is the hour that somebody wrote down, when it was not now.
    """
    return {
        **{name: form.get(name, "") for name in ("local_id", "stop", "kind")},
        **{name: form.get(name, "") for name in ("receiver", "note", "reason")},
        "withdraws": form.get("withdraws", ""),
        "device": FORM,
        "device_seq": int(now.timestamp() * 1_000),
        "tapped_at": (happened_at or now).isoformat(),
        "quantities": _named(form, "units-"),
        "temperatures": _named(form, "degrees-"),
    }


def _named(form: QueryDict, prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): str(form[name])
        for name in form
        if name.startswith(prefix)
    }


def _answer(answer: services.TapAnswer) -> dict[str, str]:
    said = {"local_id": answer.local_id, "status": answer.status}
    if answer.refusal is not None:
        said["code"] = answer.refusal.code
        said["sentence"] = sentence_of(answer.refusal)
        said["field"] = str(answer.refusal.data.get("field", ""))
    return said


def _assets() -> list[str]:
    return [static(name) for name in ASSETS]


def _worker_addresses() -> dict[str, Any]:
    return {
        "worker": reverse("routing:drive_worker"),
        "scope": reverse("routing:my_routes"),
        "pass_url": reverse("routing:drive_pass"),
        "assets": _assets(),
    }


@cache
def _worker_source() -> str:
    found = finders.find("routing/drive_worker.js")
    return Path(str(found)).read_text(encoding="utf-8")


def _words() -> dict[str, Any]:
    """What the phone says by itself; placeholders are filled in there."""
    return {
        "status": dict(StopRecord.Status.choices),
        "reasons": dict(StopTap.Reason.choices),
        "kinds": dict(StopTap.Kind.choices),
        "kept": _("This route is on your phone: it works without network."),
        "not_kept": _("This phone cannot keep the route: stay within network."),
        "no_network_one": _("No network: one tap waits on your phone."),
        "no_network_many": _("No network: %(number)s taps wait on your phone."),
        "waiting_one": _("One tap waits to be sent."),
        "waiting_many": _("%(number)s taps wait to be sent."),
        "offline": _("No network. Go on: nothing is lost."),
        "sign_in": _("Your session has ended. Sign in again: your taps are kept."),
        "other_person": _("These taps belong to another person, who must sign in."),
        "late": _("Kept for the coordination: it came late."),
        "gone": _("The coordination no longer has this route. Your taps are kept."),
        "units": _("%(units)s of %(all)s"),
        "unsent": _("not sent yet"),
    }
