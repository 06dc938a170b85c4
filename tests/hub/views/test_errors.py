"""One page for every error, in the reader's language."""

import pytest
from django.test import Client, RequestFactory
from django.utils.translation import override

from hub.views import errors
from tests.factories.hub import make_coordinator, make_hub


@pytest.mark.django_db
def test_a_form_from_an_old_page_is_refused_in_words() -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})

    answer = client.post("/language/", {"language": "en"})

    assert (answer.status_code, answer.context["title"]) == (
        403,
        "This form can no longer be used",
    )


def test_our_own_fault_is_said_without_asking_the_database() -> None:
    """No database is allowed in this test: the page must draw without one."""
    with override("en"):
        answer = errors.broken(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert b"Something went wrong on our side" in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fr-CA", "Ce qui a été envoyé est illisible"),
        ("en", "What was sent cannot be read"),
    ],
)
def test_text_that_no_column_can_hold_is_refused_in_words(
    language: str, title: str
) -> None:
    hub = make_hub()
    client = Client(headers={"accept-language": language})
    client.force_login(make_coordinator(hub))

    answer = client.get("/routing/plans/%00/")

    page = answer.content.decode()
    assert (answer.status_code, f"<h1>{title}</h1>" in page) == (400, True)


@pytest.mark.django_db
def test_a_form_of_far_too_many_fields_is_refused_on_our_page() -> None:
    client = Client(headers={"accept-language": "en"})

    answer = client.post("/language/", {f"field{n}": "" for n in range(1_200)})

    assert (answer.status_code, b"What was sent cannot be read" in answer.content) == (
        400,
        True,
    )


@pytest.mark.django_db
def test_an_old_page_that_sends_a_part_is_read_anew_with_the_words_on_top() -> None:
    """Htmx shows no error page in a part: what was typed would look saved."""
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})

    answer = client.post("/language/", {}, headers={"HX-Request": "true"})
    page = client.get("/")

    words = "This form can no longer be used. Reload the page and send it again"
    assert (answer.status_code, answer.headers["HX-Refresh"], answer.content) == (
        403,
        "true",
        b"",
    )
    assert [str(m).startswith(words) for m in page.context["messages"]] == [True]


def test_a_part_that_only_reads_is_not_read_again_and_again() -> None:
    request = RequestFactory().get("/", headers={"HX-Request": "true"})

    answer = errors.broken(request)

    assert (answer.status_code, "HX-Refresh" in answer.headers) == (500, False)


@pytest.mark.django_db
def test_a_program_that_mistypes_an_address_reads_the_shape_of_all_refusals() -> None:
    client = Client(headers={"accept-language": "en"})

    answer = client.get("/api/v1/membres")

    assert (answer.status_code, answer.json()) == (
        404,
        {
            "error": {
                "code": "not_found",
                "message": "There is nothing at this address.",
                "fields": [],
            }
        },
    )
