"""Fields that read percentages as people type them."""

from typing import Any

from django.core.exceptions import ValidationError

from hub.doors import sentence_of
from hub.forms.fields import HundredthsField
from pricing.core.errors import NotAPercent
from pricing.core.percents import parse_percent_bps


class PercentField(HundredthsField):
    """A percentage typed with a comma or a point, read into basis points."""

    def clean(self, value: Any) -> int | None:
        """Give basis points, or None for a blank where a blank is allowed."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_percent_bps(text)
        except NotAPercent as error:
            raise ValidationError(sentence_of(error)) from error
