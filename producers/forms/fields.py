"""Fields that read figures as people type them: prices, kilograms, litres."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from producers.templatetags.typed import typed_thousandths

_THOUSANDTHS = re.compile(r"([0-9]{1,7})(?:[.,]([0-9]{1,3}))?")


class ThousandthsField(forms.CharField):
    """A decimal of at most three places, read into whole thousandths (kg into g)."""

    def __init__(self, **options: Any) -> None:
        attributes = {"inputmode": "decimal", "class": "input--short"}
        super().__init__(widget=forms.TextInput(attrs=attributes), **options)

    def prepare_value(self, value: Any) -> Any:
        """Show thousandths as they would be typed; leave alone what was typed."""
        return typed_thousandths(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int:
        """Give whole thousandths."""
        match = _THOUSANDTHS.fullmatch(re.sub(r"\s", "", super().clean(value)))
        if match is None:
            raise ValidationError(
                gettext("Write a number like 10 or 0.75, at most three decimals.")
            )
        return int(match[1]) * 1_000 + int((match[2] or "").ljust(3, "0"))


def mass_field() -> ThousandthsField:
    """What one selling unit weighs, in kilograms."""
    return ThousandthsField(
        label=_("Weight of one unit (kg)"),
        help_text=_("With its packing: the trucks are loaded by this figure."),
    )


def volume_field() -> ThousandthsField:
    """What one selling unit fills, in litres."""
    return ThousandthsField(
        label=_("Room it takes (litres)"),
        help_text=_("A banana box takes about 50 litres, a milk crate 25."),
    )
