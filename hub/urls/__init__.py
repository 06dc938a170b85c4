"""Addresses of the ground floor."""

from django.urls import path

from hub.views import home

app_name = "hub"
urlpatterns = [
    path("", home.home, name="home"),
    path("today/", home.today, name="today"),
    path("health", home.health, name="health"),
    path("help/", home.help_page, name="help"),
    path("language/", home.language, name="language"),
    path("switch/", home.switch, name="switch"),
]
