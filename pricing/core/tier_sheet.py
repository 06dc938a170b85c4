"""The sheet of price tiers: which buyer has which tier, from the day of the import."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from hub.core.errors import N_
from hub.core.imports import (
    Action,
    Column,
    Known,
    Line,
    Rule,
    Shape,
    Sheet,
    Verdict,
    judge,
    normalised,
    refuse,
    refused,
)

_NO_BUYER = N_("“%(name)s” is no buyer of the hub. Import buyers first, or correct it.")
_NO_TIER = N_("The hub has not set this tier. Set its prices first.")
_NOT_FREE = N_("An agreement of this buyer begins today or later. End it first.")

TIERS = Sheet(
    code="tiers",
    columns=(
        Column(
            code="buyer",
            label=N_("Buyer"),
            help=N_("A buyer of the hub, written as on its page."),
            is_required=True,
            names=("acheteur", "organisme", "organisation", "organization", "groupe",
                   "group", "client", "nom", "name", "membre", "member"),
        ),
        Column(
            code="tier",
            label=N_("Price tier"),
            help=N_("Solidarity, fair or support."),
            shape=Shape.CHOICE,
            is_required=True,
            names=("palier", "palier de prix", "tier", "prix", "price", "tarif"),
            choices={
                "solidaire": ("solidaire", "prix solidaire", "solidarité", "solidarity",
                              "solidarity price", "low"),
                "juste_prix": ("juste prix", "juste", "fair", "fair price",
                               "plein prix", "full price", "régulier", "regular"),
                "soutien": ("soutien", "prix de soutien", "support", "support price"),
            },
            labels={
                "solidaire": N_("Solidarity"),
                "juste_prix": N_("Fair price"),
                "soutien": N_("Support"),
            },
        ),
    ),
    rules=(Rule("buyer", ("buyer",)),),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Granted:
    """A hub's buyers and tiers today, and whose agreement is in the way.

    `buyers` hold {"buyer": name, "tier": code agreed, or ""} by public id; `not_free`
    are the ids of those with an agreement that begins today or later.
    """

    buyers: Sequence[Known]
    tiers: Collection[str]
    not_free: Collection[str] = ()


def judge_tiers(lines: Sequence[Line], granted: Granted) -> list[Verdict]:
    """What each row does: a tier agreed with a buyer who is there already.

    A row without a tier changes nothing, like every empty cell.
    """
    spelled = {normalised(str(row.facts["buyer"])): row.id for row in granted.buyers}
    ready = [_known_buyer(line, spelled) for line in lines]
    return [_sound(verdict, granted) for verdict in judge(TIERS, ready, granted.buyers)]


def _known_buyer(line: Line, spelled: Mapping[str, str]) -> Line:
    name = line.facts.get("buyer")
    if name is None or normalised(str(name)) in spelled:
        return line
    return refuse(line, "buyer", _NO_BUYER, name=name)


def _sound(verdict: Verdict, granted: Granted) -> Verdict:
    if verdict.action != Action.CHANGE:
        return verdict
    if verdict.after["tier"] not in granted.tiers:
        return refused(verdict, "tier", _NO_TIER)
    if verdict.target in granted.not_free:
        return refused(verdict, "buyer", _NOT_FREE)
    return verdict
