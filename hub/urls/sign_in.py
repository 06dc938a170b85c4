"""Signing in and out, second factors and devices: all that is open of django-allauth.

The names are those the library asks for; people are invited, so that signing up
leads to signing in.
"""

from allauth.account import views
from allauth.mfa.base.views import reauthenticate
from django.urls import path
from django.views.generic import RedirectView

from hub.views import devices, factors, sign_in

urlpatterns = [
    path("login/", sign_in.RequestCode.as_view(), name="account_login"),
    path(
        "login/code/", sign_in.RequestCode.as_view(), name="account_request_login_code"
    ),
    path(
        "login/confirm/",
        sign_in.ConfirmCode.as_view(),
        name="account_confirm_login_code",
    ),
    path("login/passkey/", sign_in.PasskeyLogin.as_view(), name="mfa_login_webauthn"),
    path("login/factor/", sign_in.ShowFactor.as_view(), name="mfa_authenticate"),
    path(
        "signup/",
        RedirectView.as_view(pattern_name="account_login"),
        name="account_signup",
    ),
    path("logout/", views.logout, name="account_logout"),
    path("again/", factors.show_again, name="account_reauthenticate"),
    path("again/factor/", reauthenticate, name="mfa_reauthenticate"),
    path(
        "again/passkey/",
        factors.PasskeyAgain.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("second-factor/", factors.second_factor, name="account_second_factor"),
    path("factors/", factors.Factors.as_view(), name="mfa_index"),
    path("factors/app/", factors.AddApp.as_view(), name="mfa_activate_totp"),
    path(
        "factors/app/remove/", factors.RemoveApp.as_view(), name="mfa_deactivate_totp"
    ),
    path(
        "factors/codes/",
        factors.RecoveryCodes.as_view(),
        name="mfa_view_recovery_codes",
    ),
    path(
        "factors/codes/new/",
        factors.NewRecoveryCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path("factors/passkeys/", factors.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path(
        "factors/passkeys/<slug:passkey_id>/",
        factors.RenamePasskey.as_view(),
        name="mfa_edit_webauthn",
    ),
    path(
        "factors/passkeys/<slug:passkey_id>/remove/",
        factors.RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("devices/", devices.my_devices, name="account_devices"),
    path("devices/end-others/", devices.devices_end, name="account_devices_end"),
    path(
        "devices/<slug:public_id>/end/", devices.device_end, name="account_device_end"
    ),
]
