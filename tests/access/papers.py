"""The words of a PDF that typst made, as a reader of the paper has them.

Its bytes are packed: a name of another hub would go unseen in them, and a short number
may stand there by chance. Only what our papers use is understood: streams packed by
zlib, fonts of two bytes a glyph with the table of their words, strings in parentheses.
"""

import re
import zlib
from collections.abc import Iterator

Objects = dict[int, tuple[bytes, bytes]]
Glyphs = dict[bytes, str]

OBJECT = re.compile(rb"^(\d+) 0 obj\s(.*?)(?:endobj|stream\r?\n)", re.S | re.M)
LENGTH = re.compile(rb"/Length (\d+)")
FONTS = re.compile(rb"/Font<<(.*?)>>", re.S)
NAMED = re.compile(rb"/(\w+) (\d+) 0 R")
GLYPH = re.compile(rb"<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>")
SPOKEN = re.compile(rb"/(?:Title|Alt|ActualText|T)(?: ?<FEFF([0-9A-F]*)>| ?\()")
STEP = re.compile(rb"/(\w+) [\d.]+ Tf|\(|T[jJ]\b")
IN_STRING = re.compile(rb"\\([0-7]{1,3}|.)|[()]|[^()\\]+", re.S)
ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def words_of_paper(content: bytes) -> str:
    """Every line of a PDF, its titles and the words for its pictures."""
    objects = _objects(content)
    lines = [line for head, _ in objects.values() for line in _spoken(head)]
    for head, stream in objects.values():
        drawn = [stream] if b"/Subtype/Form" in head else []
        for number in re.findall(rb"/Contents (\d+) 0 R", head):
            drawn.append(objects[int(number)][1])
        for each in drawn:
            lines += _shown(each, _fonts_of(head, objects))
    return "\n".join(lines)


def _objects(content: bytes) -> Objects:
    """What stands in the file by number: what is said of it, its stream unpacked."""
    objects = {}
    found = OBJECT.search(content)
    while found:
        end, stream = found.end(), b""
        length = LENGTH.search(found[2])
        if length and not found[0].endswith(b"endobj"):
            end += int(length[1])
            stream = content[found.end() : end]
        if b"/FlateDecode" in found[2]:
            stream = zlib.decompress(stream)
        objects[int(found[1])] = found[2], stream
        found = OBJECT.search(content, end)
    return objects


def _spoken(head: bytes) -> Iterator[str]:
    """What is read aloud or stands in the contents, beside what is drawn."""
    for found in SPOKEN.finditer(head):
        if found[1] is not None:
            yield bytes.fromhex(found[1].decode()).decode("utf-16-be")
        else:
            yield _string(head, found.end())[0].decode("latin-1")


def _fonts_of(head: bytes, objects: Objects) -> dict[bytes, Glyphs]:
    """The words of each glyph, by the name that a page gives to a font."""
    if elsewhere := re.search(rb"/Resources (\d+) 0 R", head):
        head = objects[int(elsewhere[1])][0]
    fonts = FONTS.search(head)
    return {
        name: _glyphs(objects[int(number)][0], objects)
        for name, number in NAMED.findall(fonts[1] if fonts else b"")
    }


def _glyphs(font: bytes, objects: Objects) -> Glyphs:
    [number] = re.findall(rb"/ToUnicode (\d+) 0 R", font)
    return {
        bytes.fromhex(glyph.decode()): bytes.fromhex(words.decode()).decode("utf-16-be")
        for glyph, words in GLYPH.findall(objects[int(number)][1])
    }


def _shown(stream: bytes, fonts: dict[bytes, Glyphs]) -> Iterator[str]:
    """The lines drawn: a string is of two bytes a glyph, and ends where `Tj` draws."""
    glyphs: Glyphs = {}
    line, at = b"", 0
    while step := STEP.search(stream, at):
        at = step.end()
        if step[1]:
            glyphs, line = fonts[step[1]], b""
        elif step[0] == b"(":
            string, at = _string(stream, at)
            line += string
        else:
            pairs = [line[start : start + 2] for start in range(0, len(line), 2)]
            yield "".join(glyphs[pair] for pair in pairs)
            line = b""


def _string(said: bytes, start: int) -> tuple[bytes, int]:
    """The string after its parenthesis, and where it ends; pairs within are its own."""
    depth, parts, at = 1, [], start
    while depth:
        found = IN_STRING.match(said, at)
        assert found is not None, "a string never ends"
        at = found.end()
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        parts.append(_meant(found))
    return b"".join(parts[:-1]), at


def _meant(found: re.Match[bytes]) -> bytes:
    escaped = found[1]
    if escaped is None:
        return found[0]
    return (
        bytes([int(escaped, 8)]) if escaped.isdigit() else ESCAPED.get(escaped, escaped)
    )
