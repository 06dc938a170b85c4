"""What a translated sentence must keep, and how Quebec spaces its signs."""

import re

from hub.management.catalogues import Source

NO_BREAK = "\u00a0"

_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%%")
_SPACE = f"[ {NO_BREAK}\u202f]"
_SPACING = (
    (re.compile(rf"{_SPACE}[;!?]"), "a space before ; ! or ?"),
    (re.compile(rf"(?<![{NO_BREAK}\d]):(?!//|\d)"), "no no-break space before :"),
    (re.compile(rf"(?<![{NO_BREAK}(])[»$]"), "no no-break space before » or $"),
    (re.compile(rf"«(?!{NO_BREAK})"), "no no-break space after «"),
    (re.compile(r"\d[ ]?%(?![(a-z])"), "no no-break space before %"),
    (re.compile(r"'"), "a straight apostrophe"),
    (re.compile(r"[“”]"), "English quotation marks"),
)
_FOREIGN = re.compile(r"\be-?mails?\b|\bmails?\b|\bmèls?\b", re.I)


def french_faults(french: str) -> list[str]:
    """Say what a French sentence does that Quebec would not print."""
    bare = re.sub(r"%\(\w+\)[a-z]", "x", french)
    faults = [fault for pattern, fault in _SPACING if pattern.search(bare)]
    if _FOREIGN.search(bare):
        faults.append("write courriel")
    return faults


def placeholder_faults(source: Source, translation: Source) -> list[str]:
    """Say which names a translation lost or invented; a plural keeps its own."""
    wanted = _names(source)
    return [
        f"{sorted(names)} instead of {sorted(wanted)}"
        for form in _forms(translation)
        if (names := _names(form)) != wanted and not _may_drop_number(source, names)
    ]


def _may_drop_number(source: Source, names: set[str]) -> bool:
    """A singular form may say "one" in words, as its source does."""
    return isinstance(source, tuple) and names == _names(source[0])


def _names(text: Source) -> set[str]:
    return {
        name for form in _forms(text) for name in _PLACEHOLDER.findall(form) if name
    }


def _forms(text: Source) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)
