"""The guides: one for each role, in the reader's language, open to everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from hub.doors import acting_or_none
from hub.exchange.guide_paper import pdf
from hub.exchange.guides import NAMES, Guide, folder_of, guide_of


@require_GET
def guides(request: HttpRequest) -> HttpResponse:
    """Every guide, those of my roles first."""
    mine = _mine(request)
    found = _guides()
    context = {
        "mine": [guide for guide in found if guide.name in mine],
        "others": [guide for guide in found if guide.name not in mine],
    }
    return render(request, "hub/guides.html", context)


@require_GET
def guide(request: HttpRequest, role: str) -> HttpResponse:
    """One guide; its sections keep their addresses, so that pages can link to them."""
    if role not in NAMES:
        raise Http404
    context = {
        "guide": guide_of(role, get_language() or ""),
        "others": [each for each in _guides() if each.name != role],
        "mine": _mine(request),
    }
    return render(request, "hub/guide.html", context)


@require_GET
def guide_pdf(_request: HttpRequest, role: str) -> HttpResponse:
    """The same guide as a file to print, in the language of the page."""
    if role not in NAMES:
        raise Http404
    language = get_language() or ""
    name = f"guide-{role}-{folder_of(language).name}.pdf"
    answer = HttpResponse(pdf(role, language), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _guides() -> list[Guide]:
    language = get_language() or ""
    return [guide_of(name, language) for name in NAMES]


def _mine(request: HttpRequest) -> list[str]:
    """The roles held here, in the order of the guides."""
    acting = acting_or_none(request)
    return [name for name in NAMES if acting and name in acting.roles]
