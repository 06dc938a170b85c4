"""What the tests themselves owe: each one can fail, each skip says why."""

import ast
import re

from tests.house.sources import Complaint, House, SourceFile, dotted

_CHECKERS = ("raises", "warns", "fail", "expect")
# These raise when their claim is false: `require_in_quebec`, `axe_clean`.
_GUARD = re.compile(r"^(assert|require)_|_clean$")


def tests_that_cannot_fail(house: House) -> list[Complaint]:
    """Find tests that assert nothing, or something that is always true."""
    return [
        source.complain(node, f"{node.name} asserts nothing")
        for source in house.files("tests")
        for node in source.nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not _asserts(node, _functions_of(source))
    ]


def _functions_of(source: SourceFile) -> dict[str, ast.AST]:
    return {
        node.name: node for node in source.nodes if isinstance(node, ast.FunctionDef)
    }


def _asserts(function: ast.AST, functions: dict[str, ast.AST]) -> bool:
    """Look for a claim in a function, or in those of the same file it calls."""
    others = dict(functions)
    for node in ast.walk(function):
        if isinstance(node, ast.Assert) and not _is_always_true(node.test):
            return True
        if not isinstance(node, ast.Call):
            continue
        name = dotted(node.func).split(".")[-1]
        if name in _CHECKERS or _GUARD.search(name):
            return True
        helper = others.pop(name, None)
        if helper is not None and helper is not function and _asserts(helper, others):
            return True
    return False


def _is_always_true(node: ast.expr) -> bool:
    if isinstance(node, ast.Tuple):
        return bool(node.elts)
    return isinstance(node, ast.Constant) and bool(node.value)


def skips_without_reason(house: House) -> list[Complaint]:
    """Find tests skipped, or expected to fail, without a stated reason."""
    return [
        source.complain(node, f"{dotted(node)} without a reason")
        for source in house.files("tests")
        for node in source.nodes
        if isinstance(node, ast.Attribute)
        and dotted(node)
        in ("pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail")
        and not _has_reason(source, node)
    ]


def _has_reason(source: SourceFile, mark: ast.Attribute) -> bool:
    return any(
        isinstance(node, ast.Call)
        and node.func is mark
        and any(keyword.arg == "reason" for keyword in node.keywords)
        for node in source.nodes
    )
