"""Addresses that are told what happens, on their pages."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from hub.models import Person, WebhookDelivery, WebhookEndpoint
from hub.services import webhooks
from tests.factories.webhooks import make_endpoint
from tests.hub.views.conftest import Cast

pytestmark = pytest.mark.django_db
Enter = Callable[[Person], Client]
PAGE = "/programs/webhooks/"
TYPED = {"name": "Boutique", "url": "https://shop.example/hook", "kinds": ["*"]}


def secret_in(answer) -> list[str]:
    return re.findall(r"whsec_[\w+/=]+", answer.content.decode())


def test_the_secret_of_a_new_address_is_shown_once(cast: Cast, enter: Enter) -> None:
    client = enter(cast.lea)

    answer = client.post(PAGE, TYPED)

    endpoint = WebhookEndpoint.objects.get()
    assert (endpoint.organization, endpoint.url, endpoint.kinds, endpoint.made_by) == (
        cast.farm,
        TYPED["url"],
        ["*"],
        cast.lea,
    )
    assert secret_in(answer) == [webhooks.secret_shown(endpoint)]
    assert secret_in(client.get(f"{PAGE}{endpoint.public_id}/")) == []


def test_an_inner_address_is_refused_beside_its_field(cast: Cast, enter: Enter) -> None:
    inside = {**TYPED, "url": "https://127.0.0.1/hook"}

    answer = enter(cast.lea).post(PAGE, inside)

    assert (answer.status_code, WebhookEndpoint.objects.count()) == (422, 0)
    assert answer.context["form"].errors == {
        "url": ["“127.0.0.1” is not on the public internet. Give a public address."]
    }


def test_an_address_is_changed_rotated_paused_resumed_and_removed(
    cast: Cast, enter: Enter
) -> None:
    client, endpoint = enter(cast.lea), make_endpoint(cast.farm)
    page = f"{PAGE}{endpoint.public_id}/"
    former = webhooks.secret_shown(endpoint)

    client.post(page, {**TYPED, "kinds": ["order.placed", "cycle.closed"]})
    rotated = client.post(f"{page}rotate/")
    client.post(f"{page}pause/")
    endpoint.refresh_from_db()
    paused = (endpoint.url, endpoint.kinds, endpoint.status)
    client.post(f"{page}resume/")
    endpoint.refresh_from_db()
    client.post(f"{page}remove/")

    assert paused == (TYPED["url"], ["cycle.closed", "order.placed"], "paused")
    assert secret_in(rotated) == [webhooks.secret_shown(endpoint)] != [former]
    assert (endpoint.status, WebhookEndpoint.objects.count()) == ("active", 0)


def test_a_test_is_sent_and_what_failed_is_sent_again(cast: Cast, enter: Enter) -> None:
    client, endpoint = enter(cast.lea), make_endpoint(cast.farm)
    page = f"{PAGE}{endpoint.public_id}/"
    for _turn in range(2):
        client.post(f"{page}test/")
    WebhookDelivery.objects.update(state="failed", answer_status=500, fault="status")
    first = WebhookDelivery.objects.order_by("pk")[:1].get()

    client.post(f"/programs/webhook-messages/{first.public_id}/again/")
    one = list(WebhookDelivery.objects.order_by("pk").values_list("state", flat=True))
    client.post(f"{page}again/", {"hours": "24"})
    both = list(WebhookDelivery.objects.values_list("state", flat=True))

    assert (one, both) == (["waiting", "failed"], ["waiting", "waiting"])


def test_nothing_is_sent_to_a_paused_address(cast: Cast, enter: Enter) -> None:
    client, endpoint = enter(cast.lea), make_endpoint(cast.farm)
    webhooks.pause_webhook(endpoint=endpoint)

    answer = client.post(f"{PAGE}{endpoint.public_id}/test/", follow=True)

    said = [str(message) for message in answer.context["messages"]]
    assert said == ["This address is paused. Resume it first."]
    assert WebhookDelivery.objects.count() == 0
