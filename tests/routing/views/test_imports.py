"""Sheets on their pages: in the reader's words, and nothing left out in silence."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hub.exchange.spreadsheet import table_of_file
from hub.models import ImportBatch, Organization, Person, Place
from hub.services.families import plant_first_families
from routing.services.imports import SHEETS, preview
from tests.factories.hub import (
    make_buyer,
    make_coordinator,
    make_farm,
    make_hub,
    make_place,
)
from tests.factories.imports import bring

pytestmark = pytest.mark.django_db
Read = Callable[[str], Client]
PRODUCTS = (
    "Ferme;Produit;Famille;Format;Unité;Poids;Température;Prix\n"
    "Ferme A;Chou;Légumes;caisse 12 kg;caisse;12,25 kg;frais;12,50\n"
)
PLACE = (
    "Membre;Lieu;Genre;Lat;Long;Horaire;Hayon\n"
    "Ferme A;Grange;ferme;45,5;-73,5;6 h–17 h;x\n"
)


@pytest.fixture
def hub() -> Organization:
    return make_hub("Pôle Est")


@pytest.fixture
def ana(hub: Organization) -> Person:
    return make_coordinator(hub)


@pytest.fixture
def reading(ana: Person) -> Read:
    """A client of Ana's that reads one language."""

    def entered(language: str) -> Client:
        client = Client(headers={"accept-language": language})
        client.force_login(ana, "django.contrib.auth.backends.ModelBackend")
        return client

    return entered


def text_of(answer) -> str:
    page = answer.content.decode().replace("\u00a0", " ")
    body = page[page.index("<main") :]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def send(client: Client, kind: str, sheet: bytes, name: str = "feuille.csv") -> str:
    """The preview of a sheet that was sent."""
    upload = SimpleUploadedFile(name, sheet)
    answer = client.post(f"/routing/imports/{kind}/new/", {"file": upload}, follow=True)
    assert answer.status_code == 200
    return text_of(answer)


@pytest.mark.parametrize(
    ("language", "kind", "sheet", "cells"),
    [
        (
            "fr",
            "products",
            PRODUCTS,
            "Famille – Légumes|Unité – caisse|Poids d’une unité – 12,25 kg"
            "|Température – Réfrigéré|Prix d’une unité (en $) – 12,50 $",
        ),
        (
            "en",
            "products",
            PRODUCTS,
            "Family – Vegetables|Unit – case|Weight of one unit – 12.25 kg"
            "|Temperature – Chilled|Price of one unit ($) – $12.50",
        ),
        (
            "fr",
            "places",
            PLACE,
            "Type – Ferme|Latitude – 45,5°|Longitude – -73,5°|Heures – 6 h 00–17 h 00"
            "|Hayon nécessaire – oui",
        ),
        (
            "en",
            "places",
            PLACE,
            "Kind – Farm|Latitude – 45.5°|Longitude – -73.5°"
            "|Hours – 6:00 am–5:00 pm|Tailgate needed – yes",
        ),
    ],
)
def test_a_preview_is_in_the_words_of_who_reads_it(
    hub: Organization, reading: Read, language: str, kind: str, sheet: str, cells: str
) -> None:
    make_farm("Ferme A", hub=hub)
    plant_first_families()

    page = send(reading(language), kind, sheet.encode())

    assert [cell for cell in cells.split("|") if cell not in page] == []


def test_the_facts_of_a_row_stand_in_the_order_of_their_columns(
    hub: Organization, reading: Read
) -> None:
    make_farm("Ferme A", hub=hub)

    page = send(reading("fr"), "places", PLACE.encode())

    row = page[page.index("Détails", page.index("Ligne par ligne")) :]
    labels = re.findall(r"(Organisme|Nom du lieu|Type|Latitude|Heures) – ", row)
    assert labels == ["Organisme", "Nom du lieu", "Type", "Latitude", "Heures"]


def test_a_word_that_is_not_known_names_those_that_are(
    hub: Organization, reading: Read
) -> None:
    page = send(reading("en"), "buyers", b"Nom,Type\nA,fanfare\n")

    assert "Write one of: Community group, Institution." in page


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", sorted(SHEETS))
def test_a_model_filled_as_it_is_imports_in_the_language_it_came_in(
    hub: Organization, reading: Read, kind: str, language: str
) -> None:
    make_farm("Ferme A", hub=hub)
    make_buyer("Cuisine", hub=hub)
    make_place(hub, kind=Place.Kind.HUB)
    plant_first_families()
    client = reading(language)
    if kind == "tiers":
        client.post("/pricing/start/")
    answer = client.get(f"/routing/imports/{kind}/model/")
    rows = table_of_file(answer.content)

    send(client, kind, answer.content, "modele.xlsx")

    batch = ImportBatch.objects.get(status="draft")
    verdicts = preview(batch)
    assert [(v.action.value, v.errors) for v in verdicts] == [
        ("change" if kind == "tiers" else "create", ())
    ] * len(rows[2:])
    assert len(rows) > 2
    said = {code for code in batch.mapping.values() if code}
    assert said == {column.code for column in SHEETS[kind].columns}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["Groupe communautaire", "Institution"]),
        ("en", ["Community group", "Institution"]),
    ],
)
def test_a_model_holds_words_and_no_code(
    reading: Read, language: str, words: list[str]
) -> None:
    answer = reading(language).get("/routing/imports/buyers/model/")

    rows = table_of_file(answer.content)

    assert [row[1] for row in rows[2:]] == words


@pytest.mark.parametrize(
    ("language", "names"),
    [("fr", "charroi-acheteurs.xlsx"), ("en", "charroi-buyers.xlsx")],
)
def test_a_model_is_named_in_the_language_of_who_takes_it(
    reading: Read, language: str, names: str
) -> None:
    answer = reading(language).get("/routing/imports/buyers/model/")

    assert answer.headers["Content-Disposition"] == f'attachment; filename="{names}"'


def test_rows_that_were_left_out_are_told_with_their_reason(
    hub: Organization, reading: Read
) -> None:
    client = reading("en")
    sheet = b"Ferme,Courriel\nA,a@exemple.ca\nB,rien\n"
    upload = SimpleUploadedFile("fermes.csv", sheet)
    shown = client.post("/routing/imports/farms/new/", {"file": upload}, follow=True)
    digest = re.search(r'name="digest" value="(\w+)"', shown.content.decode())
    assert digest is not None
    address = shown.redirect_chain[-1][0]

    client.post(f"{address}confirm/", {"digest": digest[1], "only_good": "yes"})
    page = text_of(client.get(address))

    assert "Rows that were left out" in page
    assert "Row 3, B: Email – “rien” is not an email address." in page
    assert list(hub.members.values_list("name", flat=True)) == ["A"]
    batch = ImportBatch.objects.get()
    assert [row["number"] for row in batch.left_out] == [3]


def test_an_import_is_taken_back_whole_after_rows_were_left_out(
    hub: Organization, reading: Read
) -> None:
    client = reading("en")
    make_farm("Ferme C", hub=hub)
    sheet = b"Ferme,Courriel\nA,a@exemple.ca\nB,rien\nFerme C,c@exemple.ca\n"
    upload = SimpleUploadedFile("fermes.csv", sheet)
    shown = client.post("/routing/imports/farms/new/", {"file": upload}, follow=True)
    digest = re.search(r'name="digest" value="(\w+)"', shown.content.decode())
    assert digest is not None
    address = shown.redirect_chain[-1][0]
    members = hub.members.order_by("name").values_list("name", "contact_email")
    before = list(members.all())

    client.post(f"{address}confirm/", {"digest": digest[1], "only_good": "yes"})
    between = list(members.all())
    client.post(f"{address}undo/")
    page = text_of(client.get(address))

    assert between == [("A", "a@exemple.ca"), ("Ferme C", "c@exemple.ca")]
    assert list(members.all()) == before
    assert "Row 3, B: Email – “rien” is not an email address." in page
    assert "Mend them before you send your sheet again." in page
    assert "Take the whole import back" not in page


def test_a_whole_import_leaves_nothing_out(hub: Organization, reading: Read) -> None:
    client = reading("en")
    upload = SimpleUploadedFile("fermes.csv", b"Ferme\nA\n")
    shown = client.post("/routing/imports/farms/new/", {"file": upload}, follow=True)
    digest = re.search(r'name="digest" value="(\w+)"', shown.content.decode())
    assert digest is not None
    address = shown.redirect_chain[-1][0]

    client.post(f"{address}confirm/", {"digest": digest[1]})

    assert "Rows that were left out" not in text_of(client.get(address))


def test_sheets_that_wait_are_listed_to_their_hub_to_go_on_or_throw_away(
    hub: Organization, ana: Person, reading: Read
) -> None:
    other = make_hub("Pôle Ouest")
    bring(other, make_coordinator(other), "farms", ["Ferme"], ["Z"])
    mine = bring(hub, ana, "trucks", ["Camion"], ["Le Blanc"])
    client = reading("fr")

    page = client.get("/routing/imports/").content.decode()
    address = f"/routing/imports/{mine.public_id}/"
    client.post(f"{address}discard/")
    after = client.get("/routing/imports/").content.decode()

    assert re.findall(r'href="(/routing/imports/\w{8,}/)"', page) == [address]
    assert page.count(f'action="{address}discard/"') == 1
    assert ("À confirmer" in page, "À confirmer" in after) == (True, False)
