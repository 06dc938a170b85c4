"""Addresses of the pricing floor."""

from django.urls import URLPattern

app_name = "pricing"
urlpatterns: list[URLPattern] = []
