"""One sheet, laid out as a tagged PDF."""

import pytest

from hub.exchange.sheet import Part, Sheet, door_of, pdf

SHEET = Sheet(
    title="Manifest — #truck [A] $1",
    about=("jeudi", "Frigo"),
    parts=(
        Part(
            heading="A1",
            columns=("Produit", "Caisses"),
            rows=(("Carottes *", "4"),),
            numbers=(1,),
            total=("Total", "4"),
            notes=("Bon de commande : 12",),
        ),
    ),
    blanks=("Signature",),
)


def test_a_sheet_is_a_tagged_pdf_with_a_title():
    made = pdf([SHEET])

    found = [word in made for word in (b"%PDF-", b"/StructTreeRoot", b"/MarkInfo")]
    assert found == [True, True, True]


@pytest.mark.parametrize("empty", [[], [Sheet(title="Rien")]])
def test_a_sheet_without_rows_is_still_a_page(empty):
    assert pdf(empty)[:5] == b"%PDF-"


def test_every_cell_knows_its_column_on_a_narrow_screen():
    [part] = SHEET.parts

    assert part.told_rows == [[("Produit", "Carottes *"), ("Caisses", "4")]]
    assert part.told_total == [("Produit", "Total"), ("Caisses", "4")]


def test_a_door_that_bears_the_name_of_its_receiver_is_said_once():
    assert door_of("CPE du Parc", "CPE du Parc") == "CPE du Parc"
    assert door_of("Porte arrière", "CPE du Parc") == "Porte arrière · CPE du Parc"
