"""The guides of people, read from `docs/guides` and written as a page.

The same Markdown is read on a code host and here. It may hold headings, paragraphs,
lists, links to other guides, stress, and three things with a meaning of their own:
`**a label of the screen**`, `## <a id="week"></a>A section` whose address never
changes, and a picture alone in its paragraph, made by the browser tests.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from hub.core.roles import ROLES

EVERYONE = "everyone"
WORDS = "words"
NAMES = (EVERYONE, *ROLES, WORDS)
"""Every guide in reading order: what concerns all, each role, the words explained."""

_ANCHOR = re.compile(r'<a id="([a-z][a-z0-9-]*)">')
_LINK = re.compile(r"(?:([a-z_]+)\.md)?(?:#([a-z][a-z0-9-]*))?")
_PICTURE = re.compile(r"\.\./pictures/((?:fr|en)/[a-z0-9-]+\.webp)")


class Unreadable(ValueError):
    """A guide holds what a page could not show: its author is to mend it."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the second rank: what a table of contents links to."""

    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Guide:
    """One guide in one language, ready for a page."""

    name: str
    title: str
    sections: tuple[Section, ...]
    body: SafeString


def folder_of(language: str) -> Path:
    """Where the texts of a language stand: "fr-ca" and "en" have one each."""
    return Path(settings.GUIDES_ROOT) / ("en" if language == "en" else "fr")


def guide_of(name: str, language: str) -> Guide:
    """The guide of a role; it is read again when its file or its pictures change.

    Raises Unreadable when the text holds what no page shows, and OSError without it.
    """
    path = folder_of(language) / f"{name}.md"
    taken = Path(settings.GUIDES_ROOT) / "pictures.json"
    return _read(path, path.stat().st_mtime_ns, taken, taken.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int, taken: Path, _retaken: int) -> Guide:
    tree = tree_of(path.read_text(encoding="utf-8"))
    sizes = json.loads(taken.read_text(encoding="utf-8"))
    title, *blocks = tree.children
    if (title.type, title.tag) != ("heading", "h1"):
        raise Unreadable(f"{path.name} does not begin with its title")
    return Guide(
        name=path.stem,
        title=text_of(title),
        sections=tuple(
            Section(anchor=anchor_of(block), title=text_of(block))
            for block in blocks
            if block.tag == "h2"
        ),
        body=_together(_block(block, sizes) for block in blocks),
    )


def tree_of(text: str) -> SyntaxTreeNode:
    """The text as a tree; of its HTML, only the anchors of sections are ever shown."""
    return SyntaxTreeNode(MarkdownIt("commonmark").parse(text))


def text_of(node: SyntaxTreeNode) -> str:
    """The words of a node, without its marks."""
    if node.type in ("text", "code_inline"):
        return str(node.content)
    if node.type == "softbreak":
        return " "
    return "".join(map(text_of, node.children))


def anchor_of(heading: SyntaxTreeNode) -> str:
    """The name of a section, the same in every language. Raises Unreadable."""
    first = heading.children[0].children[0]
    found = _ANCHOR.fullmatch(first.content) if first.type == "html_inline" else None
    if found is None:
        raise Unreadable(f"“{text_of(heading)}” has no name to link to")
    return found[1]


def _together(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _block(node: SyntaxTreeNode, sizes: dict[str, dict[str, int]]) -> SafeString:
    inner = node.children
    if node.type == "heading" and node.tag in ("h2", "h3"):
        said = [part for part in inner[0].children if part.type != "html_inline"]
        name = anchor_of(node) if node.tag == "h2" else ""
        mark = format_html(' id="{}"', name) if name else ""
        return format_html("<{0}{1}>{2}</{0}>\n", node.tag, mark, _inlines(said))
    if node.type == "paragraph" and is_picture(node):
        return _picture(inner[0].children[0], sizes)
    if node.type == "paragraph":
        words = _inlines(inner[0].children)
        return words if node.hidden else format_html("<p>{}</p>\n", words)
    if node.type in ("bullet_list", "ordered_list", "list_item", "blockquote"):
        parts = _together(_block(part, sizes) for part in inner)
        return format_html("<{0}>{1}</{0}>\n", node.tag, parts)
    raise Unreadable(f"{node.type}: “{text_of(node)}”")


def is_picture(paragraph: SyntaxTreeNode) -> bool:
    """Whether a picture stands alone there."""
    return [part.type for part in paragraph.children[0].children] == ["image"]


def picture_in(image: SyntaxTreeNode) -> str:
    """The path of a picture below those of the guides. Raises Unreadable."""
    found = _PICTURE.fullmatch(str(image.attrs["src"]))
    if found is None:
        raise Unreadable(f"{image.attrs['src']} is no picture of the guides")
    return found[1]


def _picture(image: SyntaxTreeNode, sizes: dict[str, dict[str, int]]) -> SafeString:
    path = picture_in(image)
    size = sizes.get(Path(path).stem)
    if size is None:
        raise Unreadable(f"{path} was made by no browser test")
    return format_html(
        '<figure><img src="{}" alt="{}" width="{}" height="{}" loading="lazy">'
        "</figure>\n",
        static(f"guides/{path}"),
        text_of(image),
        size["width"],
        size["height"],
    )


def _inlines(nodes: Iterable[SyntaxTreeNode]) -> SafeString:
    return _together(map(_inline, nodes))


def _inline(node: SyntaxTreeNode) -> SafeString:
    if node.type in ("text", "softbreak"):
        return format_html("{}", text_of(node))
    if node.type == "strong":
        return format_html("<b>{}</b>", _inlines(node.children))
    if node.type == "em":
        return format_html("<em>{}</em>", _inlines(node.children))
    if node.type == "code_inline":
        return format_html("<code>{}</code>", node.content)
    if node.type == "link":
        address = _address(str(node.attrs["href"]))
        return format_html('<a href="{}">{}</a>', address, _inlines(node.children))
    raise Unreadable(f"{node.type}: “{text_of(node)}”")


def _address(written: str) -> str:
    """Where a link of the text leads on the site. Raises Unreadable."""
    name, anchor = target_of(written)
    page = reverse("hub:guide", args=[name]) if name else ""
    return f"{page}#{anchor}" if anchor else page


def target_of(written: str) -> tuple[str, str]:
    """The guide and the section a link names; "" is this guide, or its beginning.

    Raises Unreadable.
    """
    found = _LINK.fullmatch(written)
    if found is None or not written or (found[1] and found[1] not in NAMES):
        raise Unreadable(f"a link leads nowhere: {written}")
    return found[1] or "", found[2] or ""
