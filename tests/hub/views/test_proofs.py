"""The page « Preuves »: open to everyone, in both languages, from the one source."""

import html
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override

from hub.core.proofs import FIGURES, FIGURES_ON, PROMISES, Part, SoakRun
from hub.views import proofs as page_of_proofs


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr-ca", "en"])
def test_every_promise_and_command_is_told_to_whoever_asks(
    client: Client, language: str
) -> None:
    page = _page(client, language)

    with override(language):
        wanted = [gettext(each.sentence) for each in PROMISES]
        wanted += [gettext(each.what) for each in FIGURES]
    wanted += [promise.command for promise in PROMISES]
    wanted += [figure.command for figure in FIGURES]
    assert [each for each in wanted if html.escape(each) not in page] == []


@pytest.mark.django_db
def test_every_page_leads_to_it(client: Client) -> None:
    link = f'<a href="{reverse("hub:proofs")}">Preuves</a>'

    assert link in client.get("/help/", headers={"accept-language": "fr-CA"}).text


@pytest.mark.django_db
def test_figures_are_written_as_the_reader_writes_them(client: Client) -> None:
    assert "0,9 s pour sauvegarder" in _page(client, "fr-ca")
    assert "0.9 s to save" in _page(client, "en")


@pytest.mark.django_db
def test_a_long_run_shows_its_parts(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = SoakRun(
        FIGURES_ON,
        "abcdef0123",
        Decimal("2.03"),
        2,
        (Part("races", 21, 1_806), Part("books", 4, 11, 1)),
    )
    before = _page(client, "en")
    monkeypatch.setattr(page_of_proofs, "SOAK", run)

    after = _page(client, "en")

    assert "not been run to its end" in before
    assert "not been run to its end" not in after
    assert "21 rounds · 1,806 passed · none failed" in _plain(after)
    assert "4 rounds · 11 passed · 1 failed" in _plain(after)


def _page(client: Client, language: str) -> str:
    answer = client.get(reverse("hub:proofs"), headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.text


def _plain(page: str) -> str:
    return page.replace('<span class="badge badge--bad">', "").replace("</span>", "")
