"""Cells are read as people write them, in French or in English."""

import pytest

from hub.core.imports import BUYERS, CellRefused, Column, Shape, read_cell, written
from hub.core.imports.cells import REMEDIES, Value

MONDAY_TO_FRIDAY = [[day, 30_600, 39_600] for day in range(5)]


def column(shape: Shape) -> Column:
    kinds = BUYERS.column("kind").choices
    return Column(code="x", label="X", shape=shape, choices=kinds)


@pytest.mark.parametrize(
    ("shape", "text", "value"),
    [
        (Shape.TEXT, " Les\u00a0Jardins ", "Les Jardins"),
        (Shape.EMAIL, "Lea@Rang.Example", "lea@rang.example"),
        (Shape.AMOUNT, "12,50 $", 1_250),
        (Shape.AMOUNT, "$1,230.50", 123_050),
        (Shape.MASS, "2,5 kg", 2_500),
        (Shape.MASS, "2.5", 2_500),
        (Shape.MASS, "750 g", 750),
        (Shape.MASS, "10 lb", 4_536),
        (Shape.VOLUME, "25 L", 25_000),
        (Shape.VOLUME, "750 ml", 750),
        (Shape.COUNT, "1 200", 1_200),
        (Shape.DEGREES, "-73,615", -73.615),
        (Shape.DEGREES, "73.615° W", -73.615),
        (Shape.YES_NO, "Oui", True),
        (Shape.YES_NO, "no", False),
        (Shape.CLOCK, "6 h", 21_600),
        (Shape.CLOCK, "4:30 pm", 59_400),
        (Shape.HOURS, "8 h 30–11 h", [[None, 30_600, 39_600]]),
        (Shape.HOURS, "8:30 am to 11 am", [[None, 30_600, 39_600]]),
        (Shape.HOURS, "lun-ven 8h30 à 11h", MONDAY_TO_FRIDAY),
        (
            Shape.HOURS,
            "Thursday 13:00-16:00; lundi 8:30-11:00",
            [[0, 30_600, 39_600], [3, 46_800, 57_600]],
        ),
        (Shape.CHOICE, "École", "institution"),
    ],
)
def test_a_cell_is_read(shape: Shape, text: str, value: Value) -> None:
    assert read_cell(column(shape), text) == value


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        (Shape.TEXT, "x" * 121),
        (Shape.EMAIL, "lea at rang"),
        (Shape.AMOUNT, "1,230"),
        (Shape.AMOUNT, "-5"),
        (Shape.MASS, "beaucoup"),
        (Shape.VOLUME, "3 boîtes"),
        (Shape.COUNT, "1,5"),
        (Shape.DEGREES, "450"),
        (Shape.YES_NO, "peut-être"),
        (Shape.CLOCK, "25 h"),
        (Shape.HOURS, "11 h–8 h"),
        (Shape.HOURS, "le matin"),
        (Shape.CHOICE, "fanfare"),
    ],
)
def test_a_cell_that_cannot_be_read_says_what_to_write(shape: Shape, text: str) -> None:
    with pytest.raises(CellRefused) as refused:
        read_cell(column(shape), text)

    assert refused.value.sentence == REMEDIES[shape]
    assert refused.value.data["text"] == text[:60]


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        (Shape.AMOUNT, 5),
        (Shape.MASS, 10_250),
        (Shape.VOLUME, 40_000),
        (Shape.YES_NO, False),
        (Shape.CLOCK, 59_400),
        (Shape.HOURS, [[None, 0, 3_600], [6, 30_600, 86_400]]),
        (Shape.CHOICE, "buyer_group"),
    ],
)
def test_a_fact_that_is_written_is_read_again(shape: Shape, value: Value) -> None:
    assert read_cell(column(shape), written(column(shape), value)) == value
