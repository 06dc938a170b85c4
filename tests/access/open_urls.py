"""The site with three careless addresses more, to show that the matrix finds them."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from hub.doors import acting_as
from hub.models import Place


def open_page(_request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks nothing of anybody."""
    return HttpResponse(Place.objects.get(public_id=public_id).name)


@acting_as()
def careless_page(_request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks for a role, but not whose row it is."""
    return HttpResponse(Place.objects.get(public_id=public_id).address)


@acting_as()
def hasty_form(_request: HttpRequest, public_id: str) -> HttpResponse:
    """Writes before it refuses."""
    Place.objects.filter(public_id=public_id).update(name="changed")
    return HttpResponse(status=422)


urlpatterns = [
    path("", include("config.urls")),
    path("open/<slug:public_id>/", open_page, name="open"),
    path("careless/<slug:public_id>/", careless_page, name="careless"),
    path("hasty/<slug:public_id>/", hasty_form, name="hasty"),
]
handler403 = "hub.views.errors.forbidden"
handler404 = "hub.views.errors.not_found"
