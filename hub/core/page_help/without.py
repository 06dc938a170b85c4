"""Addresses that change something and have no help of their own, each with why."""

_SIGNING_IN = "One question of the sign-in, which says itself what to type or to press."
_EVERY_PAGE = "A button at the head or the foot of every page; nothing is decided."

WITHOUT: dict[str, str] = {
    "account_confirm_login_code": _SIGNING_IN,
    "account_login": _SIGNING_IN,
    "account_logout": _EVERY_PAGE,
    "account_reauthenticate": _SIGNING_IN,
    "account_request_login_code": _SIGNING_IN,
    "account_signup": "Leads to the sign-in: people are invited.",
    "hub:demo_sign_in": "Exists in the demo alone, whose page says what it is.",
    "hub:language": _EVERY_PAGE,
    "hub:notice_stop": "Opened from a letter, by its reader, to do that one thing.",
    "hub:switch": _EVERY_PAGE,
    "mfa_authenticate": _SIGNING_IN,
    "mfa_login_webauthn": _SIGNING_IN,
    "mfa_reauthenticate": _SIGNING_IN,
    "mfa_reauthenticate_webauthn": _SIGNING_IN,
}

WITHOUT_SECTION: dict[str, str] = {
    "hub:families": "The guides follow the week; shelves are arranged once, here.",
    "hub:webhooks": "For who writes programs: `docs/webhooks.md` tells them more.",
    "routing:calendars": "One page, told whole by its help; no guide says more of it.",
}
"""Helps, by their first page, that lead to a guide but to no section of it, and why."""
