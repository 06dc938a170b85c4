"""What was ever written in the repository that looks like a secret."""

import math
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

KNOWN = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\bAKIA[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_\w{22,}"
    r"|\bglpat-[\w-]{20}\b"
    r"|\bxox[abprs]-[\w-]{10,}"
    r"|\b[sr]k_live_[A-Za-z0-9]{20,}"
    r"|\bAIza[\w-]{35}\b"
    r"|\beyJ[\w-]{16,}\.eyJ[\w-]{16,}\.[\w-]{16,}"
    r"|\bcharroi_[2-9a-z]{8}_[2-9a-z]{40}\b"
)
"""Keys that say what they are: clouds, forges, payment, signed tokens, our own API."""

NAMED = re.compile(
    r"(?i)(?:secret|token|passw(?:or)?d|pwd|api_?key|private_?key|credential)\w*"
    r"[\"']?\s*[:=]+\s*[\"']?(?P<value>[A-Za-z0-9+/_\-.=]{16,})"
)
"""A value given to a name that says it is secret."""

ADDRESSED = re.compile(r"\w+://[\w.-]+:(?P<value>[^@\s\"'/<>{}$]{6,})@[\w.-]+")
"""A password inside an address."""


def added_lines(root: Path) -> Iterator[tuple[str, str]]:
    """Each line that a commit ever added: where, and what."""
    asked = ["git", "log", "-p", "-U0", "--no-color", "--no-ext-diff", "--format=%h"]
    answer = subprocess.run(asked, cwd=root, capture_output=True, check=True)
    commit = path = ""
    for line in answer.stdout.decode(errors="replace").split("\n"):
        if line.startswith("+++ "):
            path = line[6:]
        elif line.startswith("+"):
            yield f"{commit}:{path}", line[1:]
        elif re.fullmatch(r"[0-9a-f]{7,40}", line):
            commit = line


def secret_in(line: str) -> str:
    """What looks like a secret in a line, or nothing.

    Bits a character tell words from random letters; a password in an address is short.
    """
    if found := KNOWN.search(line):
        return found[0]
    for pattern, enough_bits in ((NAMED, 3.4), (ADDRESSED, 2.5)):
        for found in pattern.finditer(line):
            value = found["value"]
            if _is_random(value, enough_bits):
                return value
    return ""


def _is_random(value: str, enough_bits: float) -> bool:
    """Many kinds of characters, in no order; a dotted name or a path is a name."""
    if re.fullmatch(r"[A-Za-z_]+([./-][A-Za-z_]+)*", value):
        return False
    kinds = [r"[0-9]", r"[a-z]", r"[A-Z]", r"[+/_=.\-]"]
    return (
        sum(bool(re.search(kind, value)) for kind in kinds) > 1
        and _bits(value) >= enough_bits
    )


def _bits(value: str) -> float:
    """Shannon's entropy of the letters of a value, for each of them."""
    counts = Counter(value)
    shares = [count / len(value) for count in counts.values()]
    return -sum(share * math.log2(share) for share in shares)
