"""Why something is taken back, and until when a cycle is open again."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id
from hub.forms.fields import LocalMomentField


class WayBackForm(forms.Form):
    """The reason, told to everybody concerned, and the key of this one request."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("Everybody who is told reads it, in the words you write."),
    )
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"key": new_public_id(), **(options.get("initial") or {})}
        super().__init__(*args, **options)


class ReopenForm(WayBackForm):
    """Until when buyers may order again, in the hours of clocks in Quebec."""

    closes_at = LocalMomentField(label=_("Closes"))

    field_order = ("closes_at", "reason", "key")

    @staticmethod
    def first_answers(closes_at: datetime) -> dict[str, Any]:
        """What the form proposes."""
        return {"closes_at": timezone.localtime(closes_at)}
