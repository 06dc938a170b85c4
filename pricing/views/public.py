"""The fund's page for everybody: whole months, and no name but the hub's."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_POST

from hub.core.indicators import SMALLEST_GROUP
from hub.doors import acting_as, say_done
from pricing import indicators, selectors, services
from pricing.indicators import PublicFund
from pricing.models import FundLot
from pricing.views.fund import fund_acting

KEPT_S = 600


@require_GET
def fund_public(request: HttpRequest, hub_id: str) -> HttpResponseBase:
    """What a hub shows of its fund to who is not signed in; 404 unless it does."""
    mine = selectors.public_fund_of(hub_public_id=hub_id)
    if mine is None:
        raise Http404
    seen = indicators.public_fund(fund=mine, today=timezone.localdate())
    etag = _etag(request, mine.hub.name, seen)
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = render(request, "pricing/fund_public.html", _context(mine.hub, seen))
    answer["ETag"] = etag
    patch_cache_control(answer, private=True, max_age=KEPT_S)
    return answer


@require_POST
@acting_as("coordinator")
def fund_publish(request: HttpRequest) -> HttpResponse:
    """Show the fund's page to everybody, or no longer."""
    mine = fund_acting(request)
    is_public = request.POST.get("is_public") == "on"
    services.publish_fund(fund=mine, is_public=is_public)
    say_done(
        request,
        gettext("The fund has a public page now.")
        if is_public
        else gettext("The fund's public page is closed."),
    )
    return redirect("pricing:fund")


def _etag(request: HttpRequest, name: str, seen: PublicFund) -> str:
    """Figures, language, and who reads: the head of a page names whom it serves."""
    today = timezone.localdate()  # what a new version words otherwise is read by then
    told = [name, repr(seen), get_language(), request.user.pk, today]
    return f'"{hashlib.sha256(repr(told).encode()).hexdigest()[:32]}"'


def _context(hub: object, seen: PublicFund) -> dict[str, object]:
    kinds = dict(FundLot.Kind.choices)
    most_cents = max((row.value or 0 for row in seen.received), default=0)
    return {
        "hub": hub,
        "seen": seen,
        "smallest": SMALLEST_GROUP,
        "farm_width": (seen.helped.farm_bps or 0) // 100,
        "kinds": [
            {
                "name": kinds.get(row.detail, ""),
                "cents": row.value,
                "width": 100 * (row.value or 0) // most_cents if most_cents else 0,
            }
            for row in seen.received
        ],
    }
