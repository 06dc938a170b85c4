"""Addresses of the producers' floor."""

from datetime import date

from django.urls import path, register_converter

from producers.views import catalogue, hub, panels, week


class MondayConverter:
    """A week in an address, named by its Monday: 2026-06-15."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """Read the Monday; any other day is no week."""
        day = date.fromisoformat(value)
        if day.weekday() != 0 or not 2000 <= day.year < 2100:
            raise ValueError("A week is named by its Monday, in this century.")
        return day

    def to_url(self, value: date) -> str:
        """Write the Monday."""
        return value.isoformat()


register_converter(MondayConverter, "monday")

app_name = "producers"
urlpatterns = [
    path("week/", week.week, name="week"),
    path("week/<str:farm_id>/<monday:week_on>/", week.grid, name="grid"),
    path("week/<str:farm_id>/<monday:week_on>/cell/", week.cell, name="cell"),
    path("week/<str:farm_id>/<monday:week_on>/copy/", week.copy, name="copy"),
    path("week/<str:farm_id>/<monday:week_on>/nothing/", week.nothing, name="nothing"),
    path("products/", catalogue.products, name="products"),
    path("products/<str:farm_id>/", catalogue.catalogue, name="catalogue"),
    path("products/<str:farm_id>/new/", catalogue.product_new, name="product_new"),
    path("products/<str:farm_id>/minimum/", catalogue.minimum, name="minimum"),
    path("product/<str:product_id>/", catalogue.product, name="product"),
    path(
        "product/<str:product_id>/active/",
        catalogue.product_active,
        name="product_active",
    ),
    path(
        "product/<str:product_id>/packing/", catalogue.variant_new, name="variant_new"
    ),
    path("packing/<str:variant_id>/", catalogue.variant, name="variant"),
    path(
        "packing/<str:variant_id>/active/",
        catalogue.variant_active,
        name="variant_active",
    ),
    path(
        "packing/<str:variant_id>/offer/<str:hub_id>/",
        catalogue.offer_new,
        name="offer_new",
    ),
    path("offer/<str:offer_id>/", catalogue.offer, name="offer"),
    path("offer/<str:offer_id>/active/", catalogue.offer_active, name="offer_active"),
    path("farms/", hub.farms, name="farms"),
    path("pooled/", hub.pooled_offers, name="pooled_offers"),
    path("pooled/new/", hub.pooled_offer_new, name="pooled_offer_new"),
    path("pooled/<str:pool_id>/", hub.pooled_offer, name="pooled_offer"),
    path(
        "pooled/<str:pool_id>/active/",
        hub.pooled_offer_active,
        name="pooled_offer_active",
    ),
    path("today/", panels.today_panel, name="today_panel"),
]
