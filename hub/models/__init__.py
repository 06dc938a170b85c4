"""Tables of the ground floor, one file per noun."""

from hub.models.api_key import ApiAnswer, ApiKey
from hub.models.calendar import CalendarFeed
from hub.models.cycle import Cycle
from hub.models.importing import ImportBatch, ImportRow
from hub.models.indicator import IndicatorFact
from hub.models.invitation import HiddenStep, Invitation
from hub.models.job import Job
from hub.models.notice import Notice, UnwantedKind
from hub.models.organization import Flow, Membership, Organization
from hub.models.person import Person
from hub.models.place import Place, PlaceWindow
from hub.models.product_family import ProductFamily
from hub.models.sign_in import Device, SignInAlarm, SignInAttempt, SignInCode
from hub.models.trace import Trace, TraceReader
from hub.models.webhook import WebhookDelivery, WebhookEndpoint, WebhookEvent

__all__ = [
    "Flow",
    "ApiAnswer",
    "ApiKey",
    "CalendarFeed",
    "Cycle",
    "HiddenStep",
    "ImportBatch",
    "ImportRow",
    "Device",
    "IndicatorFact",
    "Invitation",
    "Job",
    "Membership",
    "Notice",
    "UnwantedKind",
    "Organization",
    "Person",
    "Place",
    "PlaceWindow",
    "ProductFamily",
    "Trace",
    "TraceReader",
    "SignInAlarm",
    "SignInAttempt",
    "SignInCode",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookEvent",
]
