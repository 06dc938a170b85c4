"""Our own fault in the middle of a work: words for the reader, nothing half done."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils.translation import gettext, override
from pytest_django import Settings

from hub.models import Organization, Place
from hub.services.places import PlaceFacts, Window, save_place
from tests.factories.hub import HUB_POINT, make_farm

pytestmark = pytest.mark.django_db


def save_with_a_weekday_that_is_none(_request: HttpRequest) -> HttpResponse:
    """Records the place, then breaks on its second window."""
    facts = PlaceFacts(
        kind="farm", name="Quai", latitude=HUB_POINT[0], longitude=HUB_POINT[1]
    )
    windows = [Window(start_s=0, end_s=60), Window(start_s=0, end_s=60, weekday=9)]
    farm = Organization.objects.get(kind="producer")
    save_place(organization=farm, facts=facts, windows=windows)
    return HttpResponse("done")


urlpatterns = [
    path("broken/", save_with_a_weekday_that_is_none),
    path("", include("config.urls")),
]
handler500 = "hub.views.errors.broken"


@pytest.mark.parametrize("language", ["fr-ca", "en"])
def test_a_work_that_breaks_is_undone_and_said_without_a_trace(
    language: str, settings: Settings
) -> None:
    make_farm()
    settings.ROOT_URLCONF = __name__
    client = Client(
        raise_request_exception=False, headers={"accept-language": language}
    )

    answer = client.get("/broken/")

    page = answer.content.decode()
    with override(language):
        title = gettext("Something went wrong on our side")
    assert (answer.status_code, f"<h1>{title}</h1>" in page) == (500, True)
    told = [w for w in ("Traceback", "IntegrityError", "hub_window") if w in page]
    assert (told, list(Place.objects.all())) == ([], [])
