"""A PDF is read as its reader has it: accents, letters tied together, every string."""

import typst

from tests.access.papers import words_of_paper

SOURCE = """
#set document(title: "Été à l’étable")
#set text(font: "Libertinus Serif")
officiel #strong("1 234,56 $") #emph("œufs") #raw("a (b) \\\\ c")

#sys.inputs.letters
"""
LETTERS = "".join(map(chr, [*range(0x21, 0x7F), *range(0xC0, 0xD7)]))
"""Glyphs enough that the two bytes of some are a parenthesis or a backslash."""


def test_a_paper_is_read_in_whole_lines() -> None:
    made = typst.compile(SOURCE.encode(), format="pdf", sys_inputs={"letters": LETTERS})

    lines = [line for line in words_of_paper(made).split("\n") if line.strip()]

    title, *drawn = lines
    assert title == "Été à l’étable"
    assert drawn[:4] == ["officiel ", "1 234,56 $", "œufs", "a (b) \\ c"]
    assert "".join(drawn[4:]) == LETTERS


def test_what_stands_only_in_packed_bytes_is_not_read() -> None:
    made = typst.compile(b"#set text(size: 12.719pt)\nsaid", format="pdf")

    assert (b"12.719" in made, words_of_paper(made)) == (False, "said")
