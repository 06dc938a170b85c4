"""Pools, trucks, and how long to search: shapes only, rules are the services'."""

from datetime import time
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hub.core.quantities import TEMPERATURE_CLASSES
from hub.forms.fields import CentsField, DurationField
from routing.models import Vehicle
from routing.services import VehicleFacts

SEARCH_SECONDS = (5, 10, 20, 30, 60, 120, 300)
LARGEST_ROOM = 40_000
CLASS_LABELS = {
    "frozen": (_("Frozen, kg"), _("Frozen, litres")),
    "chilled": (_("Chilled, kg"), _("Chilled, litres")),
    "ambient": (_("Ambient, kg"), _("Ambient, litres")),
}


class CostField(CentsField):
    """What a truck costs: from nothing to ten thousand dollars, in whole cents."""

    def clean(self, value: Any) -> int | None:
        """Whole cents. Raises ValidationError."""
        cents = super().clean(value)
        if cents is not None and not 0 <= cents <= 1_000_000:
            raise forms.ValidationError(_("Write an amount between 0 and 10,000."))
        return cents


def _longest_ride(label: Any) -> DurationField:
    return DurationField(
        label=label,
        required=False,
        help_text=_("Hours and minutes, such as 2 h 30. Empty: no limit."),
    )


class PoolForm(forms.Form):
    """A pool's name, how long goods may ride, and the hubs that go on sharing it."""

    name = forms.CharField(label=_("Name of the pool"), max_length=80)
    frozen_ride = _longest_ride(_("Longest ride of frozen goods"))
    chilled_ride = _longest_ride(_("Longest ride of chilled goods"))
    ambient_ride = _longest_ride(_("Longest ride of ambient goods"))
    hubs: "forms.ModelMultipleChoiceField[Any]" = forms.ModelMultipleChoiceField(
        label=_("Hubs that share it"),
        queryset=None,
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A hub that you take away keeps its past routes, and no more."),
    )

    def __init__(self, *args: Any, hubs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not hubs:
            del self.fields["hubs"]
            return
        field = self.fields["hubs"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # declared above
        field.queryset = hubs

    @property
    def longest_rides_s(self) -> dict[str, int | None]:
        """How long goods of each class may ride; None where there is no limit."""
        return {name: self.cleaned_data[f"{name}_ride"] for name in TEMPERATURE_CLASSES}

    @property
    def kept_hubs(self) -> list[Any]:
        """The hubs that stay, as rows."""
        return list(self.cleaned_data.get("hubs", []))


class JoinForm(forms.Form):
    """The code that the coordination of a pool gives to another hub."""

    code = forms.CharField(
        label=_("Code of the pool"),
        max_length=16,
        help_text=_("The coordination that plans these trucks gives it to you."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def _room(label: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=LARGEST_ROOM, widget=widget
    )


def _hour(label: Any, initial: time) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, initial=initial, widget=widget)


class VehicleForm(forms.Form):
    """A truck: who lends it, where it sleeps, what it holds and costs."""

    name = forms.CharField(label=_("Name of the truck"), max_length=60)
    plate = forms.CharField(
        label=_("Plate"),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    owner: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Lent by"), queryset=None, to_field_name="public_id"
    )
    home: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Starts from and comes back to"),
        queryset=None,
        to_field_name="public_id",
    )
    shift_start = _hour(_("Out from"), time(6))
    shift_end = _hour(_("Back before"), time(17))
    fixed = CostField(label=_("Cost of a day out ($)"), initial=0)
    per_km = CostField(label=_("Cost of a kilometre ($)"), initial=0)
    per_hour = CostField(label=_("Cost of an hour ($)"), initial=0)
    height_cm = forms.IntegerField(
        label=_("Height of the truck (centimetres)"),
        required=False,
        min_value=100,
        max_value=600,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    has_tailgate = forms.BooleanField(label=_("It has a tailgate"), required=False)
    is_active = forms.BooleanField(
        label=_("May be planned"), required=False, initial=True
    )
    frozen_kg = _room(CLASS_LABELS["frozen"][0])
    frozen_l = _room(CLASS_LABELS["frozen"][1])
    chilled_kg = _room(CLASS_LABELS["chilled"][0])
    chilled_l = _room(CLASS_LABELS["chilled"][1])
    ambient_kg = _room(CLASS_LABELS["ambient"][0])
    ambient_l = _room(CLASS_LABELS["ambient"][1])

    def __init__(self, *args: Any, owners: Any, homes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, queryset in (("owner", owners), ("home", homes)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # declared above
            field.queryset = queryset

    def clean(self) -> dict[str, Any]:
        """Both figures of a compartment or none; a shift that ends after it begins."""
        data = super().clean() or {}
        for name in TEMPERATURE_CLASSES:
            kg, litres = data.get(f"{name}_kg"), data.get(f"{name}_l")
            if bool(kg) != bool(litres):
                missing = f"{name}_l" if kg else f"{name}_kg"
                self.add_error(
                    missing, _("Give both kilograms and litres, or neither.")
                )
        start, end = data.get("shift_start"), data.get("shift_end")
        if start and end and start >= end:
            self.add_error("shift_end", _("The shift must end after it begins."))
        return data

    def facts(self) -> VehicleFacts:
        """The answers, in the units of the service."""
        data = self.cleaned_data
        return VehicleFacts(
            owner=data["owner"],
            name=data["name"],
            plate=data["plate"],
            home=data["home"],
            holds={
                name: (data[f"{name}_kg"], data[f"{name}_l"])
                for name in TEMPERATURE_CLASSES
                if data[f"{name}_kg"]
            },
            shift_start_s=_seconds(data["shift_start"]),
            shift_end_s=_seconds(data["shift_end"]),
            fixed_cents=data["fixed"],
            per_km_cents=data["per_km"],
            per_hour_cents=data["per_hour"],
            height_cm=data["height_cm"],
            has_tailgate=data["has_tailgate"],
            is_active=data["is_active"],
        )

    @staticmethod
    def answers_of(vehicle: Vehicle) -> dict[str, Any]:
        """What the form shows of a truck already known."""
        answers: dict[str, Any] = {
            "name": vehicle.name,
            "plate": vehicle.plate,
            "owner": vehicle.owner.public_id,
            "home": vehicle.home.public_id,
            "shift_start": _clock(vehicle.shift_start_s),
            "shift_end": _clock(vehicle.shift_end_s),
            "fixed": vehicle.fixed_cents,
            "per_km": vehicle.per_km_cents,
            "per_hour": vehicle.per_hour_cents,
            "height_cm": vehicle.height_cm,
            "has_tailgate": vehicle.has_tailgate,
            "is_active": vehicle.is_active,
        }
        for compartment in vehicle.compartments.all():
            name = compartment.temperature_class
            answers[f"{name}_kg"] = compartment.capacity_kg
            answers[f"{name}_l"] = compartment.capacity_l
        return answers


class SearchForm(forms.Form):
    """How long to search; `key` lets a second click find the first planning."""

    seconds = forms.TypedChoiceField(label=_("Search for"), coerce=int, choices=())
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = settings.SOLVER_TIME_LIMIT_S
        allowed = [s for s in SEARCH_SECONDS if s <= limit] or [limit]
        field = self.fields["seconds"]
        assert isinstance(field, forms.TypedChoiceField)  # declared above
        field.choices = [
            (s, ngettext("%(num)s second", "%(num)s seconds", s) % {"num": s})
            for s in allowed
        ]
        field.initial = 10 if 10 in allowed else allowed[0]


def _seconds(clock: time) -> int:
    return clock.hour * 3_600 + clock.minute * 60


def _clock(seconds: int) -> time:
    minutes = min(seconds // 60, 24 * 60 - 1)
    return time(minutes // 60, minutes % 60)
