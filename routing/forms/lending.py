"""Days on which a truck is lent or kept: shapes only, rules are the services'."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.core.errors import DomainError
from hub.doors import sentence_of
from hub.templatetags.words import clock
from routing.core.lending import HOUR_S, days_between
from routing.forms.fleet import CostField
from routing.models import FleetPool, Vehicle
from routing.services import LoanTerms, pool_with_code

WEEKDAYS = (
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
)


def _date(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget)


class DaysForm(forms.Form):
    """From a day to another, on some weekdays, from one hour to another."""

    first_on = _date(_("From the day"))
    last_on = _date(_("To the day"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On these days only"),
        choices=WEEKDAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means every day."),
    )
    shift_start = forms.TypedChoiceField(label=_("Out from"), coerce=int)
    shift_end = forms.TypedChoiceField(label=_("Back before"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, hours in (("shift_start", range(24)), ("shift_end", range(1, 25))):
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)  # declared above
            field.choices = [(h * HOUR_S, clock(h * HOUR_S)) for h in hours]

    def clean(self) -> dict[str, Any]:
        """The concrete days, as `days`."""
        data = super().clean() or {}
        if not {"first_on", "last_on", "weekdays"} <= data.keys():
            return data
        try:
            data["days"] = days_between(
                data["first_on"], data["last_on"], data["weekdays"]
            )
        except DomainError as refusal:
            self.add_error("last_on", sentence_of(refusal))
        start, end = data.get("shift_start"), data.get("shift_end")
        if start is not None and end is not None and start >= end:
            self.add_error("shift_end", _("The shift must end after it begins."))
        return data

    def terms(self) -> LoanTerms:
        """The hours, without any price."""
        return LoanTerms(
            shift_start_s=self.cleaned_data["shift_start"],
            shift_end_s=self.cleaned_data["shift_end"],
        )

    @staticmethod
    def answers_of(vehicle: Vehicle, today: date) -> dict[str, Any]:
        """What is proposed first: today, at the hours of the truck."""
        return {
            "first_on": today,
            "last_on": today,
            "shift_start": vehicle.shift_start_s // HOUR_S * HOUR_S,
            "shift_end": -(-vehicle.shift_end_s // HOUR_S) * HOUR_S,
        }


class LoanForm(DaysForm):
    """The same, to a pool, at a price."""

    pool: "forms.ModelChoiceField[FleetPool]" = forms.ModelChoiceField(
        label=_("Lend to"),
        queryset=None,
        to_field_name="public_id",
        required=False,
        empty_label=_("another pool, by its code"),
    )
    code = forms.CharField(
        label=_("Code of the pool"),
        max_length=16,
        required=False,
        help_text=_("Only for a pool that is not in the list."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    fixed = CostField(label=_("Price of a day ($)"))
    per_km = CostField(label=_("Price of a kilometre ($)"))
    per_hour = CostField(label=_("Price of an hour ($)"))

    field_order = ("pool", "code")

    def __init__(self, *args: Any, pools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["pool"]
        assert isinstance(field, forms.ModelChoiceField)  # declared above
        field.queryset = pools

    def clean(self) -> dict[str, Any]:
        """A pool chosen in the list, or found by its code."""
        data = super().clean()
        code = data.get("code", "")
        if not data.get("pool") and not code and "pool" not in self.errors:
            self.add_error("pool", _("Choose a pool, or give the code of one."))
        if not data.get("pool") and code:
            try:
                data["pool"] = pool_with_code(code)
            except DomainError as refusal:
                self.add_error("code", sentence_of(refusal))
        return data

    def terms(self) -> LoanTerms:
        """The hours with their price."""
        data = self.cleaned_data
        return LoanTerms(
            shift_start_s=data["shift_start"],
            shift_end_s=data["shift_end"],
            fixed_cents=data["fixed"],
            per_km_cents=data["per_km"],
            per_hour_cents=data["per_hour"],
        )

    @staticmethod
    def answers_of(vehicle: Vehicle, today: date) -> dict[str, Any]:
        """What is proposed first: the hours and the price of the truck itself."""
        return {
            **DaysForm.answers_of(vehicle, today),
            "fixed": vehicle.fixed_cents,
            "per_km": vehicle.per_km_cents,
            "per_hour": vehicle.per_hour_cents,
        }
