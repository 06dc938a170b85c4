"""Sizes that keep a page readable: lines of a file, of a function, arguments."""

import ast

from tests.house.sources import APPS, Complaint, House, SourceFile

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
MAX_POSITIONAL = 5
_TABLE_LINES = 20

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def long_files(house: House) -> list[Complaint]:
    """Find Python files above the limit; a long table of data does not count."""
    return [
        source.complain(1, f"{lines} lines, at most {MAX_FILE_LINES}")
        for source in house.all_files
        if (lines := len(source.lines) - _table_lines(source)) > MAX_FILE_LINES
    ]


def long_pages(house: House) -> list[Complaint]:
    """Find templates, scripts and style sheets above the limit."""
    return [
        source.complain(1, f"{len(source.lines)} lines, at most {MAX_FILE_LINES}")
        for suffix in (".html", ".js", ".css")
        for source in house.files(*APPS, suffix=suffix)
        if len(source.lines) > MAX_FILE_LINES
    ]


def _table_lines(source: SourceFile) -> int:
    tables = [
        node.value
        for node in source.tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.Dict | ast.List | ast.Tuple | ast.Set)
    ]
    lengths = [_num_lines(table) for table in tables]
    return sum(length for length in lengths if length > _TABLE_LINES)


def long_functions(house: House) -> list[Complaint]:
    """Find functions above the limit, their docstring counted, decorators not."""
    return [
        source.complain(node, f"{node.name} has {_num_lines(node)} lines")
        for source in house.all_files
        for node in source.nodes
        if isinstance(node, _Function) and _num_lines(node) > MAX_FUNCTION_LINES
    ]


def _num_lines(node: ast.stmt | ast.expr) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def crowded_signatures(house: House) -> list[Complaint]:
    """Find functions that take more than five arguments by position.

    Test functions are left out: their arguments are fixtures, asked for by name.
    """
    return [
        source.complain(node, f"{node.name} takes {_num_positional(node)} arguments")
        for source in house.all_files
        if source.app != "tests"
        for node in source.nodes
        if isinstance(node, _Function) and _num_positional(node) > MAX_POSITIONAL
    ]


def _num_positional(node: _Function) -> int:
    arguments = [*node.args.posonlyargs, *node.args.args]
    own = sum(argument.arg in ("self", "cls") for argument in arguments[:1])
    return len(arguments) - own
