"""Fields that read figures, amounts and days as people type them."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from hub.core.errors import NotAnAmount
from hub.core.money import parse_cents
from hub.doors import sentence_of
from hub.templatetags.words import duration, reader_locale

HOURS_AND_MINUTES = re.compile(
    r"(\d{1,2})\s*(?:h|:)\s*(?:([0-5]?\d)\s*(?:min)?)?", re.I
)
MINUTES = re.compile(r"(\d{1,4})\s*min", re.I)
LONGEST_S = 24 * 3_600
_CENTURY = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2099, 12, 31))]


class LocalMomentField(forms.DateTimeField):
    """A day and an hour as the clocks of Quebec show them.

    In the two nights when clocks change, an hour that they show twice, or never, is
    asked again: whoever types it cannot know what would be understood.
    """

    def __init__(self, **options: Any) -> None:
        kind = {"type": "datetime-local"}
        widget = forms.DateTimeInput(attrs=kind, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)

    def to_python(self, value: Any) -> Any:
        """Give the moment, or say why this hour cannot be meant."""
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            raise ValidationError(
                _(
                    "Clocks change that night: they show this hour twice, or not at "
                    "all. Choose an hour before or after it."
                )
            ) from error


class HundredthsField(forms.CharField):
    """A figure of two decimals, kept as whole hundredths."""

    pattern = "0.##"

    def __init__(self, **options: Any) -> None:
        attributes = {"inputmode": "decimal", "class": "input--short"}
        super().__init__(widget=forms.TextInput(attrs=attributes), **options)

    def prepare_value(self, value: Any) -> Any:
        """Show hundredths as they would be typed; leave alone what was typed."""
        if not isinstance(value, int):
            return value
        return format_decimal(
            Decimal(value) / 100,
            format=self.pattern,
            locale=reader_locale(),
            group_separator=False,
        )


class CentsField(HundredthsField):
    """An amount typed with a comma or a point, read into whole cents."""

    pattern = "0.00"

    def clean(self, value: Any) -> int | None:
        """Give cents, or None for a blank where a blank is allowed."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_cents(text)
        except NotAnAmount as error:
            raise ValidationError(sentence_of(error)) from error


class DurationField(forms.CharField):
    """Hours and minutes as people type them (2 h 30, 2:30, 90 min), kept in seconds."""

    def __init__(self, **options: Any) -> None:
        attributes = {"class": "input--short", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attributes), **options)

    def prepare_value(self, value: Any) -> Any:
        """Show seconds as they would be typed; leave alone what was typed."""
        return duration(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        """Give seconds, or None for a blank where a blank is allowed."""
        text = super().clean(value)
        if not text:
            return None
        if found := HOURS_AND_MINUTES.fullmatch(text):
            seconds = int(found[1]) * 3_600 + int(found[2] or 0) * 60
        elif found := MINUTES.fullmatch(text):
            seconds = int(found[1]) * 60
        else:
            raise ValidationError(_("Write hours and minutes, such as 2 h 30."))
        if not 60 <= seconds <= LONGEST_S:
            raise ValidationError(_("Write between one minute and 24 hours."))
        return seconds


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> Any:
    """A day of this century, chosen in the browser's calendar."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        validators=_CENTURY,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
