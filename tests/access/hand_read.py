"""Names that views read from an address or a form by themselves, from the code."""

import ast

from tests.house.sources import APPS, CHECKOUT

ROOMS = {"doors.py", "forms", "forms.py", "views"}


def read_by_hand() -> set[str]:
    """Every name that some view takes from `request.GET` or `request.POST` itself."""
    return {
        name
        for app in APPS
        for path in (CHECKOUT / app).rglob("*.py")
        if not ROOMS.isdisjoint(path.relative_to(CHECKOUT).parts)
        for name in _names(ast.parse(path.read_text()))
    }


def _names(tree: ast.Module) -> set[str]:
    found, constants = set(), _constants(tree)
    for node in ast.walk(tree):
        asked: ast.expr | None = None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in ("get", "getlist") and _is_sent(node.func.value):
                asked = node.args[0]
        elif isinstance(node, ast.Subscript) and _is_sent(node.value):
            asked = node.slice
        elif isinstance(node, ast.Compare) and _is_sent(node.comparators[0]):
            asked = node.left
        if asked is not None:
            found.add(_written(asked, constants))
    return found


def _is_sent(node: ast.expr) -> bool:
    """`request.GET`, `request.POST`, or what a helper calls `post` or `sent`."""
    if isinstance(node, ast.Attribute):
        return node.attr in ("GET", "POST")
    return isinstance(node, ast.Name) and node.id in ("post", "posted", "sent", "data")


def _constants(tree: ast.Module) -> dict[str, str]:
    """The names that a module gives to words at its head."""
    return {
        target.id: str(node.value.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _written(node: ast.expr, constants: dict[str, str]) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.FormattedValue):
        return constants.get(ast.unparse(node.value), "@")
    if isinstance(node, ast.JoinedStr):
        return "".join(_written(part, constants) for part in node.values)
    return f"<{ast.unparse(node)}>"
