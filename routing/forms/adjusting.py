"""What a hand asks of a plan, and what is decided of goods left behind."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from routing.core.edit import Move, MoveShipment, MoveStop, TakeOut

_NAME = "[a-z0-9-]+"
STEPS = {
    "stop": re.compile(rf"stop:({_NAME}):(\d+):({_NAME}):(best|\d+)"),
    "shipment": re.compile(rf"shipment:({_NAME}):({_NAME})"),
    "out": re.compile(rf"out:({_NAME}(?:,{_NAME})*)"),
    "lock": re.compile(rf"(lock|unlock):({_NAME})(?::(\d+))?"),
    "history": re.compile(r"(undo|redo)"),
}
"""What a button of the board can say, by kind."""


class StepForm(forms.Form):
    """One step on the board: a move, a lock, or back and forth.

    `do` is what the button pressed says; `version` is the plan as it was looked at.
    """

    version = forms.IntegerField(min_value=0)
    do = forms.CharField(max_length=2_000)

    def clean_do(self) -> tuple[str, tuple[str, ...]]:
        """The kind of step and its words. Raises ValidationError."""
        for kind, pattern in STEPS.items():
            if found := pattern.fullmatch(self.cleaned_data["do"]):
                return kind, tuple(found.groups())
        raise forms.ValidationError(_("This is no step of the board."))

    @property
    def move(self) -> Move:
        """The move asked for, where it is one."""
        kind, words = self.cleaned_data["do"]
        if kind == "shipment":
            return MoveShipment(*words)
        if kind == "out":
            return TakeOut(tuple(words[0].split(",")))
        vehicle_id, stop, to_vehicle_id, place = words
        position = None if place == "best" else int(place)
        return MoveStop(vehicle_id, int(stop), to_vehicle_id, position)


class DecisionForm(forms.Form):
    """What becomes of goods left behind."""

    shipment = forms.CharField(max_length=16, widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=_("What becomes of them?"),
        choices=[
            ("another_day", _("Another day")),
            ("own_transport", _("Own transport: someone else brings them")),
            ("cancelled", _("Cancelled: nothing is delivered or billed")),
            ("", _("Not decided")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    on = forms.DateField(
        label=_("Which day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    note = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """Another day needs the day."""
        data = super().clean() or {}
        if data.get("decision") == "another_day" and not data.get("on"):
            self.add_error("on", _("Say which day."))
        return data

    @property
    def day(self) -> date | None:
        """The other day, where one was chosen."""
        day: date | None = self.cleaned_data["on"]
        return day if self.cleaned_data["decision"] == "another_day" else None
