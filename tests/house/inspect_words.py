"""Words on screen: every source string has its French, spelled as in Quebec."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.house.sources import APPS, PACKAGES, Complaint, House, SourceFile

_CALLS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    **{f"gettext{kind}": None for kind in ("", "_lazy", "_noop")},
    **{f"ngettext{kind}": (1, 2) for kind in ("", "_lazy", "_noop")},
    **{f"pgettext{kind}": (2,) for kind in ("", "_lazy")},
    **{f"npgettext{kind}": (2, 3) for kind in ("", "_lazy")},
}
_PLACEHOLDER = re.compile(r"%\([a-z0-9_]+\)[sd]|\{[a-z0-9_]*\}")
_ENTRY = re.compile(r'^(?:msgctxt "(?:.*\n)+?)?msgid (?:".*"\n)+', re.M)
_BREAKABLE = "[ \t\n]"
_SPACE = "[ \t\n\u00a0\u202f]"
_SPELLING = (
    (re.compile(rf"{_SPACE}[;!?]"), "space before ; ! or ?"),
    (
        re.compile(rf"{_BREAKABLE}[:»$%](?![({{\w])"),
        "breakable space before : » $ or %",
    ),
    (re.compile(r"[^\W\d]:(?!/)(?=\s|$)"), "no space before :"),
    (re.compile(r"\d[%$](?!\()"), "no space before % or $"),
    (re.compile(rf"«(?!{_SPACE})|«{_BREAKABLE}|[^\s]»"), "no no-break space in « »"),
    (re.compile(r"[^\W\d_]'[^\W\d_]"), "straight apostrophe; write ’"),
    (re.compile(r"(?<![%(\w])e-?mails?\b|\bmails?\b", re.I), "courriel, not e-mail"),
)


@dataclass(frozen=True, slots=True)
class SourceString:
    """One English sentence of the code or of a template, and where it stands."""

    path: str
    line: int
    singular: str
    plural: str = ""

    def complain(self, fault: str) -> Complaint:
        """Point at the sentence where it is said."""
        return Complaint(self.path, self.line, fault)


def source_strings(house: House) -> Iterator[SourceString]:
    """Give every sentence marked for translation, in Python and in templates."""
    for source in house.package_files:
        yield from _marked(source, source.text)
    for suffix in (".html", ".txt"):
        for source in house.files(*APPS, suffix=suffix):
            if "templates" in source.rooms:
                yield from _marked(source, templatize(source.text))


def _marked(source: SourceFile, python: str) -> Iterator[SourceString]:
    stream = io.BytesIO(python.encode())
    for line, call, words, _ in extract_python(stream, _CALLS, [], {}):
        said = words if isinstance(words, tuple) else (words,)
        first = (_CALLS[str(call)] or (1,))[0] - 1
        singular, plural = (*said[first:], None, None)[:2]
        if isinstance(singular, str) and singular:
            has_plural = "ngettext" in str(call) or "npgettext" in str(call)
            yield SourceString(
                source.path, line, singular, str(plural) if has_plural else ""
            )


def catalogues(house: House, locale: str = "fr_CA") -> dict[str, Catalog]:
    """Read the catalogues of one language: the hub's and the apps' own."""
    found = sorted(house.root.glob(f"*/locale/{locale}/LC_MESSAGES/django.po"))
    return {
        path.relative_to(house.root).as_posix(): _read(path)
        for path in found
        if path.relative_to(house.root).parts[0] in PACKAGES
    }


@cache
def _read(path: Path) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream, locale="fr_CA")


def untranslated(house: House) -> list[Complaint]:
    """Find sentences that no catalogue says in French, or says only tentatively."""
    return [
        sentence.complain(f"no French for {sentence.singular!r}")
        for sentence in without_french(house)
    ]


def without_french(house: House) -> list[SourceString]:
    """Give the sentences that still wait for a translator."""
    known = {
        _english(message)
        for catalogue in catalogues(house).values()
        for message in catalogue
        if message.id and all(_french(message)) and not message.fuzzy
    }
    return [
        sentence for sentence in source_strings(house) if sentence.singular not in known
    ]


def said_twice(house: House) -> list[Complaint]:
    """Find English that stands twice in one file: its compiler would stop."""
    return [
        Complaint(path, text.count("\n", 0, entry.start()) + 1, "translated twice")
        for path in catalogues(house)
        for text in [(house.root / path).read_text()]
        for entry, is_repeated in _entries(text)
        if is_repeated
    ]


def _entries(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    seen: set[str] = set()
    for entry in _ENTRY.finditer(text):
        said = "".join(re.findall(r'"(.*)"', entry[0]))
        yield entry, said in seen
        seen.add(said)


def said_otherwise(house: House) -> list[Complaint]:
    """Find English that two files put into French differently: one thing, one word."""
    first: dict[str, tuple[str, ...]] = {}
    return [
        Complaint(path, message.lineno or 1, f"otherwise elsewhere: {french!r}")
        for path, message in _messages(house)
        for french in [_french(message)]
        if first.setdefault(_english(message), french) != french
    ]


def broken_translations(house: House) -> list[Complaint]:
    """Find French that names other figures than its English."""
    return [
        Complaint(path, message.lineno or 1, f"other placeholders: {french!r}")
        for path, message in _messages(house)
        for french in _french(message)
        if not _placeholders(french) <= _placeholders(*_sources(message))
        or _placeholders(_english(message)) - _placeholders(*_french(message))
    ]


def misspelled(house: House) -> list[Complaint]:
    """Find French that is not spaced and spelled as it is in Quebec.

    No space before `; ! ?`; a no-break space before `: % $ »` and after `«`.
    """
    return [
        Complaint(path, message.lineno or 1, f"{fault}: {french!r}")
        for path, message in _messages(house)
        for french in _french(message)
        for pattern, fault in _SPELLING
        if pattern.search(_PLACEHOLDER.sub("x", french))
    ]


def _messages(house: House) -> Iterator[tuple[str, Message]]:
    for path, catalogue in catalogues(house).items():
        for message in catalogue:
            if message.id and all(_french(message)):
                yield path, message


def _sources(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _english(message: Message) -> str:
    return _sources(message)[0]


def _french(message: Message) -> tuple[str, ...]:
    text = message.string
    return (text,) if isinstance(text, str) else tuple(text or ())


def _placeholders(*texts: str) -> set[str]:
    return {found for text in texts for found in _PLACEHOLDER.findall(text)}
