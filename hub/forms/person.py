"""What people say about themselves."""

from collections.abc import Collection
from datetime import time
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.core.letters import OPTIONAL, Kind
from hub.models import Person


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


class NoticesForm(forms.Form):
    """Which letters a person wants, and at what hours not to be written to."""

    wanted = forms.MultipleChoiceField(
        label=_("Write to me about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    quiet_from = forms.TimeField(
        label=_("Do not write from"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    quiet_until = forms.TimeField(
        label=_("Until what hour"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_(
            "What comes then waits for the end; a breakdown of the day and a changed "
            "route, for its driver, do not wait. The same hour twice: no quiet hours."
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = cast(forms.MultipleChoiceField, self.fields["wanted"])
        field.choices = [(str(kind), _(name)) for kind, name in OPTIONAL.items()]

    @staticmethod
    def answers_of(person: Person, unwanted: Collection[str]) -> dict[str, Any]:
        """What a person has chosen until now."""
        return {
            "wanted": [str(kind) for kind in OPTIONAL if kind not in unwanted],
            "quiet_from": _clock(person.quiet_from_s),
            "quiet_until": _clock(person.quiet_until_s),
        }

    def choice(self) -> dict[str, Any]:
        """The answers, as the service takes them."""
        said = self.cleaned_data
        return {
            "wanted": {Kind(name) for name in said["wanted"]},
            "quiet_from_s": _seconds(said["quiet_from"]),
            "quiet_until_s": _seconds(said["quiet_until"]),
        }


def _clock(seconds: int) -> time:
    return time(seconds // 3_600 % 24, seconds % 3_600 // 60)


def _seconds(clock: time) -> int:
    return clock.hour * 3_600 + clock.minute * 60
