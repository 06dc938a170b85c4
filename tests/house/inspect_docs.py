"""What must be written down: settings, commands, errors and ledger accounts."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.house.sources import APPS, Complaint, House, SourceFile, dotted

_NOT_READERS = ("getattr", "os.environ.setdefault")
_HOLE = re.compile(r"{[^{}]*}|<[^<>]*>")
_ENVIRONMENT_NAME = re.compile(r"^[A-Z][A-Z0-9_]{3,}$")


def unwritten_settings(house: House) -> list[Complaint]:
    """Find environment variables that `docs/operating.md` does not explain."""
    page = house.docs("operating.md")
    return [
        source.complain(node, f"setting {name} is not in docs/operating.md")
        for source in house.files("config")
        for node, name in _environment_names(source)
        if f"`{name}`" not in page
    ]


def _environment_names(source: SourceFile) -> Iterator[tuple[ast.AST, str]]:
    """Give the names read: the capital first argument of any call, or a key."""
    for node in source.nodes:
        named: ast.expr | None = None
        if isinstance(node, ast.Call) and dotted(node.func) not in _NOT_READERS:
            named = node.args[0] if node.args else None
        elif isinstance(node, ast.Subscript) and dotted(node.value) == "os.environ":
            named = node.slice
        name = getattr(named, "value", None)
        if isinstance(name, str) and _ENVIRONMENT_NAME.match(name):
            yield node, name


def settings_read_below(house: House) -> list[Complaint]:
    """Find app code that reads the environment; only `config` may."""
    return [
        source.complain(node, f"{dotted(node)} outside config")
        for source in house.app_files
        for node in source.nodes
        if isinstance(node, ast.Attribute)
        and dotted(node) in ("os.environ", "os.getenv")
    ]


def unwritten_commands(house: House) -> list[Complaint]:
    """Find management commands that `docs/operating.md` does not explain."""
    page = house.docs("operating.md")
    return [
        source.complain(1, f"command {source.rooms[-1]} is not in docs/operating.md")
        for source in house.files(*APPS, "config")
        if source.rooms[-3:-1] == ("management", "commands")
        and not source.rooms[-1].startswith("_")
        and not re.search(rf"\b{source.rooms[-1]}\b", page)
    ]


def unwritten_accounts(house: House) -> list[Complaint]:
    """Find kinds of ledger account that `docs/ledger.md` does not explain.

    A kind is an account built in an app's `accounts.py`; the page shows its code with
    any names in the holes: `fund:{hub}:{lot}` or `fund:<hub>:<lot>`.
    """
    page = _HOLE.sub("*", house.docs("ledger.md"))
    return [
        source.complain(node, f"account {code} is not in docs/ledger.md")
        for source in house.app_files
        if source.room == "accounts"
        for node in source.nodes
        if isinstance(node, ast.Call) and dotted(node.func) == "AccountRef"
        for code in [_HOLE.sub("*", _code_of(node))]
        if f"`{code}`" not in page
    ]


def _code_of(call: ast.Call) -> str:
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    return ast.unparse(given[0]).removeprefix("f").strip("'\"")


@dataclass(frozen=True, slots=True)
class WrittenError:
    """A refusal as its class states it; empty where the class says nothing."""

    path: str
    line: int
    name: str
    bases: tuple[str, ...]
    code: str
    sentence: str
    meaning: str


def written_errors(house: House) -> list[WrittenError]:
    """Collect `DomainError` and every class below it, in the order of the files."""
    classes = [
        _written_error(source, node)
        for source in house.package_files
        for node in source.nodes
        if isinstance(node, ast.ClassDef)
    ]
    known = {"DomainError"}
    while grown := {
        each.name
        for each in classes
        if known & set(each.bases) and each.name not in known
    }:
        known |= grown
    return [each for each in classes if each.name in known]


def _written_error(source: SourceFile, node: ast.ClassDef) -> WrittenError:
    values = {"code": "", "sentence": ""}
    for statement in node.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value:
            target = (
                statement.targets[0]
                if isinstance(statement, ast.Assign)
                else statement.target
            )
            values[dotted(target)] = _text_of(statement.value)
    meaning = (ast.get_docstring(node) or "").split("\n\n")[0]
    return WrittenError(
        path=source.path,
        line=node.lineno,
        name=node.name,
        bases=tuple(dotted(base).split(".")[-1] for base in node.bases),
        code=values["code"],
        sentence=values["sentence"],
        meaning=" ".join(meaning.split()),
    )


def _text_of(node: ast.expr) -> str:
    if isinstance(node, ast.Call) and len(node.args) == 1:
        node = node.args[0]
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return str(node.value) if is_text and isinstance(node, ast.Constant) else ""


def errors_out_of_their_tree(house: House) -> list[Complaint]:
    """Find errors that the tree at the top of their file does not show."""
    trees = {
        source.path: ast.get_docstring(source.tree) or ""
        for source in house.package_files
    }
    return [
        Complaint(error.path, error.line, f"{error.name} is not in the tree above")
        for error in written_errors(house)
        if not re.search(rf"\b{error.name}\b", trees[error.path])
    ]


def faulty_errors(house: House) -> list[Complaint]:
    """Find errors without a code or sentence of their own, or not in `core/errors`.

    A class that only groups others (it has classes below it) may leave its sentence
    and code to them.
    """
    errors = written_errors(house)
    owners: dict[str, str] = {}
    complaints = []
    for error in errors:
        groups = any(error.name in other.bases for other in errors)
        fault = ""
        if not re.search(r"core/errors(/\w+)?\.py$", error.path):
            fault = "lives outside core/errors.py"
        elif not (error.code and error.sentence) and not groups:
            fault = "has no code and sentence of its own"
        elif error.code and owners.setdefault(error.code, error.name) != error.name:
            fault = f"shares the code {error.code} with {owners[error.code]}"
        if fault:
            complaints.append(
                Complaint(error.path, error.line, f"{error.name} {fault}")
            )
    return complaints
