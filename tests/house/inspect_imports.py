"""Import rules that import-linter cannot say: rooms by path, the clock, typing."""

import ast

from tests.house.sources import (
    PACKAGES,
    Complaint,
    House,
    SourceFile,
    dotted,
    imports_of,
    starts_with,
)

FLOORS = {
    "hub.core": 0,
    "hub.ledger": 1,
    "hub": 2,
    "producers": 3,
    "pricing": 3,
    "vouchers": 3,
    "orders": 4,
    "routing": 5,
    "config": 6,
}

# Libraries that one kind of room speaks to, for everybody.
_ROOMS_OF_LIBRARY = {
    "ortools": ("core/solve/",),
    "osmnx": ("routing/travel/", "hub/geocoding"),
    "geopy": ("routing/travel/", "hub/geocoding"),
    "ninja": ("/api.py", "/api/"),
    "celery": ("/tasks.py", "/tasks/", "config/celery.py"),
    "kombu": ("/tasks.py", "/tasks/", "config/celery.py", "config/queue_files.py"),
    "billiard": ("/tasks.py", "/tasks/", "config/celery.py"),
}

_WORLD = (
    "allauth",
    "asyncio",
    "django",
    "http",
    "httpx",
    "psycopg",
    "redis",
    "requests",
    "rules",
    "smtplib",
    "socket",
    "sqlite3",
    "urllib.request",
)
_MACHINE = (
    "io",
    "multiprocessing",
    "numba",
    "numpy",
    "os",
    "pathlib",
    "random.choice",
    "random.randint",
    "random.random",
    "random.shuffle",
    "scipy",
    "shutil",
    "signal",
    "subprocess",
    "tempfile",
    "threading",
    "time",
)
_CLOCK_CALLS = (
    "date.today",
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "random.choice",
    "random.randint",
    "random.random",
    "random.shuffle",
    "open",
)


def misplaced_libraries(house: House) -> list[Complaint]:
    """Find libraries imported outside the rooms that speak to them."""
    return [
        source.complain(node, f"{name.split('.')[0]} is not for this room")
        for source in house.files(*PACKAGES, "benchmarks")
        for node, name in imports_of(source.nodes)
        if (rooms := _ROOMS_OF_LIBRARY.get(name.split(".")[0]))
        and not any(room in f"/{source.path}" for room in rooms)
    ]


def impure_core(house: House) -> list[Complaint]:
    """Find the clock, chance, files, network and Django in rooms of pure rules.

    `core/solve/` and `core/__main__.py` may read the clock and files and start
    processes; they speak to neither Django, the database nor the network.
    """
    return [
        complaint
        for source in house.app_files
        if source.is_core
        for complaint in _impurities(source)
    ]


def _impurities(source: SourceFile) -> list[Complaint]:
    banned = _WORLD if source.is_solver else (*_WORLD, *_MACHINE)
    complaints = [
        source.complain(node, f"core imports {name}")
        for node, name in imports_of(source.nodes)
        if starts_with(name, banned)
    ]
    if source.is_solver:
        return complaints
    return complaints + [
        source.complain(node, f"core calls {dotted(node.func)}")
        for node in source.nodes
        if isinstance(node, ast.Call) and dotted(node.func) in _CLOCK_CALLS
    ]


def relative_imports(house: House) -> list[Complaint]:
    """Find imports that begin with a dot."""
    return [
        source.complain(node, "relative import")
        for source in house.all_files
        for node in source.nodes
        if isinstance(node, ast.ImportFrom) and node.level > 0
    ]


def hidden_imports(house: House) -> list[Complaint]:
    """Find imports inside functions without a comment that says why.

    Imports stand at the top; a heavy library may be fetched late for that reason.
    """
    return [
        source.complain(inner, "import inside a function")
        for source in house.app_files
        for node in source.nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
        and not _says_why(source, inner)
        and not source.path.endswith("/apps.py")
    ]


def _says_why(source: SourceFile, node: ast.Import | ast.ImportFrom) -> bool:
    """Look for a comment beside the statement or on the line above it."""
    above, beside = source.lines[node.lineno - 2 : node.lineno]
    return "#" in beside or above.strip().startswith("#")


def climbing_type_imports(house: House) -> list[Complaint]:
    """Find imports for type checking that cross apps upward or sideways.

    import-linter leaves these imports out of its graph, so they are checked here.
    """
    return [
        source.complain(inner, f"type import of {name} climbs")
        for source in house.package_files
        for node in source.nodes
        if isinstance(node, ast.If)
        and dotted(node.test).split(".")[-1] == "TYPE_CHECKING"
        for inner, name in _imports_below(node)
        if climbs(".".join(source.rooms), name)
    ]


def _imports_below(node: ast.If) -> list[tuple[ast.stmt, str]]:
    return [
        found for statement in node.body for found in imports_of(ast.walk(statement))
    ]


def floor_of(name: str) -> str:
    """Name the floor of a dotted name; empty for the world outside."""
    matches = [floor for floor in FLOORS if starts_with(name, (floor,))]
    return max(matches, key=len, default="")


def climbs(source: str, target: str) -> bool:
    """Say whether one dotted name reaches up, or sideways, to another."""
    above, below = floor_of(source), floor_of(target)
    if not below or above == below:
        return False
    return FLOORS[below] >= FLOORS[above]
