"""A program let in: its name, what it may do, how long."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.core.scopes import Scope
from hub.services.api_keys import LONGEST_DAYS

SCOPE_LABELS = {
    Scope.MEMBERS_READ: _("Read members and places"),
    Scope.AVAILABILITY_READ: _("Read availability"),
    Scope.AVAILABILITY_WRITE: _("Post availability"),
    Scope.CYCLES_READ: _("Read order cycles"),
    Scope.CYCLES_WRITE: _("Prepare, open and close order cycles"),
    Scope.ORDERS_READ: _("Read orders"),
    Scope.ORDERS_WRITE: _("Place, change and cancel orders"),
    Scope.PLANS_READ: _("Read plans"),
    Scope.PLANS_WRITE: _("Plan, publish and dispatch"),
    Scope.ROUTES_READ: _("Read routes"),
    Scope.ROUTES_WRITE: _("Record what happens at the stops"),
    Scope.INVOICES_READ: _("Read invoices"),
    Scope.BILLING_WRITE: _("Bill and settle days, correct invoices"),
    Scope.STATEMENTS_READ: _("Read accounts and statements"),
    Scope.PAYMENTS_WRITE: _("Record payments"),
    Scope.RESULTS_READ: _("Read results"),
    Scope.PRICES_READ: _("Read how prices are made"),
    Scope.FUND_READ: _("Read the solidarity fund"),
    Scope.TRAIL_READ: _("Read the journal of changes"),
    Scope.ENVELOPES_READ: _("Read envelopes"),
    Scope.ENVELOPES_WRITE: _("Grant and change envelopes"),
    Scope.WEBHOOKS_READ: _("Read which addresses are told what happens"),
    Scope.WEBHOOKS_WRITE: _("Have addresses told what happens"),
}
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
