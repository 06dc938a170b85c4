"""Sheets that hubs brought, what is known of members and places, and what hangs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Model, QuerySet

from hub.core.imports import Known, normalised
from hub.models import (
    HiddenStep,
    ImportBatch,
    ImportRow,
    Invitation,
    Membership,
    Organization,
    Person,
    Place,
)
from hub.permissions import ROLES_OF_KIND
from hub.selectors.organizations import hubs_coordinated_by, members_of

SHEETS_SHOWN = 50
BUYERS = (Organization.Kind.BUYER_GROUP, Organization.Kind.INSTITUTION)


def kind_of_sheet(kind: str) -> str:
    """What a kind of sheet is called, in the reader's language."""
    return str(ImportBatch.Kind(kind).label)


def imports_run_by(person: Person) -> QuerySet[ImportBatch]:
    """The sheets of the hubs this person coordinates."""
    return ImportBatch.objects.filter(
        hub__in=hubs_coordinated_by(person)
    ).select_related("hub", "person", "undone_by")


def imports_of(hub: Organization) -> QuerySet[ImportBatch]:
    """What a hub imported, the latest first; drafts and samples left out."""
    return (
        ImportBatch.objects.filter(hub=hub, is_sample=False)
        .exclude(status=ImportBatch.Status.DRAFT)
        .select_related("person")
        .defer("table")
    )


def drafts_of(hub: Organization) -> QuerySet[ImportBatch]:
    """The sheets of a hub that wait for an answer, the latest first."""
    return (
        ImportBatch.objects.filter(
            hub=hub, is_sample=False, status=ImportBatch.Status.DRAFT
        )
        .select_related("person")
        .defer("table")
    )


def samples_of(hub: Organization) -> QuerySet[ImportBatch]:
    """The samples that a hub looks at now, the latest first."""
    return ImportBatch.objects.filter(
        hub=hub, is_sample=True, status=ImportBatch.Status.DONE
    ).order_by("-pk")


def remembered_columns(hub: Organization, kind: str) -> dict[str, str]:
    """What each header stood for in the hub's last sheet of this kind."""
    last = (
        ImportBatch.objects.filter(hub=hub, kind=kind, is_sample=False)
        .exclude(mapping={})
        .order_by("-pk")
        .values_list("mapping", flat=True)
        .first()
    )
    return dict(last or {})


def header_mapping(batch: ImportBatch) -> dict[int, str]:
    """Which column of this very sheet stands for what; left-out ones not."""
    headers = [normalised(header) for header in batch.table[0]] if batch.table else []
    return {
        position: batch.mapping[header]
        for position, header in enumerate(headers)
        if batch.mapping.get(header)
    }


def known_members(hub: Organization, kinds: Collection[str]) -> list[Known]:
    """Members of these kinds, as their sheet would write them."""
    rows = Organization.objects.filter(hub=hub, kind__in=kinds).order_by("pk")
    return [
        Known(
            row.public_id,
            {
                "name": row.name,
                "kind": row.kind,
                "contact_email": row.contact_email,
                "contact_phone": row.contact_phone,
            },
        )
        for row in rows
    ]


def other_names(hub: Organization, kinds: Collection[str]) -> list[str]:
    """The names of the hub's other members, of whatever other kind."""
    rows = Organization.objects.filter(hub=hub).exclude(kind__in=kinds)
    return list(rows.values_list("name", flat=True))


def member_kinds(hub: Organization) -> dict[str, str]:
    """The hub and its members by name, with the kind of each."""
    return dict(members_of(hub).values_list("name", "kind"))


def known_places(hub: Organization) -> list[Known]:
    """Places of a hub and its members, as their sheet would write them."""
    rows = (
        Place.objects.filter(organization__in=members_of(hub).order_by())
        .select_related("organization")
        .prefetch_related("windows")
        .order_by("pk")
    )
    return [Known(row.public_id, place_facts(row)) for row in rows]


def place_facts(row: Place) -> dict[str, Any]:
    """A place in the words of its sheet."""
    windows = [[w.weekday, w.start_s, w.end_s] for w in row.windows.all()]
    return {
        "organization": row.organization.name,
        "name": row.name,
        "kind": row.kind,
        "address": row.address,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "windows": sorted(windows, key=lambda w: (-1 if w[0] is None else w[0], w[1:])),
        "service_min": row.service_duration_s // 60,
        "contact_name": row.contact_name,
        "contact_phone": row.contact_phone,
        "access_note": row.access_note,
        "has_dock": row.has_dock,
        "needs_tailgate": row.needs_tailgate,
        "has_cold_storage": row.has_cold_storage,
    }


def known_drivers(hub: Organization) -> list[Known]:
    """Who drives for a member of a hub, or was invited to, as their sheet says it."""
    role, members = Membership.Role.DRIVER, members_of(hub).order_by()
    driving = Membership.objects.filter(role=role, organization__in=members)
    waiting = Invitation.objects.filter(
        role=role, organization__in=members, accepted_at=None, withdrawn_at=None
    )
    told = [
        (f"held-{row.pk}", row.organization.name, row.person.email, row.person.name)
        for row in driving.select_related("organization", "person").order_by("pk")
    ]
    told += [
        (row.public_id, row.organization.name, row.email, row.name)
        for row in waiting.select_related("organization").order_by("pk")
    ]
    seen = {(where, email): (pk, name) for pk, where, email, name in reversed(told)}
    return [
        Known(pk, {"organization": where, "email": email.lower(), "name": name})
        for (where, email), (pk, name) in seen.items()
    ]


def may_have_drivers(hub: Organization) -> dict[str, bool]:
    """The hub and its members by name, the hub first: whether somebody may drive."""
    others = members_of(hub).exclude(pk=hub.pk).order_by("name", "pk")
    return {
        row.name: Membership.Role.DRIVER in ROLES_OF_KIND[row.kind]
        for row in (hub, *others)
    }


def places_waiting(hub: Organization) -> QuerySet[Place]:
    """Places of a hub and its members that nobody put on the map yet."""
    return Place.objects.filter(
        organization__in=members_of(hub).order_by(),
        latitude__isnull=True,
        is_active=True,
    ).select_related("organization")


def effects_of(
    batches: Collection[ImportBatch],
) -> list[tuple[ImportRow, dict[str, Any]]]:
    """What these imports did, the last thing first, each with its row."""
    rows = ImportRow.objects.filter(batch__in=batches).order_by(
        "-batch_id", "-number", "-id"
    )
    return [(row, effect) for row in rows for effect in reversed(row.effects)]


def what_hangs(
    rows: Sequence[Model],
    *,
    leaving: Mapping[str, Collection[int]],
    parts: Collection[str] = (),
) -> dict[int, list[str]]:
    """What points to each of these rows of one table and would stay, by its key.

    Named by kind, in the reader's words; rows on which nothing hangs are left out.
    Rows that leave at the same time (`leaving`, keys by table) and tables that are
    `parts` of the row do not count; the trail outlives what it tells of. One query for
    each table that may point here, however many rows.
    """
    found: dict[int, set[str]] = {}
    pks = [row.pk for row in rows]
    for relation in rows[0]._meta.get_fields(include_hidden=True) if rows else ():
        table = relation.related_model
        if not (relation.auto_created and not relation.concrete) or table is None:
            continue
        assert isinstance(table, type)  # "self" is only found on forward keys
        label = table._meta.label_lower
        if label in parts or getattr(table, "APPEND_ONLY", False):
            continue
        if not (relation.one_to_many or relation.one_to_one):
            continue
        # A relation found from its far end always knows the key that holds it.
        key = relation.field.name  # type: ignore[union-attr] # a key from elsewhere
        pointing = table._default_manager.filter(**{f"{key}__in": pks})
        staying = pointing.exclude(pk__in=leaving.get(label, ())).order_by()
        for pk in staying.values_list(key, flat=True).distinct():
            found.setdefault(pk, set()).add(str(table._meta.verbose_name_plural))
    return {pk: sorted(names) for pk, names in found.items()}


def hidden_steps(hub: Organization) -> set[str]:
    """The first steps that a hub put aside."""
    return set(HiddenStep.objects.filter(hub=hub).values_list("code", flat=True))
