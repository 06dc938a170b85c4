"""Which services change something, and which of them leave a trace of it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.house.sources import House, dotted

APPS = ("hub", "producers", "pricing", "vouchers", "orders", "routing")
TRAIL = "hub.services.trail"
WRITES = {
    "bulk_create",
    "bulk_update",
    "create",
    "create_user",
    "delete",
    "get_or_create",
    "save",
    "set",
    "update",
    "update_or_create",
}
MONEY = {"post", "reverse", "hold", "capture", "release"}


@dataclass(slots=True)
class Service:
    """A function of a services room: what it calls, and what it does by itself.

    `calls` are (module, function); the module is empty for a plain name.
    """

    module: str
    name: str
    calls: set[tuple[str, str]] = field(default_factory=set)
    writes: bool = False
    records: bool = False


def silent_services(house: House) -> set[str]:
    """Public services that change rows or money and leave no trace, nor call one that
    does; named `app.module.function`."""
    found: set[str] = set()
    for app in APPS:
        services = list(_services(house, app))
        for service in services:
            reached = _reached(service, services)
            if service.name.startswith("_") or not any(one.writes for one in reached):
                continue
            if not any(one.records for one in reached):
                found.add(f"{app}.{service.module}.{service.name}")
    return found


def _reached(first: Service, services: list[Service]) -> list[Service]:
    """A service and all of its app that it calls, at whatever depth."""
    reached = [first]
    for service in reached:
        reached += [
            one
            for one in services
            if one not in reached and _is_called(one, by=service)
        ]
    return reached


def _is_called(service: Service, *, by: Service) -> bool:
    """A private function is known in its module; a public one by name, or behind the
    name of its module."""
    if ("", service.name) in by.calls:
        return service.module == by.module or not service.name.startswith("_")
    return (service.module, service.name) in by.calls


def _services(house: House, app: str) -> Iterator[Service]:
    for source in house.files(f"{app}/services"):
        module = source.path.rsplit("/", 1)[-1].removesuffix(".py")
        if (app, module) == ("hub", "trail"):
            continue
        recorders = _imported(source.tree)
        for node in source.tree.body:
            if isinstance(node, ast.FunctionDef):
                yield _read(node, Service(module, node.name), recorders)


def _imported(tree: ast.Module) -> set[str]:
    """How a module calls the trail's functions."""
    return {"trail.record", "trail.record_all"} | {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == TRAIL
        for alias in node.names
        if alias.name in ("record", "record_all")
    }


def _read(function: ast.FunctionDef, service: Service, recorders: set[str]) -> Service:
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        *owners, called = dotted(node.func).split(".")
        service.calls.add((owners[-1] if owners else "", called))
        is_method = isinstance(node.func, ast.Attribute)
        service.writes |= is_method and called in WRITES | MONEY
        service.records |= ".".join((*owners[-1:], called)) in recorders
    return service
