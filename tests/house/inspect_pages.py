"""What a strict Content-Security-Policy asks of templates, scripts and styles."""

import re
from collections.abc import Iterator

from tests.house.sources import APPS, Complaint, House, SourceFile

# Links a person may follow, and names that are not addresses; never fetched.
ALLOWED_ADDRESSES = (
    "http://www.w3.org/",
    "https://www.openstreetmap.org/copyright",
    "https://openstreetmap.org/copyright",
    "https://opendatacommons.org/licenses/odbl",
)

_FETCHED_OR_DATA = r"[^>]*\b(?:src\s*=|type\s*=\s*.application/json)"
_FAULTS = (
    (re.compile(rf"<script\b(?!{_FETCHED_OR_DATA})", re.I), "script inside a page"),
    (re.compile(r"<style\b", re.I), "style inside a page"),
    (re.compile(r"\sstyle\s*=", re.I), "style attribute"),
    (re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I), "event attribute"),
    (re.compile(r"\shx-on[:\-a-z]*\s*=", re.I), "htmx event attribute"),
    (re.compile(r"javascript:", re.I), "javascript: address"),
    (re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off"), "text let through unescaped"),
)
_ADDRESS = re.compile(r"(?:https?:)?//[a-z0-9][\w.-]*\.[a-z]{2,}[^\s\"'<>)]*", re.I)
_COMMENTS = re.compile(r"{#.*?#}|<!--.*?-->|/\*.*?\*/", re.S)
_SCRIPT_EVAL = re.compile(r"\beval\(|\bnew Function\(|\.innerHTML\s*=|document\.write")

# Names and signs that read the same in both languages.
_SAME_WORDS = re.compile(
    r"\b(?:Charroi|OpenStreetMap|ODbL|AGPL|Français|English|FR|EN|CSV|GPX|GeoJSON|PDF"
    r"|kg|km|min|CO2|TPS|TVQ|nbsp|times|middot|rarr|larr|mdash|ndash|amp)\b"
)
_TRANSLATED = re.compile(
    r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}"
    r"|{%\s*comment.*?endcomment\s*%}|{%.*?%}|{{.*?}}|<script\b.*?</script>|<!.*?>",
    re.S,
)
_READ_ALOUD = re.compile(
    r"\b(?:title|alt|placeholder|aria-[a-z]+text|aria-label)="
    r"\s*(?:\"([^\"]*)\"|'([^']*)')",
    re.I,
)
_TAG = re.compile(r"<[^>]*>")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def bare_words(house: House) -> list[Complaint]:
    """Find words in templates that no translator will ever see."""
    return [
        source.complain(line, f"not translated: {words!r}")
        for source in house.files(*APPS, suffix=".html")
        for line, words in _spoken(source)
        if _LETTERS.search(_SAME_WORDS.sub("", words))
    ]


def _spoken(source: SourceFile) -> Iterator[tuple[int, str]]:
    """Give what is left to read, line by line, once tags and variables are gone."""
    text = _blank(_TRANSLATED, _blank(_COMMENTS, source.text))
    for match in _READ_ALOUD.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match[1] or match[2] or ""
    for line, words in enumerate(_blank(_TAG, text).splitlines(), start=1):
        yield line, words.strip()


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """Take matches out and keep the numbering of lines."""
    return pattern.sub(lambda found: "\n" * found[0].count("\n"), text)


def inline_code(house: House) -> list[Complaint]:
    """Find script and style written inside templates."""
    return [
        source.complain(line, fault)
        for source in house.files(*APPS, "config", suffix=".html")
        for pattern, fault in _FAULTS
        for line, _ in _found(source, pattern)
    ]


def foreign_addresses(house: House) -> list[Complaint]:
    """Find addresses of other hosts in templates, scripts and styles."""
    return [
        source.complain(line, f"address of another host: {address}")
        for suffix in (".html", ".js", ".css", ".svg", ".webmanifest")
        for source in house.files(*APPS, "config", suffix=suffix)
        for line, address in _found(source, _ADDRESS)
        if not address.startswith(ALLOWED_ADDRESSES)
    ]


def unsafe_scripts(house: House) -> list[Complaint]:
    """Find scripts that run or write text as code."""
    return [
        source.complain(line, "text run or written as code")
        for source in house.files(*APPS, suffix=".js")
        for line, _ in _found(source, _SCRIPT_EVAL)
    ]


def _found(source: SourceFile, pattern: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Give line and text of each match outside comments."""
    bare = _blank(_COMMENTS, source.text)
    for match in pattern.finditer(bare):
        yield bare.count("\n", 0, match.start()) + 1, match[0].strip()
