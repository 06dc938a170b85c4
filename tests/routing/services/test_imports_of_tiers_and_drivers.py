"""Sheets of tiers and of drivers: previewed, done as shown, refused by row, undone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from hub.core.imports import Action, ImportHasErrors, ImportStays, digest_of
from hub.models import ImportBatch, Invitation, Membership, Notice, Organization, Person
from hub.services import invitations
from hub.services.imports import keep_sheet
from pricing.models import TierAgreement
from pricing.services import agree_tier, end_agreement, start_pricing
from routing import selectors, services
from routing.services.imports import SHEETS, preview, run_import
from tests.factories.hub import make_buyer, make_coordinator, make_farm, make_hub

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
PAGE = "https://charroi.test/invitations/"
Bring = Callable[..., ImportBatch]


@pytest.fixture
def hub() -> Organization:
    hub = make_hub("Pôle Est")
    start_pricing(hub=hub, on=TODAY)
    return hub


@pytest.fixture
def ana(hub: Organization) -> Person:
    return make_coordinator(hub)


@pytest.fixture
def bring(hub: Organization, ana: Person) -> Bring:
    def sent(kind: str, *rows: list[str]) -> ImportBatch:
        sheet = SHEETS[kind]
        return keep_sheet(hub=hub, sheet=sheet, table=list(rows), by=ana, now=NOW)

    return sent


def imported(batch: ImportBatch, *, only_good: bool = False) -> ImportBatch:
    digest = digest_of(preview(batch))
    return run_import(
        batch=batch, digest=digest, only_good=only_good, now=NOW, page=PAGE
    )


def undone(batch: ImportBatch, ana: Person) -> None:
    services.undo_imports(batches=[batch], by=ana, now=NOW)


def agreements() -> list[Any]:
    rows = TierAgreement.objects.order_by("pk")
    return list(rows.values_list("buyer__name", "tier__code", "starts_on", "ends_on"))


def said(batch: ImportBatch) -> list[tuple[str, list[str]]]:
    return [
        (verdict.action, [error.column for error in verdict.errors])
        for verdict in preview(batch)
    ]


def test_a_tier_is_agreed_as_shown_and_an_undo_leaves_no_trace(
    hub: Organization, ana: Person, bring: Bring
) -> None:
    kitchen, school = make_buyer("Cuisine", hub=hub), make_buyer("École", hub=hub)
    tiers = {tier.code: tier for tier in hub.price_tiers.all()}
    long_ago = TODAY - timedelta(days=90)
    agree_tier(tier=tiers["soutien"], buyer=school, starts_on=long_ago)
    agree_tier(tier=tiers["solidaire"], buyer=kitchen, starts_on=long_ago)
    before = agreements()
    batch = bring(
        "tiers",
        ["Organisme", "Palier"],
        ["cuisine", "Solidaire"],
        ["ECOLE", "prix solidaire"],
    )

    shown = [
        (verdict.action, verdict.before, verdict.after) for verdict in preview(batch)
    ]
    done = imported(batch)

    yesterday = TODAY - timedelta(days=1)
    assert shown == [
        (Action.LEAVE, {}, {}),
        (Action.CHANGE, {"tier": "soutien"}, {"tier": "solidaire"}),
    ]
    assert agreements() == [
        ("École", "soutien", long_ago, yesterday),
        ("Cuisine", "solidaire", long_ago, None),
        ("École", "solidaire", TODAY, None),
    ]
    undone(done, ana)
    assert agreements() == before


def test_each_bad_row_of_tiers_says_its_column(hub: Organization, bring: Bring) -> None:
    kitchen, school = make_buyer("Cuisine", hub=hub), make_buyer("École", hub=hub)
    tier = hub.price_tiers.get(code="soutien")
    agree_tier(tier=tier, buyer=school, starts_on=TODAY + timedelta(days=3))
    make_farm("Ferme", hub=hub)
    batch = bring(
        "tiers",
        ["Acheteur", "Palier"],
        ["Personne", "solidaire"],
        ["Cuisine", "gratuit"],
        ["École", "solidaire"],
        ["Ferme", "solidaire"],
        ["Cuisine", "solidaire"],
    )

    assert said(batch) == [
        (Action.REFUSE, ["buyer"]),
        (Action.REFUSE, ["tier"]),
        (Action.REFUSE, ["buyer"]),
        (Action.REFUSE, ["buyer"]),
        (Action.REFUSE, ["buyer"]),
    ]
    with pytest.raises(ImportHasErrors), transaction.atomic():
        imported(batch)
    assert [row[0] for row in agreements()] == ["École"]
    assert kitchen.tier_agreements.count() == 0


def test_a_row_without_a_tier_changes_nothing(hub: Organization, bring: Bring) -> None:
    make_buyer("Cuisine", hub=hub)

    batch = bring("tiers", ["Acheteur", "Palier"], ["Cuisine", ""])

    assert said(batch) == [(Action.LEAVE, [])]


def test_the_model_of_tiers_is_imported_without_a_change(
    hub: Organization, bring: Bring
) -> None:
    make_buyer("Cuisine", hub=hub)
    codes = [column.code for column in SHEETS["tiers"].columns]
    rows = selectors.example_rows(hub, "tiers")

    batch = bring("tiers", codes, *[[str(row[code]) for code in codes] for row in rows])

    assert said(batch) == [(Action.CHANGE, [])]


def test_a_tier_that_somebody_ended_since_is_not_taken_back(
    hub: Organization, ana: Person, bring: Bring
) -> None:
    make_buyer("Cuisine", hub=hub)
    done = imported(bring("tiers", ["Acheteur", "Palier"], ["Cuisine", "solidaire"]))
    end_agreement(agreement=TierAgreement.objects.get(), ends_on=TODAY)
    before = agreements()

    with pytest.raises(ImportStays), transaction.atomic():
        undone(done, ana)

    assert agreements() == before


def test_drivers_are_invited_once_and_their_invitations_taken_back(
    hub: Organization, ana: Person, bring: Bring
) -> None:
    make_farm("Ferme du Coteau", hub=hub)
    rows = (
        ["Nom", "Courriel", "Organisation"],
        ["Noé", "NOE@exemple.ca", ""],
        ["Lia", "lia@exemple.ca", "ferme du coteau"],
    )

    done = imported(bring("drivers", *rows))
    again = said(bring("drivers", *rows))

    assert sorted(
        Invitation.objects.values_list("email", "organization__name", "role")
    ) == [
        ("lia@exemple.ca", "Ferme du Coteau", "driver"),
        ("noe@exemple.ca", "Pôle Est", "driver"),
    ]
    assert Notice.objects.filter(kind="invitation").count() == 2
    assert again == [(Action.LEAVE, []), (Action.LEAVE, [])]
    assert Membership.objects.filter(role="driver").count() == 0
    undone(done, ana)
    assert Invitation.objects.filter(withdrawn_at=None).count() == 0


def test_an_invitation_that_was_accepted_stays(
    hub: Organization, ana: Person, bring: Bring
) -> None:
    done = imported(bring("drivers", ["Nom", "Courriel"], ["Noé", "noe@exemple.ca"]))
    invitations.accept(invitation=Invitation.objects.get(), now=NOW)

    with pytest.raises(ImportStays), transaction.atomic():
        undone(done, ana)

    assert Membership.objects.filter(role="driver").count() == 1


def test_each_bad_row_of_drivers_says_its_column(
    hub: Organization, bring: Bring
) -> None:
    make_buyer("École", hub=hub, kind="institution")
    imported(bring("drivers", ["Nom", "Courriel"], ["Noé", "n.oe@exemple.ca"]))
    batch = bring(
        "drivers",
        ["Nom", "Courriel", "Conduit pour"],
        ["Ida", "pas une adresse", ""],
        ["Ida", "ida@exemple.ca", "Nulle part"],
        ["Ida", "ida2@exemple.ca", "École"],
        ["Noé", "n-oe@exemple.ca", ""],
    )

    assert said(batch) == [
        (Action.REFUSE, ["email"]),
        (Action.REFUSE, ["organization"]),
        (Action.REFUSE, ["organization"]),
        (Action.REFUSE, ["email"]),
    ]
