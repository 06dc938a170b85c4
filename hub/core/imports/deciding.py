"""What rows of members and places do, beyond what every sheet has in common."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from hub.core.errors import N_, PlaceOutsideTerritory
from hub.core.imports.columns import normalised
from hub.core.imports.judging import (
    Action,
    Facts,
    Known,
    Line,
    RowError,
    Sheet,
    Verdict,
    judge,
    refuse,
)
from hub.core.imports.members import PLACES
from hub.core.places import require_in_quebec

_TAKEN = N_("“%(name)s” is already another member of the hub. Choose another name.")
_KIND_STAYS = N_("A member keeps its kind. Leave this cell empty or as it was.")
NO_MEMBER = N_("“%(name)s” is no member of the hub. Add it first, or write its name.")
_HALF_A_PIN = N_("A pin needs both latitude and longitude. Write both, or none.")
_KIND_OF_PLACE = {"producer": "farm", "hub": "hub", "carrier": "depot"}
"""What a place of a member is, when its row does not say; else a drop point."""


def judge_members(
    sheet: Sheet,
    lines: Sequence[Line],
    known: Collection[Known],
    taken: Collection[str],
) -> list[Verdict]:
    """Farms or buyers: a name is borne once in a hub, whatever the kind.

    `taken` are the names of its other members.
    """
    others = {normalised(name) for name in taken}
    own = {normalised(str(row.facts["name"])): row.id for row in known}
    return [
        _member(verdict, others=others, own=own)
        for verdict in judge(sheet, lines, known)
    ]


def _member(
    verdict: Verdict, *, others: Collection[str], own: Mapping[str, str]
) -> Verdict:
    name = verdict.after.get("name")
    word = normalised(str(name)) if name else ""
    if word and (word in others or own.get(word, verdict.target) != verdict.target):
        return refused(verdict, "name", _TAKEN, name=name)
    if verdict.target and "kind" in verdict.after:
        return refused(verdict, "kind", _KIND_STAYS)
    return verdict


def refused(verdict: Verdict, column: str, sentence: str, **data: object) -> Verdict:
    """The verdict on a row that cannot be done after all."""
    error = RowError(column, sentence, data)
    return replace(
        verdict,
        action=Action.REFUSE,
        before={},
        after={},
        errors=(*verdict.errors, error),
    )


def judge_places(
    lines: Sequence[Line],
    known: Collection[Known],
    members: Mapping[str, str],
) -> list[Verdict]:
    """Places of members; `members` maps each name to the kind of organization.

    A row without a name is the place named like its member; one without coordinates
    waits for its pin.
    """
    spelled = {normalised(name): name for name in members}
    ready = [_place(line, spelled) for line in lines]
    return [
        replace(verdict, after=_with_kind(verdict.after, members))
        if verdict.action == Action.CREATE
        else verdict
        for verdict in judge(PLACES, ready, known)
    ]


def _with_kind(after: Facts, members: Mapping[str, str]) -> Facts:
    """A new place whose row does not say its kind is what its member has."""
    usual = _KIND_OF_PLACE.get(members[after["organization"]], "drop_point")
    return {"kind": usual} | after


def _place(line: Line, spelled: Mapping[str, str]) -> Line:
    facts: Facts = dict(line.facts)
    if "organization" in facts:
        member = spelled.get(normalised(facts["organization"]))
        if member is None:
            return refuse(line, "organization", NO_MEMBER, name=facts["organization"])
        facts["organization"] = member
        facts.setdefault("name", member)
    line = replace(line, facts=facts)
    if ("latitude" in facts) != ("longitude" in facts):
        missing = "longitude" if "latitude" in facts else "latitude"
        unread = {error.column for error in line.errors}
        return line if missing in unread else refuse(line, missing, _HALF_A_PIN)
    if "latitude" in facts:
        try:
            require_in_quebec(facts["latitude"], facts["longitude"])
        except PlaceOutsideTerritory as error:
            return refuse(line, error.data["field"], error.sentence, **error.data)
    return line
