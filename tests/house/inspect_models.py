"""What is asked of tables: keys that point down, migrations, personal fields.

The rules are functions of plain facts, so that a test can state a false one.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.special import SeparateDatabaseAndState
from django.db.models import Model

from tests.house.inspect_imports import climbs, floor_of

_PERSONAL = re.compile(
    r"(^|_)(email|phone|telephone|mobile|address|street|postal|postcode|birth"
    r"|contact|note|notes|comment|remark|first_name|last_name|user_agent)(_|$)"
)
# On a model about people these say something of a person; elsewhere, of a thing.
_PERSONAL_OF_PEOPLE = re.compile(
    r"^name$|_name$|(^|_)(latitude|longitude|language|ip|last_login)(_|$)"
)
_PEOPLE = re.compile(r"Person|Participant|Driver|Contact|Household|Invitation")
_ENDINGS = {"DateField": "_on", "DateTimeField": "_at"}
_NAMED_BY_DJANGO = ("last_login",)
_BY_REFERENCE = ("ForeignKey", "OneToOneField", "ManyToManyField")


@dataclass(frozen=True, slots=True)
class ForeignKeyFact:
    """One relation: from a model, by a field, to a model; dotted names."""

    source: str
    field: str
    target: str


def our_models(models: Iterable[type[Model]]) -> list[type[Model]]:
    """Keep the models of our own apps."""
    return [model for model in models if floor_of(model.__module__)]


def foreign_keys(models: Iterable[type[Model]]) -> Iterator[ForeignKeyFact]:
    """Give each relation that a column (or a join table) of our models holds."""
    for model in models:
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            target = field.related_model
            if isinstance(target, type):
                yield ForeignKeyFact(_dotted(model), field.name, _dotted(target))


def _dotted(model: type[Model]) -> str:
    return f"{model.__module__}.{model.__name__}"


def climbing_keys(facts: Iterable[ForeignKeyFact]) -> list[str]:
    """Find relations that point to a floor above, or to a neighbour."""
    return [
        f"{fact.source}.{fact.field} climbs to {fact.target}"
        for fact in facts
        if climbs(fact.source, fact.target)
    ]


def irreversible(label: str, operations: Iterable[Operation]) -> list[str]:
    """Find migration steps that cannot be undone, nested ones included."""
    complaints = []
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            complaints += irreversible(label, operation.database_operations)
            complaints += irreversible(label, operation.state_operations)
        elif not operation.reversible:
            complaints.append(f"{label}: {type(operation).__name__} has no way back")
    return complaints


def misnamed_times(models: Iterable[type[Model]]) -> list[str]:
    """Find days that do not end in `_on` and moments that do not end in `_at`."""
    return [
        f"{_dotted(model)}.{field.name} should end in {ending}"
        for model in models
        for field in model._meta.local_fields
        if (ending := _ENDINGS.get(field.get_internal_type(), ""))
        and not field.name.endswith(ending)
        and field.name not in _NAMED_BY_DJANGO
    ]


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """The fields of one model, and those it declares personal."""

    model: str
    fields: tuple[str, ...]
    declared: dict[str, object]


def field_facts(models: Iterable[type[Model]]) -> Iterator[FieldFacts]:
    """Give the own columns of our models, without keys to other tables."""
    for model in models:
        yield FieldFacts(
            model=_dotted(model),
            fields=tuple(
                field.name
                for field in model._meta.local_fields
                if field.get_internal_type() not in _BY_REFERENCE
            ),
            declared=dict(getattr(model, "PERSONAL_FIELDS", {})),
        )


def undeclared_personal_fields(facts: Iterable[FieldFacts]) -> list[str]:
    """Find fields that look personal and are not declared.

    Free text about people or goods may name somebody: notes count everywhere.
    """
    return [
        f"{each.model}.{name} looks personal and is not in PERSONAL_FIELDS"
        for each in facts
        for name in each.fields
        if _looks_personal(each.model, name) and name not in each.declared
    ]


def _looks_personal(model: str, field: str) -> bool:
    is_about_people = bool(_PEOPLE.search(model.rsplit(".", 1)[-1]))
    return bool(_PERSONAL.search(field)) or (
        is_about_people and bool(_PERSONAL_OF_PEOPLE.search(field))
    )


def empty_declarations(facts: Iterable[FieldFacts]) -> list[str]:
    """Find declarations without field, purpose or retention behind them."""
    return [
        f"{each.model}.PERSONAL_FIELDS[{name!r}] {fault}"
        for each in facts
        for name, personal in each.declared.items()
        if (fault := _fault_of(each, name, personal))
    ]


def _fault_of(facts: FieldFacts, name: str, personal: object) -> str:
    if name not in facts.fields:
        return "names no field"
    if not getattr(personal, "purpose", ""):
        return "states no purpose"
    if not _states_retention(personal):
        return "states no retention"
    return ""


def _states_retention(personal: object) -> bool:
    """Accept a number of days, or None said aloud: as long as the row stands."""
    days = getattr(personal, "retention_days", 0)
    return days is None or (isinstance(days, int) and days > 0)
