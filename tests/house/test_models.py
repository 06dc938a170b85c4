"""The walk over the models: keys point down, migrations complete, people named."""

import pytest
from django.apps import apps
from django.db.migrations import RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import DateField, DateTimeField, Model
from django.test.utils import isolate_apps
from django.utils import translation

from hub.core.privacy import Personal
from tests.house import inspect_models as inspect
from tests.house.inspect_imports import floor_of


@pytest.fixture(scope="session")
def models() -> list[type[Model]]:
    """Our own models, the ones Django makes for many-to-many relations included."""
    return inspect.our_models(apps.get_models(include_auto_created=True))


def test_foreign_keys_point_down(models):
    assert inspect.climbing_keys(inspect.foreign_keys(models)) == []


def test_the_walk_sees_the_models(models):
    person = [model.__name__ for model in models if model.__name__ == "Person"]

    assert person == ["Person"]


def test_a_key_that_climbs_is_refused():
    facts = [
        inspect.ForeignKeyFact("hub.models.Cycle", "plan", "routing.models.Plan"),
        inspect.ForeignKeyFact("pricing.models.Tier", "of", "producers.models.Offer"),
        inspect.ForeignKeyFact("orders.models.Line", "offer", "producers.models.Offer"),
        inspect.ForeignKeyFact("hub.models.Person", "group", "django.auth.Group"),
    ]

    assert inspect.climbing_keys(facts) == [
        "hub.models.Cycle.plan climbs to routing.models.Plan",
        "pricing.models.Tier.of climbs to producers.models.Offer",
    ]


def test_days_and_moments_are_named_as_such(models):
    assert inspect.misnamed_times(models) == []


@isolate_apps("hub")
def test_a_moment_named_otherwise_is_refused():
    class Delivery(Model):
        delivered = DateTimeField()
        promised = DateField()
        planned_on = DateField()

        class Meta:
            app_label = "hub"

    complaints = inspect.misnamed_times([Delivery])

    place = f"{__name__}.Delivery"
    assert complaints == [
        f"{place}.delivered should end in _at",
        f"{place}.promised should end in _on",
    ]


def _missing_migrations(state: ProjectState) -> list[str]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    detector = MigrationAutodetector(loader.project_state(), state)
    with translation.override(None):  # migrations keep the English sources
        changes = detector.changes(graph=loader.graph)
    return [
        f"{label}: {operation.describe()}"
        for label, migrations in changes.items()
        for migration in migrations
        for operation in migration.operations
    ]


def test_migrations_are_complete():
    assert _missing_migrations(ProjectState.from_apps(apps)) == []


def test_a_model_without_its_migration_is_noticed():
    state = ProjectState.from_apps(apps)
    state.remove_field("hub", "person", "public_id")

    missing = _missing_migrations(state)

    assert "hub: Remove field public_id from person" in missing


def _our_migrations() -> list[tuple[str, list[Operation]]]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return [
        (f"{label}.{name}", list(migration.operations))
        for (label, name), migration in sorted(loader.disk_migrations.items())
        if floor_of(apps.get_app_config(label).name)
    ]


def test_migrations_are_reversible():
    found = [
        complaint
        for label, operations in _our_migrations()
        for complaint in inspect.irreversible(label, operations)
    ]

    assert found == []


def test_a_step_without_way_back_is_refused():
    operations: list[Operation] = [
        RunSQL("SELECT 1", "SELECT 2"),
        RunSQL("SELECT 1"),
        SeparateDatabaseAndState(database_operations=[RunPython(RunPython.noop)]),
    ]

    assert inspect.irreversible("hub.0002", operations) == [
        "hub.0002: RunSQL has no way back",
        "hub.0002: RunPython has no way back",
    ]


def test_personal_fields_state_purpose_and_retention(models):
    facts = list(inspect.field_facts(models))

    complaints = inspect.undeclared_personal_fields(facts)

    assert complaints + inspect.empty_declarations(facts) == []


def test_an_undeclared_personal_field_is_refused():
    facts = [
        inspect.FieldFacts("hub.models.Person", ("email", "name", "public_id"), {}),
        inspect.FieldFacts("producers.models.Product", ("name", "unit_name"), {}),
    ]

    assert inspect.undeclared_personal_fields(facts) == [
        "hub.models.Person.email looks personal and is not in PERSONAL_FIELDS",
        "hub.models.Person.name looks personal and is not in PERSONAL_FIELDS",
    ]


def test_an_empty_declaration_is_refused():
    declared: dict[str, object] = {
        "email": Personal("", 30),
        "phone": Personal("Call on the day.", 0),
        "gone": Personal("Send the invoice.", None),
    }
    facts = [inspect.FieldFacts("hub.models.Person", ("email", "phone"), declared)]

    assert inspect.empty_declarations(facts) == [
        "hub.models.Person.PERSONAL_FIELDS['email'] states no purpose",
        "hub.models.Person.PERSONAL_FIELDS['phone'] states no retention",
        "hub.models.Person.PERSONAL_FIELDS['gone'] names no field",
    ]
