"""Papers as people type them, with a scan that is looked at before it is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.core.errors import DomainError
from hub.doors import sentence_of
from hub.exchange.scan import scan_to_keep
from hub.forms.fields import day_field
from routing.core.papers import LARGEST_SCAN
from routing.models import Route
from routing.services import PaperFacts


class PaperForm(forms.Form):
    """One paper: its number, its last day, and a scan if one is at hand."""

    number = forms.CharField(
        label=_("Number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    expires_on = day_field(_("Holds until"))
    scan = forms.FileField(
        label=_("Scan or photo"),
        required=False,
        help_text=_("PDF, PNG or JPEG of 5 MB at most. Only you and your hub see it."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )

    def clean_scan(self) -> bytes:
        """The scan as it will be kept: a picture drawn anew, a PDF looked at."""
        sent = self.cleaned_data.get("scan")
        if not sent:
            return b""
        if sent.size > LARGEST_SCAN:
            raise forms.ValidationError(_("This file is larger than 5 MB."))
        try:
            return scan_to_keep(sent.read())
        except DomainError as refusal:
            raise forms.ValidationError(sentence_of(refusal)) from refusal

    def facts(self, kind: str) -> PaperFacts:
        """The answers, for the service."""
        data = self.cleaned_data
        return PaperFacts(
            kind=kind,
            number=data["number"],
            expires_on=data["expires_on"],
            scan=data["scan"],
        )


class DriverForm(forms.Form):
    """Who drives a route."""

    driver: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Driven by"),
        queryset=None,
        to_field_name="public_id",
        required=False,
        empty_label=_("nobody named yet"),
    )

    def __init__(self, *args: Any, drivers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["driver"]
        assert isinstance(field, forms.ModelChoiceField)  # declared above
        field.queryset = drivers

    @staticmethod
    def answers_of(route: Route) -> dict[str, Any]:
        """Who drives it now."""
        return {"driver": route.driver.public_id if route.driver else ""}
