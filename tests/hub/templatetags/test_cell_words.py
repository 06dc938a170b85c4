"""What a preview shows of a fact is in the reader's words, and is read as that fact."""

import pytest
from django.utils.translation import gettext, override
from hypothesis import given
from hypothesis import strategies as st

from hub.core.imports import BUYERS, PLACES, Column, Shape, Value, read_cell
from hub.templatetags.cell_words import choices_in_words, in_words
from pricing.core.tier_sheet import TIERS
from producers.core.sheet import PRODUCTS
from routing.services.imports import SHEETS

LANGUAGES = st.sampled_from(["fr-ca", "en"])
MINUTES = st.integers(0, 24 * 60).map(lambda minute: minute * 60)
WINDOW = st.tuples(st.none() | st.integers(0, 6), MINUTES, MINUTES)
WINDOWS = st.lists(
    WINDOW.filter(lambda window: window[1] < window[2]).map(list),
    min_size=1,
    max_size=4,
    unique_by=tuple,
)
FACTS: dict[Shape, st.SearchStrategy[Value]] = {
    Shape.AMOUNT: st.integers(0, 9_999_999),
    Shape.MASS: st.integers(1, 2_000_000),
    Shape.VOLUME: st.integers(1, 2_000_000),
    Shape.COUNT: st.integers(0, 1_000_000),
    Shape.DEGREES: st.integers(-180_000_000, 180_000_000).map(lambda n: n / 1_000_000),
    Shape.YES_NO: st.booleans(),
    Shape.CLOCK: MINUTES,
    Shape.HOURS: WINDOWS.map(lambda windows: sorted(windows, key=_in_order)),
    Shape.TEXT: st.just("Ferme du Coteau"),
}


def _in_order(window: list[int | None]) -> tuple[int, ...]:
    return tuple(-1 if figure is None else figure for figure in window)


def column(shape: Shape) -> Column:
    return Column(code="x", label="X", shape=shape, highest=100_000_000)


@given(
    language=LANGUAGES,
    told=st.sampled_from(sorted(FACTS)).flatmap(
        lambda shape: st.tuples(st.just(shape), FACTS[shape])
    ),
)
def test_a_fact_in_words_is_read_again(
    language: str, told: tuple[Shape, Value]
) -> None:
    shape, value = told

    with override(language):
        text = in_words(column(shape), value)

    assert read_cell(column(shape), text) == value


@pytest.mark.parametrize(
    ("shape", "value", "french", "english"),
    [
        (Shape.AMOUNT, 123_450, "1 234,50 $", "$1,234.50"),
        (Shape.MASS, 10_250, "10,25 kg", "10.25 kg"),
        (Shape.MASS, 750, "750 g", "750 g"),
        (Shape.VOLUME, 25_500, "25,5 L", "25.5 L"),
        (Shape.COUNT, 12_000, "12 000", "12000"),
        (Shape.DEGREES, -73.622, "-73,622°", "-73.622°"),
        (Shape.YES_NO, True, "oui", "yes"),
        (Shape.YES_NO, False, "non", "no"),
        (Shape.CLOCK, 59_400, "16 h 30", "4:30 pm"),
        (
            Shape.HOURS,
            [[None, 21_600, 61_200], [3, 30_600, 86_400]],
            "6 h 00–17 h 00; jeudi 8 h 30–24:00",
            "6:00 am–5:00 pm; Thursday 8:30 am–24:00",
        ),
        (Shape.COUNT, None, "", ""),
        (Shape.TEXT, "", "", ""),
    ],
)
def test_a_fact_is_shown_as_the_reader_writes_it(
    shape: Shape, value: Value, french: str, english: str
) -> None:
    shown = {}
    for language in ("fr-ca", "en"):
        with override(language):
            shown[language] = in_words(column(shape), value).replace("\u00a0", " ")

    assert shown == {"fr-ca": french, "en": english}


@pytest.mark.parametrize("language", ["fr-ca", "en"])
@pytest.mark.parametrize("kind", sorted(SHEETS))
def test_every_choice_is_shown_in_words_that_are_read(kind: str, language: str) -> None:
    choices = [each for each in SHEETS[kind].columns if each.choices]

    with override(language):
        read = {
            each.code: [read_cell(each, words) for words in choices_in_words(each)]
            for each in choices
        }

    assert read == {each.code: list(each.choices) for each in choices}
    assert all(set(each.labels) == set(each.choices) for each in choices)


def test_a_choice_is_called_as_everywhere_else() -> None:
    cells = [
        (BUYERS.column("kind"), "buyer_group"),
        (PLACES.column("kind"), "drop_point"),
        (PRODUCTS.column("temperature_class"), "frozen"),
        (PRODUCTS.column("unit"), "case"),
        (TIERS.column("tier"), "solidaire"),
    ]
    names = {"family": {"vegetables": "Légumes"}}

    with override("fr-ca"):
        shown = [in_words(*cell) for cell in cells]
        family = in_words(PRODUCTS.column("family"), "vegetables", names)
        families = choices_in_words(PRODUCTS.column("family"), names)
        anew = gettext("Solidarity")

    assert shown == [
        "Groupe communautaire", "Point de chute", "Surgelé", "caisse", anew,
    ]  # fmt: skip
    assert (family, families) == ("Légumes", ["Légumes"])
