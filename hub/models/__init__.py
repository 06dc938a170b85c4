"""Tables of the ground floor, one file per noun."""

from hub.models.api_key import ApiAnswer, ApiKey
from hub.models.cycle import Cycle
from hub.models.indicator import IndicatorFact
from hub.models.job import Job
from hub.models.notice import Notice
from hub.models.organization import Flow, Membership, Organization
from hub.models.person import Person
from hub.models.place import Place, PlaceWindow
from hub.models.product_family import ProductFamily

__all__ = [
    "Flow",
    "ApiAnswer",
    "ApiKey",
    "Cycle",
    "IndicatorFact",
    "Job",
    "Membership",
    "Notice",
    "Organization",
    "Person",
    "Place",
    "PlaceWindow",
    "ProductFamily",
]
