"""Members of a hub, and the people invited into them."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hub.models import Flow, Organization
from hub.permissions import ROLES_OF_KIND

_KINDS = [choice for choice in Organization.Kind.choices if choice[0] != "hub"]


class OrganizationForm(forms.Form):
    """What an organization says about itself."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    contact_email = forms.EmailField(
        label=_("Email to reach the organization"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    contact_phone = forms.CharField(
        label=_("Phone on the day of delivery"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )


class HubForm(OrganizationForm):
    """A hub says also which way its goods usually take."""

    default_flow = forms.ChoiceField(
        label=_("Way of the goods in new cycles"),
        choices=Flow.choices,
        help_text=_("A cycle may go another way; those that exist stay as they are."),
    )


class NewOrganizationForm(OrganizationForm):
    """A new member: also what kind it is, which stays."""

    kind = forms.ChoiceField(label=_("Kind"), choices=_KINDS)
    field_order = ("kind", "name", "contact_email", "contact_phone")


class InviteForm(forms.Form):
    """Who is invited, to which of the roles that this kind of organization knows."""

    email = forms.EmailField(
        label=_("Email"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"))
    language = forms.ChoiceField(
        label=_("Language of the invitation"), choices=settings.LANGUAGES
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.value, role.label) for role in ROLES_OF_KIND[kind]]
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # declared above
        field.choices = roles
