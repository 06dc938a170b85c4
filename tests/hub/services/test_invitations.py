"""A role is offered by mail, and given when the person accepts."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from hub.core.errors import InvitationOver, RoleDoesNotFit, RoleHeld
from hub.core.letters import Kind
from hub.models import Invitation, Membership, Notice, Organization, Person
from hub.notices import compose
from hub.selectors import invitations_for, unsent, waiting_for_answer
from hub.services.invitations import LASTS, accept, invite, send_again, withdraw
from tests.factories.hub import make_farm, make_hub, make_person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 15, 16, tzinfo=UTC)
PAGE = "https://charroi.example/invitations/"


@pytest.fixture
def farm() -> Organization:
    return make_farm("Ferme du Rang", hub=make_hub("Pôle Est"))


def offered(
    farm: Organization, *, language: str = "fr-ca", role: str = "producer"
) -> Invitation:
    assert farm.hub is not None
    ana = Person.objects.filter(name="Ana").first() or make_person(name="Ana")
    return invite(
        organization=farm,
        email="Noe@Rang.example",
        name="Noé",
        role=role,
        language=language,
        page=PAGE,
        by=ana,
        now=NOW,
    )


def test_nothing_is_given_before_the_person_accepts(farm: Organization) -> None:
    invitation = offered(farm)
    assert farm.memberships.count() == 0

    membership = accept(invitation=invitation, now=NOW)

    assert (membership.person.email, membership.role) == (
        "noe@rang.example",
        "producer",
    )
    assert list(waiting_for_answer(farm)) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr-ca", ("vous invite dans", "Producteur·rice", "Ajouter des produits")),
        ("en", ("invites you to", "Producer", "Add products and packings.")),
    ],
)
def test_the_mail_says_who_what_and_how_in_the_person_s_language(
    farm: Organization, language: str, words: tuple[str, ...]
) -> None:
    offered(farm, language=language)

    notice = Notice.objects.get()
    letter = compose(
        kind=Kind.INVITATION,
        data=notice.data,
        hub_name="Pôle Est",
        language=notice.person.language,
    )
    for word in (*words, "Ana", "Ferme du Rang", PAGE, "noe@rang.example"):
        assert word in letter.body


def test_somebody_who_is_here_keeps_their_name_and_language(farm: Organization) -> None:
    make_person("noe@rang.example", name="Noé Roy", language="en")

    invitation = offered(farm)

    assert (invitation.person.name, invitation.person.language) == ("Noé Roy", "en")
    assert (invitation.name, invitation.language) == ("Noé", "fr-ca")


def test_inviting_again_sends_again_and_offers_once(farm: Organization) -> None:
    offered(farm)
    offered(farm)

    assert (Invitation.objects.get().num_sent, Notice.objects.count()) == (2, 2)


def test_sending_again_begins_the_days_anew(farm: Organization) -> None:
    late = NOW + LASTS + timedelta(days=1)
    invitation = offered(farm)
    with pytest.raises(InvitationOver):
        accept(invitation=invitation, now=late)

    send_again(invitation=invitation, page=PAGE, now=late)

    assert accept(invitation=invitation, now=late).role == "producer"


def test_a_withdrawn_invitation_is_over(farm: Organization) -> None:
    invitation = offered(farm)
    withdraw(invitation=invitation, now=NOW)

    for act in (accept, withdraw):
        with pytest.raises(InvitationOver):
            act(invitation=invitation, now=NOW)

    assert (Membership.objects.filter(organization=farm).count()) == 0
    assert list(invitations_for(invitation.person, now=NOW)) == []


def test_an_offer_that_waited_too_long_is_not_shown(farm: Organization) -> None:
    person = offered(farm).person
    last = NOW + LASTS

    shown = [
        list(invitations_for(person, now=moment))
        for moment in (last - timedelta(seconds=1), last)
    ]

    assert [len(found) for found in shown] == [1, 0]


def test_an_organization_that_is_closed_offers_nothing(farm: Organization) -> None:
    person = offered(farm).person
    Organization.objects.filter(pk=farm.pk).update(is_active=False)

    assert list(invitations_for(person, now=NOW)) == []


def test_a_role_that_is_held_is_not_offered(farm: Organization) -> None:
    accept(invitation=offered(farm), now=NOW)

    with pytest.raises(RoleHeld):
        offered(farm)

    assert Notice.objects.count() == 1


def test_a_role_of_another_kind_of_organization_is_refused(farm: Organization) -> None:
    with pytest.raises(RoleDoesNotFit), transaction.atomic():
        offered(farm, role="coordinator")

    assert (Invitation.objects.count(), Notice.objects.count()) == (0, 0)


def test_a_mail_that_was_not_sent_is_told(farm: Organization) -> None:
    invitation = offered(farm)
    assert unsent([invitation]) == set()

    Notice.objects.update(status=Notice.Status.FAILED)

    assert unsent([invitation]) == {invitation.public_id}
