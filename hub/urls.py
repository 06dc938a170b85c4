"""Addresses of the ground floor."""

from django.urls import path

from hub.views import home

app_name = "hub"
urlpatterns = [
    path("", home.home, name="home"),
    path("today/", home.today, name="today"),
    path("health", home.health, name="health"),
    path("switch/", home.switch, name="switch"),
]
