"""A lock that does not come in time: calm words for the reader, nothing half done."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from psycopg.errors import DiskFull
from pytest_django import Settings

from hub.middleware import Answer
from hub.models import Organization
from hub.services.cycle_gate import shut_gate
from tests.factories.hub import make_cycle, make_hub

pytestmark = pytest.mark.django_db(transaction=True)


def rename_the_hub_and_shut_the_gate(_request: HttpRequest) -> HttpResponse:
    """Writes, then waits a tenth of a second for a row that somebody holds."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = 100")
        hub = Organization.objects.get(kind="hub")
        Organization.objects.filter(pk=hub.pk).update(name="Half done")
        shut_gate(cycle_id=hub.cycles.get().pk)
    return HttpResponse("done")


urlpatterns = [
    path("busy/", rename_the_hub_and_shut_the_gate),
    path("", include("config.urls")),
]
handler500 = "hub.views.errors.broken"


class SessionNotKept:
    """Stands where sessions are kept: outside the view, on a disk that is full."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.get_response(request)
        raise OperationalError("no room") from DiskFull("no room")


@contextmanager
def held_elsewhere(cycle_id: int) -> Iterator[None]:
    """Keep a cycle's row locked on a second connection."""
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM hub_cycle WHERE id = %s FOR UPDATE", [cycle_id]
            )
            held.set()
            done.wait(30)
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert held.wait(30)
        yield
    finally:
        done.set()
        holder.join()


@pytest.mark.parametrize(
    ("language", "title"),
    [("fr-CA", "Le site est très sollicité"), ("en", "The site is very busy")],
)
def test_a_lock_that_does_not_come_is_said_calmly_and_nothing_is_half_done(
    language: str, title: str, settings: Settings
) -> None:
    hub = make_hub()
    cycle = make_cycle(hub)
    settings.ROOT_URLCONF = __name__
    client = Client(
        raise_request_exception=False, headers={"accept-language": language}
    )

    with held_elsewhere(cycle.pk):
        answer = client.get("/busy/")

    page = answer.content.decode()
    assert (answer.status_code, f"<h1>{title}</h1>" in page) == (503, True)
    assert Organization.objects.get(pk=hub.pk).name == hub.name


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fr-CA", "Le serveur n’a plus de place pour écrire"),
        ("en", "The server has no room left to write"),
    ],
)
def test_a_full_disk_is_named_even_where_no_page_was_asked(
    language: str, title: str, settings: Settings
) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.SessionNotKept"]
    client = Client(
        raise_request_exception=False, headers={"accept-language": language}
    )

    answer = client.get("/help/")

    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert f"<h1>{title}</h1>" in page
