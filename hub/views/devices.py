"""A person's own devices: seen, and signed out from afar."""

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hub import selectors
from hub.doors import person_of, say_done
from hub.services import devices
from hub.views.factors import end_other_sessions


@require_GET
@login_required
def my_devices(request: HttpRequest) -> HttpResponse:
    """Where I am signed in."""
    devices.remember_device(
        person=person_of(request),
        session_key=str(request.session.session_key),
        user_agent=request.headers.get("User-Agent", ""),
        address=get_adapter().get_client_ip(request),
        now=timezone.now(),
    )
    rows = selectors.devices_of(person_of(request))
    context = {"rows": rows, "here": request.session.session_key}
    return render(request, "account/devices.html", context)


@require_POST
@login_required
def device_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """Sign one of my devices out."""
    rows = selectors.devices_of(person_of(request))
    device = get_object_or_404(rows, public_id=public_id)
    devices.sign_out(device=device)
    say_done(request, _("That device is signed out."))
    return redirect("account_devices")


@require_POST
@login_required
def devices_end(request: HttpRequest) -> HttpResponse:
    """Sign every other device out, those that the list does not know included."""
    end_other_sessions(request)
    say_done(request, _("Every other device is signed out."))
    return redirect("account_devices")
