"""A program let in: its name, what it may do, how long."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.core.scopes import Scope
from hub.core.trail_facts import CODES
from hub.services.api_keys import LONGEST_DAYS

SCOPE_LABELS = {Scope(code): _(label) for code, label in CODES["scopes"].items()}
DURATIONS = [
    ("30", _("a month")),
    ("90", _("three months")),
    ("365", _("a year")),
    (str(LONGEST_DAYS), _("two years")),
]


class ApiKeyForm(forms.Form):
    """What a new key is for."""

    name = forms.CharField(
        label=_("What is this program?"),
        max_length=80,
        help_text=_("Such as “Accounting” or “Farm shop”: the name in every record."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        choices=[(scope.value, label) for scope, label in SCOPE_LABELS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label=_("Valid for"), choices=DURATIONS, coerce=int, initial="365"
    )


def scope_labels(scopes: list[str]) -> list[str]:
    """What a key may do, in words, in the order of the form."""
    return [str(label) for scope, label in SCOPE_LABELS.items() if scope in scopes]
