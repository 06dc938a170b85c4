"""Where a docstring is owed: modules, public classes, services and core rules."""

import ast
from collections.abc import Iterator

from tests.house.sources import Complaint, House, SourceFile

_ROOMS_OF_PROMISES = ("services", "core")


def silent_modules(house: House) -> list[Complaint]:
    """Find modules that do not say what they hold; an empty `__init__` may not."""
    return [
        source.complain(1, "module without docstring")
        for source in house.all_files
        if source.text.strip() and not ast.get_docstring(source.tree)
    ]


def silent_classes(house: House) -> list[Complaint]:
    """Find public classes of the apps and of config without docstring."""
    return [
        source.complain(node, f"class {node.name} without docstring")
        for source in house.package_files
        for node in source.tree.body
        if isinstance(node, ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]


def silent_functions(house: House) -> list[Complaint]:
    """Find public services and core functions that promise nothing."""
    return [
        source.complain(node, f"{node.name} without docstring")
        for source in house.app_files
        if source.room in _ROOMS_OF_PROMISES or source.is_core
        for node in _public_functions(source)
        if not ast.get_docstring(node)
    ]


def _public_functions(source: SourceFile) -> Iterator[ast.FunctionDef]:
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node
