"""Catalogues of words: what the code says, and what each language makes of it.

One catalogue per language stands in `hub/locale`, with the strings of every app. An
app may carry a fragment of its own for a time (`<app>/locale/…`): `gather` reads the
fragments too, and `write` puts everything in one place. English sources are their
own English.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

LANGUAGES = ("fr_CA", "en")
APPS = ("config", "hub", "producers", "pricing", "vouchers", "orders", "routing")
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}
HEADER = "# Words of Charroi, gathered by `manage.py messages`."
UNTOLD = tuple(
    f'"{name}:'
    for name in (
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
    )
)
"""Lines of a header that would only repeat what Git knows."""

Source = str | tuple[str, str]
"""A string of the code, or its singular and its plural."""


def sources(root: Path) -> dict[Source, set[str]]:
    """Every string of the apps, with the files that say it."""
    found: dict[Source, set[str]] = {}
    for path in _files(root):
        for source in _said_in(path):
            found.setdefault(source, set()).add(path.relative_to(root).as_posix())
    return found


def gather(root: Path, language: str) -> dict[Source, Source]:
    """What is translated so far: the fragments, then the common catalogue.

    A fuzzy translation is only a guess: it does not count, as it is not compiled.
    """
    known: dict[Source, Source] = {}
    for path in [*sorted(fragments(root, language)), _common(root, language)]:
        for message in _messages(path):
            if (string := _complete(message.string)) and not message.fuzzy:
                known.setdefault(_pair(message.id), string)
    return known


def fragments(root: Path, language: str) -> list[Path]:
    """Catalogues that apps carry beside the common one."""
    common = _common(root, language)
    places = (f"{app}/locale/{language}/LC_MESSAGES/django.po" for app in APPS)
    return [
        root / place
        for place in places
        if (root / place).is_file() and root / place != common
    ]


def write(root: Path, language: str) -> list[Source]:
    """Write the common catalogue again and drop the fragments.

    Strings that the code no longer says are left out. Gives those without a
    translation.
    """
    known = gather(root, language)
    catalogue = Catalog(
        locale=language, header_comment=HEADER, charset="utf-8", fuzzy=False
    )
    missing = []
    for source, files in sorted(sources(root).items(), key=_by_file):
        string = known.get(source) or (source if language == "en" else "")
        if not string:
            missing.append(source)
        locations = [(name, 0) for name in sorted(files)]
        catalogue.add(source, string, locations=locations)
    _save(catalogue, _common(root, language))
    for fragment in fragments(root, language):
        fragment.unlink()
    return missing


def _by_file(entry: tuple[Source, set[str]]) -> tuple[str, str]:
    source, files = entry
    return min(files), source if isinstance(source, str) else source[0]


def _common(root: Path, language: str) -> Path:
    return root / f"hub/locale/{language}/LC_MESSAGES/django.po"


def _messages(path: Path) -> Iterator[Message]:
    if not path.is_file():
        return
    with path.open("rb") as file:
        yield from (message for message in read_po(file) if message.id)


def _pair(said: str | list[str] | tuple[str, ...]) -> Source:
    return said if isinstance(said, str) else (said[0], said[1])


def _complete(string: str | list[str] | tuple[str, ...] | None) -> Source | None:
    """The translation, or None when one of its forms is empty."""
    if not string or not all(string):
        return None
    return _pair(string)


def _files(root: Path) -> Iterator[Path]:
    for app in APPS:
        for pattern in ("*.py", "*.html", "*.txt"):
            for path in sorted((root / app).rglob(pattern)):
                if "migrations" not in path.parts and "formats" not in path.parts:
                    yield path


def _said_in(path: Path) -> Iterator[Source]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = templatize(text, origin=str(path))
    for _line, function, said, _comments in extract_python(
        BytesIO(text.encode()), KEYWORDS, (), {"encoding": "utf-8"}
    ):
        strings = [word for word in _listed(said) if isinstance(word, str) and word]
        if str(function).startswith("ngettext") and len(strings) >= 2:
            yield strings[0], strings[1]
        elif strings:
            yield strings[0]


def _listed(said: object) -> list[object]:
    return list(said) if isinstance(said, tuple | list) else [said]


def _save(catalogue: Catalog, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    written = BytesIO()
    write_po(written, catalogue, width=88, include_lineno=False, omit_header=False)
    lines = written.getvalue().decode().splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(UNTOLD)]
    path.write_text("".join(kept), encoding="utf-8")
