"""Of whom a second factor is demanded before they do something that counts.

In plain words: whoever may move other people's money, prices or rights proves a second
thing beside the mailbox. That is the coordination of a hub, who runs a voucher
programme, who hands out envelopes, and the operator of the installation. Farms, buyers
who order, drivers and funders are not asked: what they do binds themselves. A key for a
program is a way in that lasts and asks nobody for anything: whoever makes one is asked.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MONEY_ROLES = frozenset({"coordinator", "programme_manager", "distributor"})


class Demand(StrEnum):
    """What is asked of a person who is about to do something that counts."""

    NOTHING = "nothing"
    SOON = "soon"
    ADD = "add"
    PROVE = "prove"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a person is: has a factor, proved it since they came in, asked when.

    `asked_on` is the day a factor was first asked of this person; None before.
    """

    has_factor: bool
    is_proved: bool
    asked_on: date | None


def moves_money(roles: Collection[str], *, is_operator: bool) -> bool:
    """Whether somebody with these roles, held anywhere, needs a second factor."""
    return is_operator or bool(MONEY_ROLES & set(roles))


def demand_of(standing: Standing, *, today: date, grace_days: int) -> Demand:
    """What to ask now of a person of whom a second factor is demanded.

    Who has one proves it. Who has none adds one, after `grace_days` days in which they
    are only told; 0 leaves no such days.
    """
    if standing.is_proved:
        return Demand.NOTHING
    if standing.has_factor:
        return Demand.PROVE
    if today < last_day(standing, today=today, grace_days=grace_days):
        return Demand.SOON
    return Demand.ADD


def last_day(standing: Standing, *, today: date, grace_days: int) -> date:
    """The day from which a person without a second factor is stopped."""
    return (standing.asked_on or today) + timedelta(days=grace_days)
