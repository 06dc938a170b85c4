"""What the guides of people say, held against the catalogues and the browser tests."""

import ast
import re
from collections.abc import Iterable, Iterator

from markdown_it.tree import SyntaxTreeNode

from hub.exchange.guides import anchor_of, text_of
from hub.management.catalogues import Source
from tests.house.sources import House, dotted

PICTURE = re.compile(r"\.\./pictures/(\w\w)/([a-z0-9-]+)\.webp")
NUM_OWN_LETTERS = 8
_HOLE = re.compile(r"%\((\w+)\)[a-z]")


def labels_in(tree: SyntaxTreeNode) -> list[str]:
    """What a guide quotes from the screen: everything in bold."""
    return [text_of(node) for node in tree.walk() if node.type == "strong"]


def anchors_in(tree: SyntaxTreeNode) -> list[str]:
    """The names of the sections, in order."""
    return [
        anchor_of(node)
        for node in tree.walk()
        if node.type == "heading" and node.tag == "h2"
    ]


def links_in(tree: SyntaxTreeNode) -> list[str]:
    """Where a guide leads."""
    return [str(node.attrs["href"]) for node in tree.walk() if node.type == "link"]


def pictures_in(tree: SyntaxTreeNode) -> list[tuple[str, str]]:
    """The pictures shown: (language, name); a source written otherwise names none."""
    sources = [str(node.attrs["src"]) for node in tree.walk() if node.type == "image"]
    return [
        (found[1], found[2]) if (found := PICTURE.fullmatch(source)) else ("", source)
        for source in sources
    ]


def unknown_labels(labels: Iterable[str], said: Iterable[Source]) -> list[str]:
    """Find labels that no page of this language shows.

    A hole of a sentence (`Open %(name)s`) stands for any words, where the sentence
    has enough of its own.
    """
    forms = {form.strip() for each in said for form in _forms(each)}
    holed = [
        re.compile("(.+)".join(map(re.escape, _HOLE.sub("\0", form).split("\0"))))
        for form in forms
        if _HOLE.search(form) and len(_HOLE.sub("", form).strip()) >= NUM_OWN_LETTERS
    ]
    return [
        label
        for label in labels
        if label not in forms and not any(form.fullmatch(label) for form in holed)
    ]


def _forms(said: Source) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else said


def pictures_taken(house: House) -> Iterator[str]:
    """The pictures that browser tests make: `guide_picture(page, "name")`."""
    for source in house.files("tests/browser"):
        for node in source.nodes:
            if isinstance(node, ast.Call) and dotted(node.func) == "guide_picture":
                name = node.args[1]
                assert isinstance(name, ast.Constant), "name the picture in plain text"
                yield str(name.value)
