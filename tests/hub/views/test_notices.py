"""The outbox on its pages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from hub.core.letter_examples import EXAMPLES
from hub.core.letters import Kind
from hub.models import Notice, Person
from hub.notices import compose
from hub.services import notices
from tests.factories.hub import make_farm, make_person, make_producer
from tests.hub.views.conftest import Cast

pytestmark = pytest.mark.django_db
Enter = Callable[[Person], Client]


@pytest.fixture
def notice(cast: Cast) -> Notice:
    """A notice that waits, for a farmer who reads French."""
    farm = make_farm("Ferme Neuve", hub=cast.hub)
    make_producer(farm, person=make_person("neuve@rang.example", name="Rosalie"))
    notices.leave(
        kind=Kind.STATEMENT_READY,
        key="statement",
        data={"service_on": "2026-06-18", "total_cents": 1_250, "hub": "Pôle Est"},
        hub=cast.hub,
        organization=farm,
    )
    return Notice.objects.get()


def read(client: Client, notice: Notice | None = None) -> str:
    address = f"/notices/{notice.public_id}/" if notice else "/notices/"
    return client.get(address).content.decode().replace("\u00a0", " ")


def test_the_exact_words_are_shown_before_they_leave_in_the_language_of_the_reader(
    cast: Cast, enter: Enter, notice: Notice
) -> None:
    page = read(enter(cast.ana), notice)

    notices.send_waiting(now=timezone.now())
    body = mail.outbox[0].body.replace("\u00a0", " ")
    assert 'lang="fr-ca"' in page
    lines = [escape(line) for line in body.splitlines() if line]
    assert [line for line in lines if line not in page] == []


def test_the_list_says_who_was_told_what_and_whether_it_left(
    cast: Cast, enter: Enter, notice: Notice
) -> None:
    before = read(enter(cast.ana))
    notices.send_waiting(now=timezone.now())
    after = read(enter(cast.ana))

    assert "Votre relevé du jeudi 18 juin 2026" in before
    assert "Rosalie · Ferme Neuve" in before
    assert (">Waiting<" in before, ">Sent<" in after) == (True, True)


def test_a_notice_cut_in_the_middle_is_sent_again_by_a_person(
    cast: Cast, enter: Enter, notice: Notice
) -> None:
    an_hour_ago = timezone.now() - timedelta(hours=1)
    Notice.objects.update(status="sending", claimed_at=an_hour_ago)
    client = enter(cast.ana)

    page = read(client, notice)
    client.post(f"/notices/{notice.public_id}/again/")
    notices.send_waiting(now=timezone.now())

    assert "nobody knows whether it went" in page
    assert len(mail.outbox) == 1


def test_a_notice_on_its_way_is_not_sent_beside_itself(
    cast: Cast, enter: Enter, notice: Notice
) -> None:
    Notice.objects.update(status="sending", claimed_at=timezone.now())

    enter(cast.ana).post(f"/notices/{notice.public_id}/again/")
    notices.send_waiting(now=timezone.now())

    assert mail.outbox == []


def test_many_notices_take_no_more_queries(
    cast: Cast, enter: Enter, notice: Notice, django_assert_max_num_queries
) -> None:
    for number in range(60):
        notices.leave(
            kind=Kind.STATEMENT_READY,
            key=f"statement:{number}",
            data=notice.data,
            hub=cast.hub,
            people=[notice.person],
        )

    with django_assert_max_num_queries(25):
        page = read(enter(cast.ana))

    assert page.count('href="/notices/') >= 50


@pytest.mark.parametrize("language", ["fr-ca", "en"])
def test_the_page_of_examples_lists_every_kind_in_both_languages(
    cast: Cast, enter: Enter, language: str
) -> None:
    client = enter(cast.ana)
    page = client.get("/notices/examples/").content.decode()
    letters = [
        compose(
            kind=kind,
            data=EXAMPLES[kind],
            hub_name=cast.hub.name,
            language=language,
        )
        for kind in Kind
    ]

    assert [each.subject for each in letters if escape(each.subject) not in page] == []
    lines = [line for each in letters for line in each.body.splitlines() if line]
    assert [line for line in lines if escape(line.strip()) not in page] == []
    assert page.count(f'lang="{language}"') >= len(Kind)


def test_a_letter_that_was_overtaken_says_why_it_was_not_sent(
    cast: Cast, enter: Enter, notice: Notice
) -> None:
    notices.overtake(about=["statement:"])

    page = read(enter(cast.ana), notice)

    assert ">Overtaken<" in page
    assert "It was no longer true before it had left: it is not sent." in page
    assert "/again/" not in page


def test_the_file_of_notices_writes_no_letter_and_reads_none(
    cast: Cast, enter: Enter, notice: Notice
) -> None:
    notices.send_waiting(now=timezone.now())
    notices.leave(
        kind=Kind.STATEMENT_READY,
        key="late",
        data={**notice.data, "service_on": "2026-06-25"},
        hub=cast.hub,
        people=[notice.person],
    )
    ana = enter(cast.ana)

    with CaptureQueriesContext(connection) as asked:
        answer = ana.get("/notices/?table=notices&format=csv")

    rows = answer.content.decode().splitlines()[1:]
    subjects = [row.split(",")[0].replace("\u00a0", " ").strip('"') for row in rows]
    assert subjects == [
        "Votre relevé du jeudi 25 juin 2026",
        "Votre relevé du jeudi 18 juin 2026",
    ]
    names = [str(each.name) for each in answer.templates]
    texts = [name for name in names if name.startswith("hub/notices/")]
    assert texts == ["hub/notices/statement_ready_subject.txt"]
    assert [each for each in asked if '"body"' in each["sql"]] == []
