"""A period to report on."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = timedelta(days=5 * 366)
WEEKS_SHOWN = timedelta(weeks=12)


class PeriodForm(forms.Form):
    """From one day to another, both included."""

    since = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Until"), widget=forms.DateInput(attrs={"type": "date"})
    )

    @classmethod
    def of(cls, asked: Any, *, today: date) -> "PeriodForm":
        """The period asked for, or the last twelve weeks when none is."""
        if "since" in asked or "until" in asked:
            return cls(asked)
        return cls({"since": today - WEEKS_SHOWN + timedelta(days=1), "until": today})

    def clean(self) -> dict[str, Any]:
        """The period goes forward and is not longer than five years."""
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and since > until:
            raise forms.ValidationError(_("The period ends before it begins."))
        if since and until and until - since > LONGEST:
            raise forms.ValidationError(_("Choose at most five years."))
        return data
