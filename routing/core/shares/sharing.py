"""From what shipments add to a route to what each is charged, by each hub's policy.

First between everybody: the cost is split by the fixed-order value, capped at the
stand-alone cost, and what the caps leave is split among the hubs by what their
shipments add. Then inside a hub of another policy: what its shipments were charged
together, with the hub's part of what was left, is split anew by mass delivered or
equally, under the same caps. So no hub pays for the policy of another one.

Always: charges + remainders of the hubs = cost of the route.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, get_args

from hub.core.money import split_cents
from routing.core.shares.capping import capped
from routing.core.shares.driven import Carried, DrivenRoute
from routing.core.shares.portions import Portion, portions_of

Policy = Literal["fixed_order", "per_unit", "equal"]
POLICIES: tuple[Policy, ...] = get_args(Policy)
"""`per_unit` counts grams delivered; `equal` counts shipments."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one shipment is charged for its route, with its computation.

    `asked_cents` is what its policy asks before the cap. A shipment of which nothing
    was delivered is charged nothing: `waived_cents`, what it would have been charged,
    stays with its hub.
    """

    carried: Carried
    portion: Portion
    policy: Policy
    asked_cents: Fraction
    factor: Fraction | None
    is_capped: bool
    cents: int
    waived_cents: int = 0


@dataclass(frozen=True, slots=True)
class HubPart:
    """A hub's part of a route: what its shipments are charged, and what is left."""

    hub: str
    shares_cents: int
    remainder_cents: int

    @property
    def cost_cents(self) -> int:
        """What the hub pays the carrier for this route."""
        return self.shares_cents + self.remainder_cents


@dataclass(frozen=True, slots=True)
class RouteShares:
    """A shared route; `shares` in the order of the day, `hubs` by first shipment."""

    cost_cents: int
    shares: tuple[Share, ...]
    hubs: tuple[HubPart, ...]


def share_route(route: DrivenRoute, policies: Mapping[str, Policy]) -> RouteShares:
    """Share the cost of a driven route; a hub without a policy keeps fixed order."""
    portions = portions_of(route)
    values = [portion.cents for portion in portions]
    split = capped(
        route.cost_cents, values, [carried.cap_cents for carried in route.carried]
    )
    first = [
        Share(
            carried=carried,
            portion=portion,
            policy="fixed_order",
            asked_cents=portion.cents,
            factor=split.factor,
            is_capped=split.is_capped[at],
            cents=split.cents[at],
        )
        for at, (carried, portion) in enumerate(
            zip(route.carried, portions, strict=True)
        )
    ]
    hubs = list(dict.fromkeys(carried.goods.hub for carried in route.carried))
    added = [
        sum((s.portion.cents for s in first if s.carried.goods.hub == hub), Fraction())
        for hub in hubs
    ]
    if not any(cents > 0 for cents in added):
        added = [Fraction(1)] * len(hubs)
    left = capped(split.remainder_cents, added, [None] * len(hubs))
    final: dict[str, Share] = {}
    parts = []
    for hub, left_cents in zip(hubs, left.cents, strict=True):
        mine = [share for share in first if share.carried.goods.hub == hub]
        whole_cents = sum(share.cents for share in mine) + left_cents
        settled = _inside(mine, left_cents, policies.get(hub, "fixed_order"))
        final |= {share.carried.shipment_id: share for share in settled}
        charged_cents = sum(share.cents for share in settled)
        parts.append(HubPart(hub, charged_cents, whole_cents - charged_cents))
    return RouteShares(
        cost_cents=route.cost_cents,
        shares=tuple(final[carried.shipment_id] for carried in route.carried),
        hubs=tuple(parts),
    )


def borne_by(route: DrivenRoute, sent_for: Mapping[str, int]) -> RouteShares:
    """The cost of a truck that drove and carried nobody's goods; it has no shares.

    It is left to the hubs it was sent for, by the number of shipments that `sent_for`
    says each had for it.
    """
    hubs = sorted(sent_for)
    parts = split_cents(route.cost_cents, [sent_for[hub] for hub in hubs])
    return RouteShares(
        cost_cents=route.cost_cents,
        shares=(),
        hubs=tuple(
            HubPart(hub, 0, cents) for hub, cents in zip(hubs, parts, strict=True)
        ),
    )


def _inside(shares: list[Share], left_cents: int, policy: Policy) -> list[Share]:
    """A hub's shares by its own policy; undelivered goods leave theirs to the hub."""
    waived = [
        replace(share, cents=0, waived_cents=share.cents, is_capped=False)
        for share in shares
        if not share.carried.goods.is_delivered
    ]
    charged = [share for share in shares if share.carried.goods.is_delivered]
    if policy == "fixed_order" or not charged:
        return charged + waived
    weights = [_weight(share.carried, policy) for share in charged]
    total = sum(weights, Fraction(0))
    whole_cents = sum(share.cents for share in charged) + left_cents
    split = capped(whole_cents, weights, [share.carried.cap_cents for share in charged])
    return [
        replace(
            share,
            policy=policy,
            asked_cents=whole_cents * weights[at] / total if total else Fraction(0),
            factor=split.factor,
            is_capped=split.is_capped[at],
            cents=split.cents[at],
        )
        for at, share in enumerate(charged)
    ] + waived


def _weight(carried: Carried, policy: Policy) -> Fraction:
    return Fraction(1 if policy == "equal" else carried.goods.mass_g)
