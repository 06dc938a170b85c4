"""French complete, with the same figures, spaced and spelled as in Quebec."""

import pytest

from tests.house import inspect_pages, inspect_words
from tests.house.missing_french import missing_french
from tests.house.sources import House, Plant

_PO = "hub/locale/fr_CA/LC_MESSAGES/django.po"
_HEAD = (
    'msgid ""\nmsgstr ""\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
)


def _catalogue(plant: Plant, english: str, french: str, **files: str) -> House:
    entry = f'msgid "{english}"\nmsgstr "{french}"\n'
    return plant({_PO: _HEAD + entry, **files})


def test_every_sentence_has_its_french(house):
    assert list(map(str, inspect_words.untranslated(house))) == []


def test_a_sentence_without_french_is_noticed(plant):
    view = '_("Close the cycle")\nngettext("%(n)s case", "%(n)s cases", n)\n'
    page = (
        '{% load i18n %}\n<p>{% trans "Today" %}</p>\n'
        "{% blocktranslate %}Open{% endblocktranslate %}\n"
    )
    house = _catalogue(
        plant,
        "Close the cycle",
        "Fermer le cycle",
        **{"hub/views.py": view, "hub/templates/hub/today.html": page},
    )

    complaints = list(map(str, inspect_words.untranslated(house)))

    assert complaints == [
        "hub/views.py:2: no French for '%(n)s case'",
        "hub/templates/hub/today.html:2: no French for 'Today'",
        "hub/templates/hub/today.html:3: no French for 'Open'",
    ]


def test_missing_french_is_printed_ready_to_fill_in(plant):
    view = '_("Close")\n_("Open")\nngettext("%(n)s case", "%(n)s cases", n)\n'
    house = _catalogue(plant, "Close", "Clore", **{"hub/views.py": view})

    page = missing_french(house, ("hub",))

    assert page == (
        '#: hub/views.py:2\nmsgid "Open"\nmsgstr ""\n\n'
        '#: hub/views.py:3\n#, python-format\nmsgid "%(n)s case"\n'
        'msgid_plural "%(n)s cases"\nmsgstr[0] ""\nmsgstr[1] ""\n\n'
    )


def test_tentative_french_is_noticed(plant):
    fuzzy = '#, fuzzy\nmsgid "Close"\nmsgstr "Clore"\n'
    house = plant({_PO: _HEAD + fuzzy, "hub/views.py": '_("Close")\n'})

    complaints = list(map(str, inspect_words.untranslated(house)))

    assert complaints == ["hub/views.py:1: no French for 'Close'"]


def test_no_sentence_is_translated_twice(house):
    assert list(map(str, inspect_words.said_twice(house))) == []


def test_a_sentence_translated_twice_is_noticed(plant):
    entry = 'msgid "Close "\n"it"\nmsgstr "Clore"\n\n'
    house = plant({_PO: _HEAD + entry + entry})

    complaints = list(map(str, inspect_words.said_twice(house)))

    assert complaints == [f"{_PO}:10: translated twice"]


def test_one_sentence_has_one_french(house):
    assert list(map(str, inspect_words.said_otherwise(house))) == []


def test_two_french_for_one_sentence_are_noticed(plant):
    path = "orders/locale/fr_CA/LC_MESSAGES/django.po"
    other = _HEAD + 'msgid "Close"\nmsgstr "Fermer"\n'
    house = _catalogue(plant, "Close", "Clore", **{path: other})

    complaints = list(map(str, inspect_words.said_otherwise(house)))

    assert complaints == [f"{path}:6: otherwise elsewhere: ('Fermer',)"]


def test_french_names_the_same_figures(house):
    assert list(map(str, inspect_words.broken_translations(house))) == []


@pytest.mark.parametrize("french", ["Il reste %(reste)s", "Il en reste"])
def test_french_with_other_figures_is_refused(plant, french):
    house = _catalogue(plant, "%(left)s left", french)

    complaints = [each.fault for each in inspect_words.broken_translations(house)]

    assert complaints == [f"other placeholders: {french!r}"]


def test_french_is_spelled_as_in_quebec(house):
    assert list(map(str, inspect_words.misspelled(house))) == []


@pytest.mark.parametrize(
    ("french", "fault"),
    [
        ("Fermer ?", "space before ; ! or ?"),
        ("Reste : rien", "breakable space before : » $ or %"),
        ("Reste: rien", "no space before :"),
        ("12 %", "breakable space before : » $ or %"),
        ("12%", "no space before % or $"),
        ("Le «\u00a0cycle»", "no no-break space in « »"),
        ("Votre email", "courriel, not e-mail"),
        ("L'offre", "straight apostrophe; write ’"),
    ],
)
def test_french_spelled_otherwise_is_refused(plant, french, fault):
    house = _catalogue(plant, "Words", french)

    complaints = [each.fault for each in inspect_words.misspelled(house)]

    assert complaints == [f"{fault}: {french!r}"]


def test_good_french_is_welcome(plant):
    french = "Reste\u00a0: %(left)s\u00a0$ à 14:05, dit «\u00a0oui\u00a0»! Courriel?"
    house = _catalogue(plant, "%(left)s", french)

    assert inspect_words.misspelled(house) == []


def test_pages_say_nothing_outside_translation(house):
    assert list(map(str, inspect_pages.bare_words(house))) == []


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>Nothing today</p>", "Nothing today"),
        ('<button aria-label="Close">×</button>', "Close"),
    ],
)
def test_words_outside_translation_are_refused(plant, markup, words):
    sound = '<p title="{% trans "Today" %}" class="big">{{ kilos }} kg</p>\n'
    house = plant({"hub/templates/hub/today.html": sound + markup})

    complaints = list(map(str, inspect_pages.bare_words(house)))

    assert complaints == [f"hub/templates/hub/today.html:2: not translated: {words!r}"]
