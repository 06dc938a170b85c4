"""A hub that has not set its prices yet says so, and breaks nothing."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override

from orders.models import Order
from pricing.core.errors import NoMarginRule
from pricing.models import MarginRule
from tests.factories.week import make_stock, make_week

pytestmark = pytest.mark.django_db


def test_a_basket_without_prices_is_refused_in_words(client: Client) -> None:
    week = make_week()
    make_stock(week)
    MarginRule.objects.all().delete()
    client.force_login(week.person)
    address = reverse("orders:open_basket", args=[week.cycle.public_id])

    answer = client.post(address, follow=True)

    with override("fr-ca"):
        said = gettext(NoMarginRule.sentence)
    assert (answer.status_code, said in answer.content.decode()) == (409, True)
    assert Order.objects.count() == 0
