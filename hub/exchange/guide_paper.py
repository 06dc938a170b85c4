"""A guide on paper: its words, pictures and contents as one tagged PDF.

Letter format, as all our papers, with margins that A4 leaves whole. The text reaches
the layout as data, never as source: what a guide says is printed, none of it obeyed.
A link to another guide becomes a note at the foot of its page.
"""

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from markdown_it.tree import SyntaxTreeNode

from hub.exchange.guides import (
    NAMES,
    Unreadable,
    anchor_of,
    folder_of,
    guide_of,
    is_picture,
    picture_in,
    target_of,
    text_of,
    tree_of,
)

PLAIN = ("bullet_list", "ordered_list", "list_item", "blockquote", "strong", "em")
"""What the layout knows by the name that Markdown gives it, with its parts."""


def pdf(name: str, language: str) -> bytes:
    """The guide of a role as a file; laid out again when its text or pictures change.

    Raises Unreadable when the text holds what no paper shows, and OSError without it.
    """
    path = folder_of(language) / f"{name}.md"
    taken = Path(settings.GUIDES_ROOT) / "pictures.json"
    return _printed(path, path.stat().st_mtime_ns, taken.stat().st_mtime_ns)


@lru_cache(maxsize=2 * len(NAMES))
def _printed(path: Path, _changed: int, _retaken: int) -> bytes:
    language = path.parent.name
    with translation.override("en" if language == "en" else "fr-ca"):
        contents = _("In this guide")
    return laid_out(path.read_text(encoding="utf-8"), language, contents)


def laid_out(text: str, language: str, contents: str) -> bytes:
    """A text of a guide as a PDF; `contents` is the heading of its table of contents.

    Raises Unreadable.
    """
    title, *blocks = tree_of(text).children
    guide = {
        "title": text_of(title),
        "language": language,
        "contents": contents,
        "blocks": [_block(block, language) for block in blocks],
    }
    made: bytes = typst.compile(  # type: ignore[call-overload] # bytes in a folder
        TEMPLATE.encode(),
        root=Path(settings.GUIDES_ROOT),
        format="pdf",
        sys_inputs={"guide": json.dumps(guide)},
    )
    return made


def _block(node: SyntaxTreeNode, language: str) -> dict[str, Any]:
    inner = node.children
    if node.type == "heading" and node.tag in ("h2", "h3"):
        said = [part for part in inner[0].children if part.type != "html_inline"]
        anchor = anchor_of(node) if node.tag == "h2" else ""
        return {
            "kind": node.tag,
            "anchor": anchor,
            "parts": _inlines(said, language),
        }
    if node.type == "paragraph" and is_picture(node):
        image = inner[0].children[0]
        path = f"/pictures/{picture_in(image)}"
        return {"kind": "picture", "path": path, "text": text_of(image), "parts": []}
    if node.type == "paragraph":
        kind = "words" if node.hidden else "paragraph"
        return {"kind": kind, "parts": _inlines(inner[0].children, language)}
    if node.type in PLAIN:
        return {"kind": node.type, "parts": [_block(part, language) for part in inner]}
    raise Unreadable(f"{node.type}: “{text_of(node)}”")


def _inlines(nodes: Iterable[SyntaxTreeNode], language: str) -> list[dict[str, Any]]:
    return [_inline(node, language) for node in nodes]


def _inline(node: SyntaxTreeNode, language: str) -> dict[str, Any]:
    if node.type in ("text", "softbreak", "code_inline"):
        kind = "code" if node.type == "code_inline" else "text"
        return {"kind": kind, "text": text_of(node), "parts": []}
    parts = _inlines(node.children, language)
    if node.type in PLAIN:
        return {"kind": node.type, "parts": parts}
    if node.type == "link":
        name, anchor = target_of(str(node.attrs["href"]))
        if name:
            note = _where(name, anchor, language)
            return {"kind": "elsewhere", "text": note, "parts": parts}
        return {"kind": "here", "anchor": anchor, "parts": parts}
    raise Unreadable(f"{node.type}: “{text_of(node)}”")


def _where(name: str, anchor: str, language: str) -> str:
    """Another guide by its title, and the section meant, for who holds the paper."""
    other = guide_of(name, language)
    titles = [each.title for each in other.sections if each.anchor == anchor]
    return ", ".join([other.title, *titles])


TEMPLATE = """
#let guide = json(bytes(sys.inputs.guide))
#set document(title: guide.title, date: none)
#set page(
  paper: "us-letter", margin: (x: 24mm, y: 22mm), numbering: "1 / 1",
  header: context if counter(page).get().first() > 1 {
    set text(size: 9pt, fill: luma(30%))
    guide.title
    h(1fr)
    "Charroi"
  },
)
#set text(
  font: ("Libertinus Serif", "DejaVu Sans Mono"),
  size: 11pt, fill: black, lang: guide.language,
)
#set par(leading: 0.7em, spacing: 1.1em)
#set list(spacing: 0.8em)
#set enum(spacing: 0.8em)
#show heading.where(level: 1): it => block(below: 6mm, text(size: 22pt, it.body))
#show heading.where(level: 2): it => block(
  above: 8mm, below: 3.5mm, text(size: 15pt, it.body))
#show heading.where(level: 3): it => block(
  above: 5mm, below: 2.5mm, text(size: 12pt, it.body))
#show figure.caption: it => text(size: 9pt, fill: luma(30%), it.body)
#show figure: set block(breakable: false, above: 5mm, below: 5mm)
#show outline: it => { it; v(4mm) }

#let laid(node) = {
  let inner = [#node.parts.map(laid).join()]
  if node.kind == "text" { node.text }
  else if node.kind == "code" { raw(node.text) }
  else if node.kind == "strong" { strong(inner) }
  else if node.kind == "em" { emph(inner) }
  else if node.kind == "here" { link(label(node.anchor), inner) }
  else if node.kind == "elsewhere" { [#inner#footnote(node.text)] }
  else if node.kind == "paragraph" { par(inner) }
  else if node.kind == "h2" [#heading(level: 2, inner)#label(node.anchor)]
  else if node.kind == "h3" { heading(level: 3, outlined: false, inner) }
  else if node.kind == "bullet_list" { list(..node.parts.map(laid)) }
  else if node.kind == "ordered_list" { enum(..node.parts.map(laid)) }
  else if node.kind == "blockquote" {
    block(
      width: 100%, inset: (x: 4mm, y: 3mm), fill: luma(94%),
      stroke: (left: 1.5pt + luma(40%)), inner)
  }
  else if node.kind == "picture" {
    figure(
      box(stroke: 0.5pt + luma(60%), image(node.path, width: 46mm, alt: node.text)),
      caption: node.text, numbering: none, supplement: none)
  }
  else { inner }
}

#heading(level: 1, outlined: false, guide.title)
#outline(
  title: text(size: 12pt, guide.contents),
  target: heading.where(level: 2), indent: 0mm)
#for node in guide.blocks { laid(node) }
"""
