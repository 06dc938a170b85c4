"""The public page of a fund: open if the hub says so, and it recognises nobody."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hub.models import Organization
from pricing import services
from pricing.models import SolidarityFund
from tests.factories.day import NOW, Day
from tests.factories.fund import helped

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=20)
"""A day of the month after."""


@pytest.fixture(autouse=True)
def _next_month():
    with time_machine.travel(LATER, tick=False):
        yield


def fund(hub: Organization) -> SolidarityFund:
    return SolidarityFund.objects.get(hub=hub)


def read(day: Day, **headers: str):
    return Client().get(f"/pricing/fund/of/{day.hub.public_id}/", headers=headers)


def words(answer) -> str:
    page: str = answer.content.decode()
    return page.replace("\u00a0", " ").replace("\u202f", " ")


def test_five_groups_are_told_in_sums_without_any_name():
    page = words(read(helped(5)))

    # five groups, two cases each, 2,50 $ of the fund a case; three households each
    assert "25,00 $" in page
    assert "Groupes aidés" in page
    assert '<p class="big-number">15</p>' in page
    assert [w for w in ("Plant", "plant") if w in page] == []


def test_four_groups_hide_what_was_spent_and_where_it_went():
    page = words(read(helped(4)))

    assert "20,00 $" not in page
    assert "Où va un dollar" not in page
    assert '<p class="big-number">12</p>' not in page


def test_the_gift_of_one_funder_is_not_told_apart():
    page = words(read(helped(5)))

    assert "77,77 $" not in page
    assert "trop peu pour être dits" in page


def test_the_days_of_this_month_are_not_told_yet():
    day = helped(5)

    with time_machine.travel(NOW, tick=False):
        page = words(read(day))

    assert "25,00 $" not in page


def test_a_fund_that_is_not_opened_to_all_is_not_there():
    day = helped(5)
    services.publish_fund(fund=fund(day.hub), is_public=False)

    assert read(day).status_code == 404


def test_what_was_read_and_has_not_changed_is_not_sent_again():
    day = helped(5)
    first = read(day, **{"accept-language": "fr-ca"})
    etag = first["ETag"]

    same = read(day, **{"accept-language": "fr-ca", "if-none-match": etag})
    english = read(day, **{"accept-language": "en", "if-none-match": etag})

    assert (same.status_code, same.content) == (304, b"")
    assert english.status_code == 200
    assert first["Cache-Control"] == "private, max-age=600"


def test_the_page_asks_as_much_for_many_groups_and_sources_as_for_few():
    counts = []
    for num_groups in (5, 9):
        day = helped(num_groups)
        with CaptureQueriesContext(connection) as queries:
            read(day)
        counts.append(len(queries))

    assert counts[0] == counts[1]
