"""Sheets: what the preview shows is what happens, and a whole import comes back."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.core.first_steps import Step
from hub.core.imports import (
    Action,
    ImportHasErrors,
    ImportIsOver,
    ImportOutdated,
    ImportStays,
    digest_of,
)
from hub.core.periods import monday_of
from hub.models import ImportBatch, Membership, Organization, Person, Place
from hub.selectors.imports import place_facts
from hub.services.families import plant_first_families
from hub.services.imports import choose_columns, keep_sheet
from producers.models import Offer, Product, Variant
from routing import selectors, services
from routing.models import FleetPool, Vehicle
from routing.services.imports import SHEETS, preview, run_import
from tests.factories.hub import (
    make_coordinator,
    make_farm,
    make_hub,
    make_place,
    make_producer,
)
from tests.factories.producers import make_availability, make_offer

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 15, 16, tzinfo=UTC)
Bring = Callable[..., ImportBatch]


@pytest.fixture
def hub() -> Organization:
    return make_hub("Pôle Est")


@pytest.fixture
def ana(hub: Organization) -> Person:
    return make_coordinator(hub)


@pytest.fixture
def bring(hub: Organization, ana: Person) -> Bring:
    """Send a sheet: its kind, its header, its rows."""

    def sent(kind: str, *rows: list[str]) -> ImportBatch:
        sheet = SHEETS[kind]
        return keep_sheet(hub=hub, sheet=sheet, table=list(rows), by=ana, now=NOW)

    return sent


def imported(batch: ImportBatch, *, only_good: bool = False) -> ImportBatch:
    digest = digest_of(preview(batch))
    return run_import(batch=batch, digest=digest, only_good=only_good, now=NOW)


def batch_now(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.objects.get(pk=batch.pk)


def everything(hub: Organization) -> list[object]:
    """All that sheets write, without the keys that the house chooses."""
    places = Place.objects.select_related("organization").prefetch_related("windows")
    return [
        sorted(
            Organization.objects.filter(hub=hub).values_list(
                "name", "kind", "contact_email", "contact_phone", "is_active"
            )
        ),
        sorted(str(place_facts(place)) for place in places),
        sorted(Product.objects.values_list("name_fr", "family__code", "taxability")),
        sorted(Variant.objects.values_list("label_fr", "mass_g", "volume_ml")),
        sorted(Offer.objects.values_list("variant__label_fr", "price_cents")),
        sorted(Vehicle.objects.values_list("name", "plate", "per_km_cents")),
        FleetPool.objects.count(),
    ]


NAMES = st.sampled_from(["Ferme A", "ferme a", "Ferme B", "Rose", "Cuisine", ""])
EMAILS = st.sampled_from(["", "a@exemple.ca", "b@exemple.ca", "rien"])
MEMBERS = st.lists(st.tuples(NAMES, EMAILS).map(list), min_size=1, max_size=5)
COORDINATES = st.sampled_from(
    [("", ""), ("45,5", "-73.6"), ("45.5", "73.6"), ("1", "")]
)
HOURS = st.sampled_from(["", "8 h 30–11 h", "lun-mer 8:00-9:00", "tôt"])
PLACES = st.lists(
    st.tuples(NAMES, st.sampled_from(["", "Grange", "GRANGE"]), COORDINATES, HOURS).map(
        lambda row: [row[0], row[1], *row[2], row[3]]
    ),
    min_size=1,
    max_size=4,
)
PRICES = st.sampled_from(["", "12,50 $", "3", "1,230"])
PRODUCTS = st.lists(
    st.tuples(
        st.sampled_from(["Ferme A", "Rose"]),
        st.sampled_from(["Chou", "chou", "Carotte"]),
        st.sampled_from(["Légume", "légumes", "", "Autos"]),
        st.sampled_from(["caisse", "sac"]),
        st.sampled_from(["10 kg", "750 g", "0"]),
        PRICES,
    ).map(list),
    min_size=1,
    max_size=4,
)
HEADERS = {
    "farms": ["Ferme", "Courriel"],
    "places": ["Membre", "Lieu", "Lat", "Long", "Heures"],
    "products": ["Ferme", "Produit", "Famille", "Format", "Poids", "Prix"],
}
SHEETS_DRAWN = st.one_of(
    st.tuples(st.just("farms"), MEMBERS),
    st.tuples(st.just("places"), PLACES),
    st.tuples(st.just("products"), PRODUCTS),
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(drawn=SHEETS_DRAWN)
def test_what_is_shown_happens_and_an_undo_leaves_no_trace(
    drawn: tuple[str, list[list[str]]], hub: Organization, ana: Person, bring: Bring
) -> None:
    with transaction.atomic():
        farm = make_farm("Ferme A", hub=hub)
        make_place(farm, kind=Place.Kind.FARM)
        make_offer(farm, hub=hub)
        plant_first_families()
        before = everything(hub)
        header = HEADERS[drawn[0]]
        more = ["Température"] if drawn[0] == "products" else []
        rows = [[*row, *(["froid"] if more else [])] for row in drawn[1]]

        shown = preview(batch := bring(drawn[0], [*header, *more], *rows))
        imported(batch, only_good=True)
        good = [v for v in shown if v.action != Action.REFUSE]
        done = list(batch.rows.values_list("number", "action"))
        assert done == [(v.number, v.action.value) for v in good]
        left_out = [row["number"] for row in batch_now(batch).left_out]
        assert left_out == [v.number for v in shown if v.action == Action.REFUSE]

        again = preview(bring(drawn[0], [*header, *more], *rows))
        redone = {v.number: v.action for v in again}
        assert [redone[v.number] for v in good] == [Action.LEAVE] * len(good)

        services.undo_imports(batches=[batch], by=ana, now=NOW)
        assert everything(hub) == before
        transaction.set_rollback(True)


@pytest.mark.parametrize("kind", sorted({*SHEETS} - {"tiers"}))
def test_a_model_is_imported_without_a_change(
    kind: str, hub: Organization, bring: Bring
) -> None:
    make_farm("Ferme A", hub=hub)
    make_place(hub, kind=Place.Kind.HUB)
    plant_first_families()
    codes = [column.code for column in SHEETS[kind].columns]
    rows = selectors.example_rows(hub, kind)
    table = [[str(row.get(code, "")) for code in codes] for row in rows]

    verdicts = preview(bring(kind, codes, *table))

    assert [v.action for v in verdicts] == [Action.CREATE] * len(rows)
    assert len(rows) > 0


def test_one_bad_row_stops_the_sheet(hub: Organization, bring: Bring) -> None:
    batch = bring("farms", ["Ferme", "Courriel"], ["A", ""], ["B", "rien"])

    with pytest.raises(ImportHasErrors):
        imported(batch)

    assert Organization.objects.filter(hub=hub).count() == 0


def test_a_preview_that_is_old_is_refused(hub: Organization, bring: Bring) -> None:
    batch = bring("farms", ["Ferme"], ["A"])
    digest = digest_of(preview(batch))
    make_farm("A", hub=hub)

    with pytest.raises(ImportOutdated):
        run_import(batch=batch, digest=digest, only_good=False, now=NOW)

    assert batch.rows.count() == 0


def test_a_sheet_is_imported_once(bring: Bring) -> None:
    batch = bring("farms", ["Ferme"], ["A"])
    digest = digest_of(preview(batch))
    run_import(batch=batch, digest=digest, only_good=False, now=NOW)

    with pytest.raises(ImportIsOver):
        run_import(batch=batch, digest=digest, only_good=False, now=NOW)

    assert Organization.objects.filter(name="A").count() == 1


def test_the_choice_of_columns_is_remembered(hub: Organization, bring: Bring) -> None:
    sheet = SHEETS["farms"]
    batch = bring("farms", ["Qui", "Ferme"], ["A", "x"])
    choose_columns(batch=batch, sheet=sheet, chosen={0: "name", 1: ""})

    assert bring("farms", ["FERME", "qui"], ["x", "A"]).mapping == {
        "ferme": "",
        "qui": "name",
    }


def test_an_import_on_which_somebody_hangs_stays(
    hub: Organization, ana: Person, bring: Bring
) -> None:
    batch = imported(bring("farms", ["Ferme"], ["A"], ["B"]))
    make_producer(Organization.objects.get(name="B"))

    stops = services.stops_of([batch])
    with pytest.raises(ImportStays):
        services.undo_imports(batches=[batch], by=ana, now=NOW)

    assert [(s.row.number, s.is_changed, len(s.hangs)) for s in stops] == [
        (3, False, 1)
    ]
    assert (
        Organization.objects.filter(hub=hub).count(),
        Membership.objects.count(),
    ) == (
        2,
        2,
    )


def test_what_somebody_changed_since_is_not_put_back(
    hub: Organization, ana: Person, bring: Bring
) -> None:
    farm = make_farm("A", hub=hub)
    batch = imported(bring("farms", ["Ferme", "Tél"], ["A", "450"]))
    Organization.objects.filter(pk=farm.pk).update(contact_phone="514")

    assert [stop.is_changed for stop in services.stops_of([batch])] == [True]
    with pytest.raises(ImportStays):
        services.undo_imports(batches=[batch], by=ana, now=NOW)

    farm.refresh_from_db()
    assert farm.contact_phone == "514"


def test_an_undo_is_written_down(ana: Person, bring: Bring) -> None:
    batch = imported(bring("farms", ["Ferme"], ["A"]))

    services.undo_imports(batches=[batch], by=ana, now=NOW)

    batch.refresh_from_db()
    assert (batch.status, batch.undone_by, batch.undone_at) == ("undone", ana, NOW)
    assert batch.rows.count() == 1


def test_a_weight_that_buyers_were_promised_stays(
    hub: Organization, bring: Bring
) -> None:
    farm = make_farm("A", hub=hub)
    offer = make_offer(farm, hub=hub)
    make_availability(offer, week_on=monday_of(timezone.localdate()), reserved=1)
    variant = offer.variant
    header = ["Ferme", "Produit", "Format", "Poids"]
    row = ["A", variant.product.name_fr, variant.label_fr, "3 kg"]

    (verdict,) = preview(bring("products", header, row))

    assert [error.column for error in verdict.errors] == ["mass_g"]


def test_samples_stay_while_something_real_hangs_on_them(
    hub: Organization, ana: Person
) -> None:
    services.load_sample(hub=hub, step=Step.FARMS, by=ana, now=NOW)
    farm = Organization.objects.filter(hub=hub).first()
    assert farm is not None
    make_producer(farm)

    with pytest.raises(ImportStays):
        services.remove_samples(hub=hub, by=ana, now=NOW)

    assert Organization.objects.filter(hub=hub).count() == 2
