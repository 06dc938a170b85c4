"""Addresses of the routing floor."""

from django.urls import URLPattern

app_name = "routing"
urlpatterns: list[URLPattern] = []
