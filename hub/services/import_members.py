"""Farms, buyers and places from a hub's own sheet: judged, written, taken back."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from hub import selectors
from hub.core.imports import (
    BUYERS,
    FARMS,
    PLACES,
    Action,
    Sheet,
    Verdict,
    judge_members,
    judge_places,
    read_lines,
)
from hub.models import ImportBatch, Organization, Place
from hub.selectors.imports import place_facts
from hub.services import organizations, places
from hub.services.imports import Effect
from hub.services.places import PlaceFacts, Window

SHEETS: dict[str, Sheet] = {
    ImportBatch.Kind.FARMS: FARMS,
    ImportBatch.Kind.BUYERS: BUYERS,
    ImportBatch.Kind.PLACES: PLACES,
}
KINDS = {
    ImportBatch.Kind.FARMS: (Organization.Kind.PRODUCER,),
    ImportBatch.Kind.BUYERS: selectors.BUYERS,
}
PARTS: dict[str, tuple[str, ...]] = {
    "organization": ("hub.hiddenstep",),
    "place": ("hub.placewindow",),
}
_PLAIN = tuple(
    name for name in PLACES.defaults if name not in ("windows", "service_min")
)


def preview(batch: ImportBatch) -> list[Verdict]:
    """What each row of a sheet of members or places would do now."""
    sheet = SHEETS[batch.kind]
    lines = read_lines(sheet, batch.table, selectors.header_mapping(batch))
    if batch.kind == ImportBatch.Kind.PLACES:
        members = selectors.member_kinds(batch.hub)
        return judge_places(lines, selectors.known_places(batch.hub), members)
    kinds = KINDS[ImportBatch.Kind(batch.kind)]
    known = selectors.known_members(batch.hub, kinds)
    return judge_members(sheet, lines, known, selectors.other_names(batch.hub, kinds))


def write(batch: ImportBatch, verdicts: Sequence[Verdict]) -> list[list[Effect]]:
    """Do what the preview said, row by row; call it inside a transaction."""
    if batch.kind == ImportBatch.Kind.PLACES:
        return [_write_place(batch.hub, verdict) for verdict in verdicts]
    return [_write_member(batch.hub, verdict) for verdict in verdicts]


def _write_member(hub: Organization, verdict: Verdict) -> list[Effect]:
    if verdict.action == Action.CREATE:
        made = organizations.create_organization(hub=hub, **verdict.after)
        return [_made("organization", made.public_id, verdict.after)]
    if verdict.action == Action.CHANGE:
        _correct_member(verdict.target, verdict.after)
        return [_changed("organization", verdict)]
    return []


def _correct_member(public_id: str, facts: Mapping[str, Any]) -> None:
    row = Organization.objects.get(public_id=public_id)
    organizations.update_organization(
        organization=row,
        is_active=row.is_active,
        **_member_facts(row) | dict(facts),
    )


def _member_facts(row: Organization) -> dict[str, Any]:
    return {
        "name": row.name,
        "contact_email": row.contact_email,
        "contact_phone": row.contact_phone,
    }


def _write_place(hub: Organization, verdict: Verdict) -> list[Effect]:
    if verdict.action == Action.CREATE:
        members = selectors.members_of(hub).order_by()
        owner = members.get(name=verdict.after["organization"])
        facts, windows = _told(verdict.after)
        made = places.save_place(organization=owner, facts=facts, windows=windows)
        return [_made("place", made.public_id, verdict.after)]
    if verdict.action == Action.CHANGE:
        _correct_place(verdict.target, verdict.after)
        return [_changed("place", verdict)]
    return []


def _correct_place(public_id: str, changed: Mapping[str, Any]) -> None:
    row = Place.objects.select_related("organization").get(public_id=public_id)
    facts, windows = _told(place_facts(row) | dict(changed), row)
    places.save_place(
        organization=row.organization, facts=facts, windows=windows, place=row
    )


def _told(
    told: Mapping[str, Any], row: Place | None = None
) -> tuple[PlaceFacts, list[Window]]:
    """The facts of a sheet in the units of the service; the rest stays as in `row`."""
    kept = {
        name: getattr(row, name)
        for name in ("access_code", "max_height_cm", "is_active")
        if row is not None
    }
    facts = PlaceFacts(
        kind=told["kind"],
        name=told["name"],
        service_duration_s=told["service_min"] * 60,
        **{name: told[name] for name in _PLAIN},
        **kept,
    )
    windows = [
        Window(weekday=day, start_s=start_s, end_s=end_s)
        for day, start_s, end_s in told["windows"]
    ]
    return facts, windows


def _made(table: str, public_id: str, after: Mapping[str, Any]) -> Effect:
    return {"table": table, "id": public_id, "before": None, "after": dict(after)}


def _changed(table: str, verdict: Verdict) -> Effect:
    return {
        "table": table,
        "id": verdict.target,
        "before": verdict.before,
        "after": verdict.after,
    }


def row_of(effect: Effect) -> Organization | Place | None:
    """The member or place that a row of an import made or changed, if it is there."""
    if effect["table"] == "organization":
        return Organization.objects.filter(public_id=effect["id"]).first()
    if effect["table"] == "place":
        places_of = Place.objects.select_related("organization")
        return places_of.filter(public_id=effect["id"]).first()
    return None


def facts_now(row: Organization | Place) -> dict[str, Any]:
    """A member or place in the words of its sheet."""
    if isinstance(row, Place):
        return place_facts(row)
    return _member_facts(row) | {"kind": row.kind}


def hanging(
    rows: Sequence[Organization | Place], *, leaving: Mapping[str, Collection[int]]
) -> dict[int, list[str]]:
    """What would stay behind if members, or places, went away; by key."""
    is_place = bool(rows) and isinstance(rows[0], Place)
    parts = PARTS["place" if is_place else "organization"]
    return selectors.what_hangs(rows, leaving=leaving, parts=parts)


def take_back(effect: Effect) -> None:
    """Remove what a row made, or put back what it changed."""
    row = row_of(effect)
    if row is None:
        return
    if effect["before"] is None:
        row.delete()
    elif isinstance(row, Place):
        _correct_place(row.public_id, effect["before"])
    else:
        _correct_member(row.public_id, effect["before"])
