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
)
_ADDRESS = re.compile(r"(?:https?:)?//[a-z0-9][\w.-]*\.[a-z]{2,}[^\s\"'<>)]*", re.I)
_COMMENTS = re.compile(r"{#.*?#}|<!--.*?-->|/\*.*?\*/", re.S)
_SCRIPT_EVAL = re.compile(r"\beval\(|\bnew Function\(|\.innerHTML\s*=|document\.write")


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
    bare = _COMMENTS.sub(lambda comment: "\n" * comment[0].count("\n"), source.text)
    for match in pattern.finditer(bare):
        yield bare.count("\n", 0, match.start()) + 1, match[0].strip()
