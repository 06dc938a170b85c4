"""Routes through the API for other maps: GeoJSON and GPX."""

from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Schema

from hub.api import Door, Id, caller_of
from hub.core.scopes import Scope
from routing import selectors
from routing.api.shapes import COORDINATION, Number
from routing.exchange.tracks import geojson_of, gpx_of
from routing.models import Route

router = Door(tags=["maps"])


class GeometryOut(Schema):
    """A place, or the streets of a leg; positions are [longitude, latitude]."""

    type: Literal["Point", "LineString"]
    coordinates: list[Any]


class FeatureOut(Schema):
    """A home, a stop or a leg."""

    type: Literal["Feature"]
    geometry: GeometryOut
    properties: dict[str, Any] = Field(
        description="`kind` is home, stop or leg; times are seconds from midnight."
    )


class GeoJsonOut(Schema):
    """A FeatureCollection of RFC 7946."""

    type: Literal["FeatureCollection"]
    features: list[FeatureOut]


class GpxOut(Schema):
    """A GPX 1.1 file."""

    gpx: str = Field(description="The text of the file.")


@router.read(
    "/plans/{plan_id}/geojson",
    scope=Scope.PLANS_READ,
    roles=COORDINATION,
    out=GeoJsonOut,
)
def plan_geojson(request: HttpRequest, plan_id: Id) -> dict[str, Any]:
    """Every route of a plan; a leg that is an estimate has no line."""
    seen = selectors.plans_seen_by(caller_of(request).person)
    plan = get_object_or_404(seen, public_id=plan_id)
    return geojson_of(selectors.with_stops(plan.routes.order_by("number")))


@router.read(
    "/routes/{plan_id}/{number}/geojson", scope=Scope.ROUTES_READ, out=GeoJsonOut
)
def route_geojson(request: HttpRequest, plan_id: Id, number: Number) -> dict[str, Any]:
    """A route that one drives, or that one's pool plans."""
    return geojson_of([_route(request, plan_id, number)])


@router.read("/routes/{plan_id}/{number}/gpx", scope=Scope.ROUTES_READ, out=GpxOut)
def route_gpx(request: HttpRequest, plan_id: Id, number: Number) -> dict[str, str]:
    """The same for a satnav."""
    return {"gpx": gpx_of(_route(request, plan_id, number))}


def _route(request: HttpRequest, plan_id: str, number: int) -> Route:
    routes = selectors.routes_on_paper(caller_of(request).person)
    return get_object_or_404(
        selectors.with_stops(routes), plan__public_id=plan_id, number=number
    )
