"""An envelope granted, money added or taken back, a programme welcomed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hub import selectors as hub_selectors
from hub.forms.fields import CentsField, day_field
from vouchers import selectors
from vouchers.services import Grant

if TYPE_CHECKING:
    from hub.models import Organization


class _GroupField(forms.ModelChoiceField):  # type: ignore[type-arg] # not at run time
    def label_from_instance(self, obj: Organization) -> str:
        """A group with its hub: two groups of two hubs may bear one name."""
        return f"{obj.name} · {obj.hub.name}" if obj.hub else obj.name


class GrantForm(forms.Form):
    """A new envelope; its key makes a second press harmless."""

    group = _GroupField(
        label=_("Group"), queryset=None, to_field_name="public_id", empty_label=None
    )
    amount = CentsField(label=_("Amount ($)"))
    starts_on = day_field(_("First day"))
    ends_on = day_field(
        _("Last day"),
        required=False,
        help_text=_("Empty: without end. After it, nothing new is promised."),
    )
    families: forms.ModelMultipleChoiceField[Any] = forms.ModelMultipleChoiceField(
        label=_("Only for these product families"),
        queryset=None,
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: it pays for every product."),
    )
    note = forms.CharField(
        label=_("A word for the group"),
        max_length=200,
        required=False,
        help_text=_("Write no name of a person."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, told: QueryDict | None = None, *, programme: Organization, today: date
    ) -> None:
        initial = {"key": uuid4(), "starts_on": today}
        super().__init__(told, auto_id="grant-%s", initial=initial)
        group = cast(_GroupField, self.fields["group"])
        group.queryset = selectors.groups_of(programme)
        families = cast("forms.ModelMultipleChoiceField[Any]", self.fields["families"])
        families.queryset = hub_selectors.families()

    def grant(self) -> Grant:
        """The answers, as the service takes them."""
        told = self.cleaned_data
        return Grant(
            group=told["group"],
            amount_cents=told["amount"],
            starts_on=told["starts_on"],
            ends_on=told["ends_on"],
            families=list(told["families"]),
            note=told["note"],
        )


class AmountForm(forms.Form):
    """Money added to an envelope, or taken back from it; once per key."""

    amount = CentsField(label=_("Amount ($)"))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, told: QueryDict | None = None, *, name: str) -> None:
        super().__init__(told, auto_id=f"{name}-%s", initial={"key": uuid4()})


class WelcomeForm(forms.Form):
    """The code that a programme of elsewhere gave to the hub."""

    code = forms.CharField(
        label=_("Code of the programme"),
        max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "code-input"}),
        help_text=_("The programme finds it on its page of envelopes."),
    )
