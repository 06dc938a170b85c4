"""What each shipment pays of the route that carried it: exact, capped, to the cent."""

from routing.core.shares.alone import Alone, alone_of
from routing.core.shares.capping import Capped, capped
from routing.core.shares.driven import (
    Carried,
    Drive,
    DrivenRoute,
    Goods,
    driven_route,
)
from routing.core.shares.game import stop_values
from routing.core.shares.portions import Portion, portions_of
from routing.core.shares.sharing import (
    POLICIES,
    HubPart,
    Policy,
    RouteShares,
    Share,
    borne_by,
    share_route,
)

__all__ = [
    "POLICIES",
    "Alone",
    "Capped",
    "Carried",
    "Drive",
    "DrivenRoute",
    "Goods",
    "HubPart",
    "Policy",
    "Portion",
    "RouteShares",
    "Share",
    "alone_of",
    "borne_by",
    "capped",
    "driven_route",
    "portions_of",
    "share_route",
    "stop_values",
]
