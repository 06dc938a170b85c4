"""The guides as pages: open to everybody, light, and each person led to their own."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from hub.exchange.guides import NAMES, guide_of
from hub.models import Membership
from tests.factories import hub as ground

pytestmark = pytest.mark.django_db
MAX_BYTES = 60_000


@pytest.mark.parametrize("name", NAMES)
def test_a_stranger_reads_every_guide_and_it_is_light(
    client: Client, name: str
) -> None:
    answer = client.get(reverse("hub:guide", args=[name]))

    body = answer.content.decode()
    assert f"<h1>{guide_of(name, 'fr-ca').title}</h1>" in body.replace("&#x27;", "'")
    assert len(answer.content) < MAX_BYTES
    assert body.count("<img") == body.count('loading="lazy"')


def test_a_guide_of_nobody_is_not_there(client: Client) -> None:
    assert client.get("/guide/king/").status_code == 404


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_the_page_offers_its_guide_as_a_file_in_its_language(
    client: Client, name: str, language: str
) -> None:
    client.cookies.load({settings.LANGUAGE_COOKIE_NAME: language})
    page = client.get(reverse("hub:guide", args=[name])).content.decode()

    [address] = re.findall(r'href="([^"]*\.pdf)" download', page)
    answer = client.get(address)

    kept = [answer["Content-Type"], answer["Content-Disposition"], answer.content[:5]]
    named = f'inline; filename="guide-{name}-{language}.pdf"'
    assert kept == ["application/pdf", named, b"%PDF-"]


def test_a_file_of_nobody_is_not_there(client: Client) -> None:
    assert client.get("/guide/king/guide.pdf").status_code == 404


@pytest.mark.parametrize("role", Membership.Role.values)
def test_the_foot_leads_each_role_to_its_guide(client: Client, role: str) -> None:
    client.force_login(ground.make_member(ground.make_hub(), role))

    foot = client.get(reverse("hub:help")).content.decode().split("<footer")[1]

    assert re.findall(r'href="(/guide/[^"]*)"', foot) == [f"/guide/{role}/"]
