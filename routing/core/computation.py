"""The computation of a share in whole numbers, as it is kept and printed."""

from fractions import Fraction
from typing import Any

from routing.core.shares import DrivenRoute, Share


def computation_of(route: DrivenRoute, share: Share) -> dict[str, Any]:
    """Every figure a person needs to follow one share by hand.

    Metres, seconds and thousandths of a cent (`_mc`), each rounded for reading from
    the exact fraction that was computed with.
    """
    portion, carried, vehicle = share.portion, share.carried, route.vehicle
    return {
        "policy": share.policy,
        "num_shipments": len(route.carried),
        "route_cents": route.cost_cents,
        "route_distance_m": route.distance_m,
        "route_duration_s": route.duration_s,
        "route_fixed_cents": vehicle.fixed_cents,
        "per_km_cents": vehicle.per_km_cents,
        "per_hour_cents": vehicle.per_hour_cents,
        "distance_m": _whole(portion.distance_m),
        "away_s": _whole(portion.away_s),
        "handling_s": portion.handling_s,
        "waiting_s": _whole(portion.waiting_s),
        "fixed_mc": _whole(portion.fixed_cents * 1_000),
        "road_mc": _whole(portion.road_cents * 1_000),
        "time_mc": _whole(portion.time_cents * 1_000),
        "value_mc": _whole(portion.cents * 1_000),
        "asked_mc": _whole(share.asked_cents * 1_000),
        "factor_ppm": _ppm(share),
        "alone_vehicle": carried.alone.vehicle_id,
        "alone_distance_m": carried.alone.distance_m,
        "alone_duration_s": carried.alone.duration_s,
        "alone_cents": carried.alone.cost_cents,
        "charged_before_cents": carried.goods.charged_cents,
        "mass_g": carried.goods.mass_g,
    }


def _ppm(share: Share) -> int | None:
    """What the value asked was multiplied by, in millionths; None at the cap."""
    if share.factor is None or share.is_capped or not share.asked_cents:
        return None
    charged = Fraction(share.cents + share.waived_cents)
    return _whole(Fraction(charged * 1_000_000, share.asked_cents))


def _whole(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
