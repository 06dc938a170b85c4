"""How django-allauth behaves here: by invitation, by our codes, with second factors."""

from hub.accounts_adapter.accounts import ByInvitation
from hub.accounts_adapter.by_mail import CodeByMail
from hub.accounts_adapter.doors import FRESH_DOORS, LASTING_DOORS, MONEY_DOORS
from hub.accounts_adapter.factors import SecondFactors
from hub.accounts_adapter.standing import (
    KEPT_FORM,
    demand_now,
    forget_form,
    forget_kept,
    is_fresh,
    is_proved,
    keep_form,
    kept_form,
    note_proof,
    reminder_for,
)

__all__ = [
    "FRESH_DOORS",
    "KEPT_FORM",
    "LASTING_DOORS",
    "MONEY_DOORS",
    "ByInvitation",
    "CodeByMail",
    "SecondFactors",
    "demand_now",
    "forget_form",
    "forget_kept",
    "is_fresh",
    "is_proved",
    "keep_form",
    "kept_form",
    "note_proof",
    "reminder_for",
]
