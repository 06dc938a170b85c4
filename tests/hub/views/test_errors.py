"""One page for every error, in the reader's language."""

import pytest
from django.test import Client, RequestFactory
from django.utils.translation import override

from hub.views import errors


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
