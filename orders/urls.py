"""Addresses of the orders floor."""

from django.urls import URLPattern

app_name = "orders"
urlpatterns: list[URLPattern] = []
