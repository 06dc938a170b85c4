"""The sheet of drivers: who drives for which organization, invited by email."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hub.core.errors import N_
from hub.core.imports.columns import Column, Shape, normalised
from hub.core.imports.deciding import NO_MEMBER, refused
from hub.core.imports.judging import (
    Action,
    Known,
    Line,
    Rule,
    Sheet,
    Verdict,
    judge,
    refuse,
)

_NO_DRIVERS = N_("“%(name)s” has no drivers. Write who owns the truck, or the hub.")
_NEARLY = N_("“%(email)s” reads nearly like this address. Invite this person by hand.")

DRIVERS = Sheet(
    code="drivers",
    columns=(
        Column(
            code="name",
            label=N_("Name"),
            help=N_("How the person is called."),
            is_required=True,
            names=("nom", "chauffeur", "chauffeuse", "chauffeur·se", "driver",
                   "conducteur", "conductrice", "personne", "person"),
        ),
        Column(
            code="email",
            label=N_("Email"),
            help=N_("Where the invitation goes; the person signs in with it."),
            shape=Shape.EMAIL,
            is_required=True,
            names=("courriel", "e-mail", "mail", "adresse courriel", "email address"),
        ),
        Column(
            code="organization",
            label=N_("Drives for"),
            help=N_("A member of the hub that lends trucks; empty: the hub itself."),
            names=("organisation", "organisme", "organization", "ferme", "farm",
                   "transporteur", "carrier", "entreprise", "conduit pour", "owner"),
        ),
    ),
    rules=(Rule("email", ("organization", "email")),),
)  # fmt: skip


def judge_drivers(
    lines: Sequence[Line],
    known: Sequence[Known],
    members: Mapping[str, bool],
) -> list[Verdict]:
    """What each row does: an invitation, or nothing for who drives or was invited.

    `members` says of each name whether it may have drivers, the hub's first.
    """
    spelled = {normalised(name): name for name in members}
    ready = [_driver(line, spelled, members) for line in lines]
    addresses = {row.id: str(row.facts["email"]) for row in known}
    return [_sound(verdict, addresses) for verdict in judge(DRIVERS, ready, known)]


def _driver(
    line: Line, spelled: Mapping[str, str], members: Mapping[str, bool]
) -> Line:
    facts = dict(line.facts)
    if "email" in facts:
        facts["email"] = str(facts["email"]).lower()
    asked = str(facts.get("organization") or next(iter(members)))
    name = spelled.get(normalised(asked))
    line = replace(line, facts={**facts, "organization": name or asked})
    if name is None:
        return refuse(line, "organization", NO_MEMBER, name=asked)
    if not members[name]:
        return refuse(line, "organization", _NO_DRIVERS, name=name)
    return line


def _sound(verdict: Verdict, addresses: Mapping[str, str]) -> Verdict:
    """A person who is here already keeps their name: nothing is changed of them."""
    if not verdict.target or verdict.errors:
        return verdict
    standing = addresses[verdict.target]
    if standing != verdict.facts["email"]:
        return refused(verdict, "email", _NEARLY, email=standing)
    return replace(verdict, action=Action.LEAVE, before={}, after={})
