"""A guide on paper: every word printed as it is, none of it read as an order."""

import pytest
import typst

from hub.exchange.guide_paper import laid_out, pdf
from hub.exchange.guides import Unreadable

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
    made = laid_out(text_with(words), "fr", words)

    assert made[:5] == b"%PDF-"


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


def test_each_language_has_its_own_file() -> None:
    assert pdf("driver", "fr-ca") != pdf("driver", "en")
