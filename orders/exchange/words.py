"""Words that papers and pages of orders share."""

from django.utils.translation import gettext_lazy

TEMPERATURES = {
    "frozen": gettext_lazy("Frozen"),
    "chilled": gettext_lazy("Chilled"),
    "ambient": gettext_lazy("Ambient"),
}
"""The three classes as the reader calls them, the coldest first."""
