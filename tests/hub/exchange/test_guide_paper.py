"""A guide on paper: every word printed as it is, none of it read as an order."""

import pytest
import typst

from hub.exchange.guide_paper import laid_out, pdf
from hub.exchange.guides import NAMES, Unreadable, folder_of, text_of, tree_of
from tests.access.papers import words_of_paper

HOSTILE = (
    '#panic("read as source")',
    '"); #panic("out of its string")',
    '#read("/pictures.json")',
    '#include "/nothing.typ"',
    "#(1/0)",
    "$ x",
    "@week",
    r"\u{nothing}",
    "#}]",
)


NUM_SAID = 19
"""Drawn, in the table of contents, in its links and for a reader's voice."""


def solid(text: str) -> str:
    """Without blanks and turns of line."""
    return "".join(text.split())


def text_with(words: str) -> str:
    """A guide that says the same words wherever a guide may say some."""
    return f"""# {words}

{words} **{words}** *{words}* [{words}](#week), [{words}](everyone.md#sign-in)

## <a id="week"></a>{words}

- {words}

1. {words}

> {words}

### {words}
"""


@pytest.mark.parametrize("words", HOSTILE)
def test_what_a_guide_says_is_printed_and_never_obeyed(words: str) -> None:
    printed = words_of_paper(laid_out(text_with(words), "fr", words))

    # A line may be cut where it turns, at a blank.
    assert solid(printed).count(solid(words)) == NUM_SAID


@pytest.mark.parametrize("words", HOSTILE)
def test_the_same_words_as_source_are_refused(words: str) -> None:
    with pytest.raises(typst.TypstError):
        typst.compile(words.encode(), format="pdf")


@pytest.mark.parametrize(
    "text",
    [
        "![outside](../../../manage.py)",
        "![outside](../pictures/fr/../../x.webp)",
        "[nowhere](https://exemple.test)",
        "[nowhere](king.md)",
        "<script>alert(1)</script>",
        "a <b>word</b>",
        "```\ncode\n```",
    ],
)
def test_what_no_paper_shows_is_told_to_the_author(text: str) -> None:
    with pytest.raises(Unreadable):
        laid_out(f"# Title\n\n{text}\n", "fr", "Contents")


def test_a_guide_is_tagged_named_and_made_once() -> None:
    made = pdf("driver", "fr-ca")

    found = [word in made for word in (b"/StructTreeRoot", b"/MarkInfo", b"/Outlines")]
    assert (found, pdf("driver", "fr") is made) == ([True, True, True], True)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_guide_is_printed_to_its_last_word(name: str, language: str) -> None:
    tree = tree_of((folder_of(language) / f"{name}.md").read_text())

    printed = letters_of(words_of_paper(pdf(name, language)))

    said = [text_of(node) for node in tree.walk() if node.type == "text"]
    assert [text for text in said if letters_of(text) not in printed] == []


def letters_of(text: str) -> str:
    """A line of the paper ends anywhere: its letters alone are compared."""
    return "".join(filter(str.isalnum, text))


def test_each_language_has_its_own_file() -> None:
    assert pdf("driver", "fr-ca") != pdf("driver", "en")
