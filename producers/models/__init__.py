"""Tables of the producers' floor, from product to weekly availability."""

from producers.models.availability import Availability, EmptyWeek, GridPage
from producers.models.catalogue import Product, Taxability, TemperatureClass, Variant
from producers.models.offers import FarmMinimum, Offer, PooledOffer

__all__ = [
    "Availability",
    "EmptyWeek",
    "FarmMinimum",
    "GridPage",
    "Offer",
    "PooledOffer",
    "Product",
    "Taxability",
    "TemperatureClass",
    "Variant",
]
