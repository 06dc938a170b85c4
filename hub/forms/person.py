"""What people say about themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PersonForm(forms.Form):
    """A person's own name and phone; the address stays, codes are sent to it."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Your phone"),
        max_length=30,
        required=False,
        help_text=_("To reach you about a delivery, on its day."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
