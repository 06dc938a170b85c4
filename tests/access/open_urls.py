"""The site with careless addresses more, to show that the matrix finds them."""

import typst
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path

from hub.doors import acting_as
from hub.models import Place
from hub.templatetags.words import money, percent_bps
from pricing.models import PriceTier
from producers.models import Offer


def open_page(_request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks nothing of anybody."""
    return HttpResponse(Place.objects.get(public_id=public_id).name)


@acting_as()
def careless_page(_request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks for a role, but not whose row it is."""
    return HttpResponse(Place.objects.get(public_id=public_id).address)


@acting_as()
def printed_page(_request: HttpRequest, public_id: str) -> HttpResponse:
    """Prints the tiers of any hub, and who it is, in two weights and a title."""
    hub = Place.objects.get(public_id=public_id).organization.hub
    assert hub
    tier = PriceTier.objects.get(hub=hub, code="soutien")
    said = {"name": hub.name, "share": percent_bps(tier.first_multiplier_bps)}
    paper = typst.compile(PRINTED.encode(), format="pdf", sys_inputs=said)
    return HttpResponse(paper, content_type="application/pdf")


@acting_as()
def hasty_form(_request: HttpRequest, public_id: str) -> HttpResponse:
    """Writes before it refuses."""
    Place.objects.filter(public_id=public_id).update(name="changed")
    return HttpResponse(status=422)


@acting_as()
def priced_page(_request: HttpRequest, public_id: str) -> HttpResponse:
    """Shows what one farm asks to whoever reads the place of another."""
    farm = Place.objects.get(public_id=public_id).organization
    offers = Offer.objects.filter(variant__product__producer=farm)
    return HttpResponse(" ".join(money(offer.price_cents) for offer in offers))


@acting_as()
def tiered_data(_request: HttpRequest, public_id: str) -> HttpResponse:
    """Gives a program the tiers of any hub, in figures and in words."""
    hub = Place.objects.get(public_id=public_id).organization.hub
    tiers = PriceTier.objects.filter(hub=hub).order_by("pk")
    said = [
        [tier.first_multiplier_bps, percent_bps(tier.first_multiplier_bps)]
        for tier in tiers
    ]
    return JsonResponse({"tiers": said})


@acting_as()
def chosen_row(request: HttpRequest) -> HttpResponse:
    """Takes the row that a field names, whoever it belongs to."""
    sent = request.POST or request.GET
    found = Place.objects.filter(public_id=sent["place"]).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        Place.objects.filter(pk=found.pk).update(name="changed")
    return HttpResponse(found.address)


PRINTED = """
#set document(title: sys.inputs.name)
(#strong(sys.inputs.share))
"""

urlpatterns = [
    path("", include("config.urls")),
    path("open/<slug:public_id>/", open_page, name="open"),
    path("careless/<slug:public_id>/", careless_page, name="careless"),
    path("priced/<slug:public_id>/", priced_page, name="priced"),
    path("tiered/<slug:public_id>/", tiered_data, name="tiered"),
    path("printed/<slug:public_id>/", printed_page, name="printed"),
    path("chosen/", chosen_row, name="chosen"),
    path("hasty/<slug:public_id>/", hasty_form, name="hasty"),
]
handler403 = "hub.views.errors.forbidden"
handler404 = "hub.views.errors.not_found"
