"""The ground floor's part of the API, and the tools of every floor's doors."""

from hub.api import results, routes, trail
from hub.api.callers import ByKey, BySession, Caller, caller_of
from hub.api.doors import Answered, Door, ScopeMissing, effect_key
from hub.api.faults import fault_of
from hub.api.routes import OrganizationOut
from hub.api.shapes import (
    Day,
    ErrorOut,
    FieldError,
    Id,
    Moment,
    PublicId,
    Sent,
    Text,
    narrowed,
    refusal_body,
)

__all__ = [
    "Answered",
    "ByKey",
    "BySession",
    "Caller",
    "Day",
    "Door",
    "ErrorOut",
    "FieldError",
    "Id",
    "Moment",
    "PublicId",
    "ScopeMissing",
    "Sent",
    "Text",
    "caller_of",
    "effect_key",
    "fault_of",
    "narrowed",
    "OrganizationOut",
    "refusal_body",
    "router",
    "trail",
]

router = Door()
for noun in (routes, results):
    router.add_router("", noun.router)
