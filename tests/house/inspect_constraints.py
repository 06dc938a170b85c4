"""Planning constraints come in threes: `add_x`, `check_x` and a test of x by hand."""

import ast
from collections.abc import Iterator

from tests.house.sources import Complaint, House, SourceFile


def unpaired_constraints(house: House) -> list[Complaint]:
    """Find constraints that the solver obeys and that nothing checks or tests.

    `add_x` stands in `routing/core/solve/`, `check_x` in `routing/core/check/`, and
    the arithmetic in a test whose name begins with `test_x_`.
    """
    checks = {name for _, name in _functions(house, "routing/core/check", "check_")}
    tests = {name for _, name in _functions(house, "tests/routing/core", "test_")}
    return [
        place.complain(line, f"add_{name} has no {missing}")
        for (place, line), name in _functions(house, "routing/core/solve", "add_")
        for missing, is_there in (
            (f"check_{name}", name in checks),
            (f"test_{name}_…", any(test.startswith(f"{name}_") for test in tests)),
        )
        if not is_there
    ]


def _functions(
    house: House, folder: str, prefix: str
) -> Iterator[tuple[tuple[SourceFile, int], str]]:
    """Give place and bare name of each function with a prefix under a folder."""
    for source in house.files(folder):
        for node in source.tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith(prefix):
                yield (source, node.lineno), node.name.removeprefix(prefix)
