"""The ground floor's part of the API, and the tools of every floor's doors."""

from hub.api.callers import ByKey, BySession, Caller, caller_of
from hub.api.doors import Answered, Door, ScopeMissing, effect_key
from hub.api.routes import router
from hub.api.shapes import (
    Day,
    ErrorOut,
    FieldError,
    Moment,
    PublicId,
    Sent,
    Text,
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
    "Moment",
    "PublicId",
    "ScopeMissing",
    "Sent",
    "Text",
    "caller_of",
    "effect_key",
    "refusal_body",
    "router",
]
