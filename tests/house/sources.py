"""What the inspectors look at: the project's own files, read once.

Every inspector is a function from a `House` to a list of complaints, so that a
test can show it both the real checkout and a small fake one with a deliberate fault.
"""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

APPS = ("hub", "producers", "pricing", "vouchers", "orders", "routing")
PACKAGES = (*APPS, "config")
CHECKOUT = Path(__file__).resolve().parents[2]

_SKIPPED_FOLDERS = {"__pycache__", "node_modules", "var", "vendor", "staticfiles"}


@dataclass(frozen=True, slots=True)
class Complaint:
    """One broken rule, with the place where a person can mend it."""

    path: str
    line: int
    fault: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.fault}"


@dataclass(frozen=True)
class SourceFile:
    """One text file of the project; `path` is relative, with forward slashes."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree of a Python file."""
        return ast.parse(self.text, filename=self.path)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the tree, so that many inspectors walk it only once."""
        return tuple(ast.walk(self.tree))

    @property
    def app(self) -> str:
        """The top folder: an app, `config`, `tests` or `benchmarks`."""
        return self.path.split("/", 1)[0]

    @property
    def rooms(self) -> tuple[str, ...]:
        """The names on the way to this file, its own without `.py` included."""
        return tuple(self.path.removesuffix(".py").split("/"))

    @property
    def room(self) -> str:
        """The room of an app that this file belongs to: `core`, `services`…"""
        inner = [name for name in self.rooms[1:] if name != "ledger"]
        return inner[0] if inner else "__init__"

    @property
    def is_core(self) -> bool:
        """Say whether the file is in a room of pure rules."""
        return "core" in self.rooms[1:-1]

    @property
    def is_solver(self) -> bool:
        """Say whether the file may read the clock and start processes."""
        after_core = self.rooms[self.rooms.index("core") + 1 :] if self.is_core else ()
        return after_core[:1] in (("solve",), ("__main__",))

    @cached_property
    def lines(self) -> list[str]:
        """The text, line by line."""
        return self.text.splitlines()

    def complain(self, node: ast.AST | int, fault: str) -> Complaint:
        """Point at a node (or a line number) of this file."""
        line = node if isinstance(node, int) else getattr(node, "lineno", 1)
        return Complaint(self.path, line, fault)


@dataclass(frozen=True)
class House:
    """A checkout: the real one, or a fake one planted by a test."""

    root: Path
    _cache: dict[tuple[str, ...], list[SourceFile]] = field(
        default_factory=dict, repr=False
    )

    def files(self, *folders: str, suffix: str = ".py") -> list[SourceFile]:
        """Read the files under some top folders, migrations left out."""
        key = (*folders, suffix)
        if key not in self._cache:
            self._cache[key] = [
                SourceFile(path.relative_to(self.root).as_posix(), path.read_text())
                for folder in folders
                for path in sorted((self.root / folder).rglob(f"*{suffix}"))
                if not self._is_skipped(path)
            ]
        return self._cache[key]

    def _is_skipped(self, path: Path) -> bool:
        names = path.relative_to(self.root).parts
        return bool(_SKIPPED_FOLDERS & set(names)) or "migrations" in names

    @property
    def app_files(self) -> list[SourceFile]:
        """The Python files of the six apps."""
        return self.files(*APPS)

    @property
    def package_files(self) -> list[SourceFile]:
        """The Python files of the six apps and of `config`."""
        return self.files(*PACKAGES)

    @property
    def all_files(self) -> list[SourceFile]:
        """Every Python file we write, tests and benchmarks included."""
        return self.files(*PACKAGES, "benchmarks", "tests")

    def docs(self, *names: str) -> str:
        """The text of some pages under `docs/`, or of all of them."""
        pages = [self.root / "docs" / name for name in names]
        pages = pages or sorted((self.root / "docs").rglob("*.md"))
        return "\n".join(page.read_text() for page in pages if page.exists())


Plant = Callable[[dict[str, str]], House]


def imports_of(nodes: Iterable[ast.AST]) -> Iterator[tuple[ast.stmt, str]]:
    """Give each dotted name imported by some nodes, `from a import b` as `a.b`."""
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            for alias in node.names:
                yield node, f"{node.module}.{alias.name}"


def dotted(node: ast.AST) -> str:
    """Spell a name or a chain of attributes: `a.b.c`; anything else is `?`."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return "?"


def starts_with(name: str, prefixes: tuple[str, ...]) -> bool:
    """Say whether a dotted name is one of the prefixes or lies below one."""
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)
