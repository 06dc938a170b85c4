"""One sheet confirmed, and one invitation accepted, by several hands at once."""

from datetime import timedelta

import pytest

from hub.core.imports import FARMS, digest_of
from hub.models import ImportRow, Invitation, Membership, Organization
from hub.services import imports, invitations
from hub.services.imports import keep_sheet
from routing import services
from tests.factories.hub import make_coordinator, make_farm, make_hub, make_person
from tests.factories.week import NOW
from tests.races.crowd import all_at_once

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def confirm():
    """A sheet of three farms, and what confirms it."""
    hub = make_hub()
    table = [["Ferme"], ["A"], ["B"], ["C"]]
    by = make_coordinator(hub)
    batch = keep_sheet(hub=hub, sheet=FARMS, table=table, by=by, now=NOW)
    digest = digest_of(services.preview(batch))
    return lambda: (
        services.run_import(batch=batch, digest=digest, only_good=False, now=NOW).status
    )


def test_a_sheet_confirmed_twice_at_once_is_imported_once():
    answers = all_at_once([confirm()] * 2)

    assert sorted(map(str, answers)) == ["done", "import_is_over"]
    assert Organization.objects.exclude(hub=None).count() == 3
    assert ImportRow.objects.count() == 3


def test_without_the_lock_both_begin(monkeypatch):
    """The control: unheld, something later than the sheet itself stops the second."""
    monkeypatch.setattr("hub.services.organizations.hold", lambda _hub: None)
    monkeypatch.setattr(imports, "lock_draft", lambda batch: batch)

    answers = all_at_once([confirm()] * 2)

    assert sorted(map(str, answers))[0] == "done"
    assert {*answers} <= {"done", "name_taken", "import_outdated"}


def test_two_sheets_of_one_hub_with_the_same_farm_make_it_once():
    hub = make_hub()
    by = make_coordinator(hub)

    def importer(*names):
        table = [["Ferme"], *([name] for name in names)]
        batch = keep_sheet(hub=hub, sheet=FARMS, table=table, by=by, now=NOW)
        digest = digest_of(services.preview(batch))
        return lambda: (
            services.run_import(
                batch=batch, digest=digest, only_good=False, now=NOW
            ).status
        )

    answers = all_at_once([importer("A", "B"), importer("A", "C")])

    assert sorted(map(str, answers)) == ["done", "import_outdated"]
    assert Organization.objects.filter(hub=hub).count() == 2


def test_an_import_taken_back_twice_at_once_is_taken_back_once():
    hub = make_hub()
    by = make_coordinator(hub)
    table = [["Ferme"], ["A"], ["B"]]
    batch = keep_sheet(hub=hub, sheet=FARMS, table=table, by=by, now=NOW)
    digest = digest_of(services.preview(batch))
    services.run_import(batch=batch, digest=digest, only_good=False, now=NOW)

    def undo() -> str:
        services.undo_imports(batches=[batch], by=by, now=NOW)
        return "undone"

    answers = all_at_once([undo] * 2)

    assert sorted(map(str, answers)) == ["import_is_over", "undone"]
    assert Organization.objects.filter(hub=hub).count() == 0


def test_somebody_invited_twice_at_once_is_offered_one_role():
    farm, by = make_farm(), make_person()

    def invite() -> str:
        return invitations.invite(
            organization=farm,
            email="noe@rang.example",
            name="Noé",
            role="producer",
            language="fr-ca",
            page="https://charroi.example/invitations/",
            by=by,
            now=NOW,
        ).role

    answers = all_at_once([invite] * 3)

    assert answers == ["producer"] * 3
    assert list(Invitation.objects.values_list("num_sent", flat=True)) == [3]


def test_an_invitation_accepted_twice_at_once_gives_one_role():
    farm, person = make_farm(), make_person()
    invitation = Invitation.objects.create(
        organization=farm,
        person=person,
        email=person.email,
        name="Noé",
        role="producer",
        expires_at=NOW + timedelta(days=30),
    )

    def accept() -> str:
        return invitations.accept(invitation=invitation, now=NOW).role

    answers = all_at_once([accept] * 2)

    assert sorted(map(str, answers)) == ["invitation_over", "producer"]
    assert Membership.objects.filter(person=person).count() == 1
