"""The five steps to a first cycle, as every floor finds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from hub import indicators as hub_indicators
from hub import selectors as hub_selectors
from hub.core.first_steps import WORDS, Missing, Step, Words
from hub.selectors.imports import BUYERS
from pricing import indicators as pricing_indicators
from pricing.core.tiers import DEFAULT_TIERS
from producers import indicators as producer_indicators
from routing import indicators
from routing.core import samples

if TYPE_CHECKING:
    from hub.models import Organization

SAMPLE = "sample:"
"""How the file of a sample is called, before the name of its step."""


@dataclass(frozen=True, slots=True)
class StepSeen:
    """One step: its words, what is missing for it, and whether a sample is there."""

    step: Step
    words: Words
    missing: tuple[Missing, ...]
    is_hidden: bool
    has_sample: bool

    @property
    def is_done(self) -> bool:
        """Whether nothing but advice is left; samples do not count."""
        return all(one.is_advice for one in self.missing)


def first_steps_of(hub: Organization, today: date) -> list[StepSeen]:
    """Each step with what is missing for it: computed, never remembered."""
    loaded = list(hub_selectors.samples_of(hub))
    beside = {effect["id"] for _row, effect in hub_selectors.effects_of(loaded)}
    missing = [
        *hub_indicators.first_steps_missing(hub, beside=beside),
        *producer_indicators.first_steps_missing(hub, beside=beside),
        *pricing_indicators.first_steps_missing(hub, on=today),
        *indicators.first_steps_missing(hub, beside=beside),
    ]
    hidden = hub_selectors.hidden_steps(hub)
    with_samples = {batch.file_name.removeprefix(SAMPLE) for batch in loaded}
    return [
        StepSeen(
            step=step,
            words=WORDS[step],
            missing=tuple(one for one in missing if one.step == step),
            is_hidden=step in hidden,
            has_sample=step in with_samples,
        )
        for step in Step
    ]


def names_for(hub: Organization) -> samples.Names:
    """What examples are called here, in the reader's language."""
    home = (
        hub_selectors.places_of(hub)
        .filter(latitude__isnull=False, is_active=True)
        .order_by("pk")
        .first()
    )
    return samples.Names(
        mark=gettext("Example"), hub=hub.name, home=home.name if home else ""
    )


def example_rows(hub: Organization, kind: str) -> list[samples.Row]:
    """Rows that a hub could import as they are, to be replaced by its own.

    None where they would stand on something that the hub does not have yet.
    """
    names = names_for(hub)
    match kind:
        case "farms":
            return samples.farms(names)
        case "buyers":
            return samples.buyers(names)
        case "places":
            return samples.places(names)
        case "products":
            members = hub_selectors.members_of(hub).filter(kind="producer")
            farm = members.filter(is_active=True).first()
            return samples.products(names, farm.name) if farm else []
        case "tiers":
            buyers = hub_selectors.members_of(hub).filter(kind__in=BUYERS)
            buyer = buyers.filter(is_active=True).first()
            tier = gettext(DEFAULT_TIERS[0].label)
            return [{"buyer": buyer.name, "tier": tier}] if buyer else []
        case "drivers":
            return [samples.driver(names)]
    return [samples.truck(names)] if names.home else []
