"""The five steps to a first cycle, and what a floor finds missing for one of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hub.core.errors import N_


class Step(StrEnum):
    """The steps, in the order in which to do them."""

    HUB = "hub"
    FARMS = "farms"
    BUYERS = "buyers"
    TRUCKS = "trucks"
    CYCLE = "cycle"


@dataclass(frozen=True, slots=True)
class Words:
    """A step in words: its name, what it is and why, and what helps to do it."""

    title: str
    about: str
    why: str
    help: str


WORDS: dict[Step, Words] = {
    Step.HUB: Words(
        N_("Who we are"),
        N_(
            "Your hub has a place of its own, on the map, where trucks start or where "
            "goods are recombined. Your colleagues are invited, each with a role."
        ),
        N_("Routes are drawn between places on the map, and nobody runs a week alone."),
        N_(
            "Put the pin where trucks stop, not on the front door. A role says what a "
            "person sees and may do: read “Who does what” before you invite."
        ),
    ),
    Step.FARMS: Words(
        N_("Farms and their products"),
        N_(
            "Each farm is a member, with the place where trucks load. Its products say "
            "how they are packed, what they weigh and how they are kept."
        ),
        N_("Weight and temperature decide which truck takes what; prices start there."),
        N_(
            "Bring your own sheet of farms, then of places, then of products. Or "
            "invite the farms: each writes its own products in ten minutes."
        ),
    ),
    Step.BUYERS: Words(
        N_("Buyers, their prices and drop points"),
        N_(
            "Groups and institutions order at their price tier. Each has a drop point: "
            "a door, hours, and somebody to ask for."
        ),
        N_("Without tiers no price can be made; without a drop point no truck comes."),
        N_(
            "Begin with the three usual tiers and the usual markup: both can change "
            "later. Hours as people say them, 8:30–11:00, are enough."
        ),
    ),
    Step.TRUCKS: Words(
        N_("Trucks and drivers"),
        N_(
            "The trucks that your hub and its members share stand in a pool. A truck "
            "says what it holds at each temperature and where it sleeps; a driver is "
            "a person with that role."
        ),
        N_("Plans are made with these trucks alone, and shared by what each carried."),
        N_(
            "Ask each lender what a day and a kilometre cost: the shares of the route "
            "are made from it. A truck that is not always free can be lent by the day."
        ),
    ),
    Step.CYCLE: Words(
        N_("The first cycle"),
        N_(
            "A cycle says when buyers may order and which day trucks deliver. It stays "
            "a draft until you open it."
        ),
        N_("Once it is open, farms fill their week and buyers order; then you plan."),
        N_(
            "Leave two days between the close and the delivery for a first time. The "
            "next cycle is a copy of this one, a week later."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that a step still needs: a sentence, and the page that mends it.

    What is only `advice` does not keep a step from being done.
    """

    step: Step
    sentence: str
    url_name: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    is_advice: bool = False


def few(names: list[str], at_most: int = 3) -> str:
    """The first names of a list, and a sign when there are more."""
    shown = ", ".join(names[:at_most])
    return f"{shown}…" if len(names) > at_most else shown
