"""Signing in by a code sent by email, and out: all that is open of django-allauth.

The names are those the library asks for; people are invited, so that signing up
leads to signing in.
"""

from allauth.account import views
from django.urls import path
from django.views.generic import RedirectView

from hub.views.sign_in import RequestCode

urlpatterns = [
    path("login/", RequestCode.as_view(), name="account_login"),
    path("login/code/", RequestCode.as_view(), name="account_request_login_code"),
    path("login/confirm/", views.confirm_login_code, name="account_confirm_login_code"),
    path(
        "signup/",
        RedirectView.as_view(pattern_name="account_login"),
        name="account_signup",
    ),
    path("logout/", views.logout, name="account_logout"),
]
