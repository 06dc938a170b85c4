"""What is wrong in what a program sent: which field, and what to mend, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from hub.core.errors import N_

ARGUMENT = "asked"
"""What views call a body or a set of filters; no field of it, so nobody is told."""

UNTOLD = N_("Send what the description of this operation says.")
"""For a kind of fault without a sentence of its own; a test looks for them."""
_DATE = N_("Write a day such as 2026-11-27.")
_MOMENT = N_("Write a moment with its zone, such as 2026-11-27T12:00:00-05:00.")
_WHOLE = N_("Write a whole number, without quotes or decimals.")
_YES_NO = N_("Write true or false.")
_WORDS: dict[str, str] = {
    "missing": N_("This field is missing."),
    "extra_forbidden": N_("No field has this name here. Check its spelling."),
    "model_type": N_("Send an object, with its fields by name."),
    "model_attributes_type": N_("Send an object, with its fields by name."),
    "dict_type": N_("Send an object, with its fields by name."),
    "list_type": N_("Send a list."),
    "string_type": N_("Write a text, between quotes."),
    "string_unicode": N_("Write a text in UTF-8."),
    "string_too_short": N_("Too short: at least %(min_length)s characters."),
    "string_too_long": N_("Too long: at most %(max_length)s characters."),
    "string_pattern_mismatch": N_("Not written as expected: %(pattern)s"),
    "too_short": N_("Too few: at least %(min_length)s."),
    "too_long": N_("Too many: at most %(max_length)s."),
    "greater_than_equal": N_("Too small: %(ge)s at least."),
    "less_than_equal": N_("Too large: %(le)s at most."),
    "finite_number": _WHOLE,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "bool_type": _YES_NO,
    "bool_parsing": _YES_NO,
    "enum": N_("Choose one of: %(expected)s."),
    "literal_error": N_("Choose one of: %(expected)s."),
    "union_tag_invalid": N_("Choose one of: %(expected_tags)s."),
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "datetime_type": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_object_invalid": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "timezone_aware": _MOMENT,
}
"""A sentence for each kind of fault that pydantic finds in what is sent."""


def fault_of(error: Mapping[str, Any]) -> tuple[str, str]:
    """Where a fault stands in what was sent, and what to mend there.

    `error` is one of pydantic's; the sentence is in the language of the answer.
    """
    where = [str(part) for part in error["loc"]]
    if where[1:2] == [ARGUMENT]:
        del where[1]
    figures = dict(error.get("ctx", {}))
    if "expected" in figures:
        figures["expected"] = str(figures["expected"]).replace(" or ", ", ")
    sentence = _(_WORDS.get(str(error["type"]), UNTOLD))
    return ".".join(where), sentence % figures
