"""Habits of the house: no signals, no overrides, reasons beside each exception."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from tests.house.sources import (
    Complaint,
    House,
    SourceFile,
    dotted,
    imports_of,
    starts_with,
)

_SILENCER = re.compile(
    r"#\s*(?:noqa(?::\s*[A-Z]+\d+(?:[,\s]+[A-Z]+\d+)*)?"
    r"|type:\s*ignore(?:\[[^\]]*\])?|pragma:\s*no cover)"
)
_GETTEXT = re.compile(r"^(_|N_|[dnp]*gettext(_lazy|_noop)?)$")
_MONEY = re.compile(r"(^|_)(cents?|price|prices|amount|amounts)(_|$)")
_DOORS = ("views", "forms", "urls", "api", "tasks")
_READERS = ("selectors", "permissions")
_RULED = ("services", "selectors", "core", "bridge", "exchange", "permissions")


def signals(house: House) -> list[Complaint]:
    """Find Django signals, sent or listened to.

    Celery's own signals are the only way to prepare a worker process; they may be
    used in `config/celery.py` alone.
    """
    return [
        source.complain(node, f"signal: {name}")
        for source in house.package_files
        for node, name in imports_of(source.nodes)
        if starts_with(name, ("django.dispatch",)) or "signals" in name.split(".")
        if not (source.path == "config/celery.py" and name.startswith("celery."))
    ]


def overrides(house: House) -> list[Complaint]:
    """Find models that change what `save` or `delete` mean."""
    return [
        source.complain(method, f"{node.name} overrides {method.name}")
        for source in house.app_files
        if source.room == "models"
        for node in source.nodes
        if isinstance(node, ast.ClassDef)
        for method in node.body
        if isinstance(method, ast.FunctionDef) and method.name in ("save", "delete")
    ]


def silenced_without_reason(house: House) -> list[Complaint]:
    """Find `noqa`, `type: ignore` and `no cover` that do not say why.

    A reason given once in a file holds for the same mark below it.
    """
    return [
        source.complain(line, "silenced without a reason")
        for source in house.all_files
        for line in _silent_lines(_comments(source))
    ]


def _silent_lines(comments: list[tuple[int, str]]) -> Iterator[int]:
    explained: set[str] = set()
    for line, comment in comments:
        marks = list(_SILENCER.finditer(comment))
        if not marks:
            continue
        mark = marks[-1][0]
        if re.search(r"[^\W_]{2,}", comment[marks[-1].end() :]):
            explained.add(mark)
        elif mark not in explained:
            yield line


def _comments(source: SourceFile) -> list[tuple[int, str]]:
    tokens = tokenize.generate_tokens(io.StringIO(source.text).readline)
    return [
        (token.start[0], token.string)
        for token in tokens
        if token.type == tokenize.COMMENT
    ]


def broken_sentences(house: House) -> list[Complaint]:
    """Find strings that a translator could never meet, or not put in order.

    A source string is a constant: no f-string, no `.format` or `%` before it is
    translated, and placeholders carry names.
    """
    return [
        source.complain(node, fault)
        for source in house.package_files
        for node in source.nodes
        if isinstance(node, ast.Call)
        and _GETTEXT.match(dotted(node.func).split(".")[-1])
        for argument in node.args
        if (fault := _fault_of_sentence(argument))
    ]


def _fault_of_sentence(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "f-string inside gettext"
    if isinstance(node, ast.BinOp):
        return "built string inside gettext"
    if isinstance(node, ast.Call) and dotted(node.func).endswith(".format"):
        return "formatted string inside gettext"
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return "placeholder without a name" if re.search(r"%[sd]", node.value) else ""
    return ""


def floats_near_money(house: House) -> list[Complaint]:
    """Find floats and decimals where whole cents belong."""
    return [
        source.complain(node, fault)
        for source in house.package_files
        for node in source.nodes
        if (fault := _fault_of_money(node, is_model=source.room == "models"))
    ]


def _fault_of_money(node: ast.AST, *, is_model: bool) -> str:
    if isinstance(node, ast.Call) and dotted(node.func) == "float":
        return "float() of money" if any(map(_speaks_money, node.args)) else ""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        sides = (_own_name(node.left), _own_name(node.right))
        return "money divided into a float" if any(map(_MONEY.search, sides)) else ""
    if isinstance(node, ast.arg) and _is_float(node.annotation):
        return "float argument of money" if _MONEY.search(node.arg) else ""
    if isinstance(node, ast.AnnAssign) and _is_float(node.annotation):
        return "float of money" if _MONEY.search(_own_name(node.target)) else ""
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
        field = dotted(node.value.func).split(".")[-1]
        banned = ("FloatField", "DecimalField") if is_model else ("FloatField",)
        names = [_own_name(target) for target in node.targets]
        is_money = field in banned and any(map(_MONEY.search, names))
        return f"{field} of money" if is_money else ""
    return ""


def _is_float(node: ast.expr | None) -> bool:
    return node is not None and "float" in ast.unparse(node)


def _speaks_money(node: ast.AST) -> bool:
    return any(_MONEY.search(_own_name(inner)) for inner in ast.walk(node))


def _own_name(node: ast.AST) -> str:
    return dotted(node).split(".")[-1]


def rules_in_doors(house: House) -> list[Complaint]:
    """Find queries and transactions in doors; they belong below."""
    return [
        source.complain(node, f"a door says .{node.attr}")
        for source in house.app_files
        if source.room in _DOORS
        for node in source.nodes
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "atomic")
    ]


def guessable_addresses(house: House) -> list[Complaint]:
    """Find routes that show a table's counted id; addresses carry `public_id`."""
    return [
        source.complain(node, f"counted id in the address {node.value!r}")
        for source in house.package_files
        if source.room == "urls" or source.path == "config/urls.py"
        for node in source.nodes
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.search(r"<int:(pk|id|\w+_id|\w+_pk)>", node.value)
    ]


def pages_in_services(house: House) -> list[Complaint]:
    """Find services and bridges that know requests, pages or answers."""
    return [
        source.complain(node, f"{source.room} import {name}")
        for source in house.app_files
        if source.room in ("services", "bridge")
        for node, name in imports_of(source.nodes)
        if starts_with(name, ("django.http", "django.shortcuts", "django.template"))
    ]


def writing_readers(house: House) -> list[Complaint]:
    """Find selectors and permissions that write."""
    return [
        source.complain(node, f"{source.room} call {dotted(node.func)}")
        for source in house.app_files
        if source.room in _READERS
        for node in source.nodes
        if isinstance(node, ast.Call)
        and dotted(node.func).endswith((".save", ".objects.create", ".bulk_create"))
    ]


def callbacks(house: House) -> list[Complaint]:
    """Find functions handed down to be called back; decorators are allowed.

    OR-Tools is built on registered callbacks, so `core/solve` is left out.
    """
    return [
        source.complain(node, f"{node.name} takes a function")
        for source in house.app_files
        if (source.room in _RULED or source.is_core) and not source.is_solver
        for node in source.nodes
        if isinstance(node, ast.FunctionDef)
        and not _is_callable(node.returns)
        and any(
            _is_callable(argument.annotation)
            for argument in (*node.args.args, *node.args.kwonlyargs)
        )
    ]


def _is_callable(node: ast.expr | None) -> bool:
    return node is not None and "Callable" in ast.unparse(node)
