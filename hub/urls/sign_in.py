"""Signing in by a code sent by email, and out: all that is open of django-allauth.

The names are those the library asks for.
"""

from allauth.account import views
from django.urls import path

urlpatterns = [
    path("login/", views.request_login_code, name="account_login"),
    path("login/code/", views.request_login_code, name="account_request_login_code"),
    path("login/confirm/", views.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", views.logout, name="account_logout"),
]
