"""Addresses of the pricing floor."""

from django.urls import path

from pricing.views import (
    agreements,
    fund,
    limits,
    panels,
    prices,
    public,
    sources,
)

app_name = "pricing"
urlpatterns = [
    path("", prices.prices, name="prices"),
    path("start/", prices.start, name="start"),
    path("tiers/", prices.tiers, name="tiers"),
    path("margin/", prices.margin, name="margin"),
    path("transport/", prices.transport, name="transport"),
    path("fee/", prices.fee, name="fee"),
    path("limits/", limits.limits, name="limits"),
    path("limits/<slug:public_id>/end/", limits.limit_end, name="limit_end"),
    path("explained/", prices.explained, name="explained"),
    path("agreements/", agreements.agreements, name="agreements"),
    path(
        "agreements/<str:buyer_id>/end/",
        agreements.agreement_end,
        name="agreement_end",
    ),
    path("fund/", fund.fund, name="fund"),
    path("fund/open/", fund.fund_open, name="fund_open"),
    path("fund/runway/", fund.runway, name="runway"),
    path("fund/publish/", public.fund_publish, name="fund_publish"),
    path("fund/of/<str:hub_id>/", public.fund_public, name="fund_public"),
    path("fund/rule/", fund.stop_rule, name="stop_rule"),
    path("fund/lots/", fund.lot_new, name="lot_new"),
    path("fund/deposit/", fund.deposit, name="deposit"),
    path("fund/prolong/", sources.prolong, name="lot_prolong"),
    path("fund/return/", sources.give_back, name="lot_return"),
    path("today/", panels.today_panel, name="today_panel"),
]
