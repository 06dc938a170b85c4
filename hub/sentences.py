"""Words of the ground floor that several pages share."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TEMPERATURES: Mapping[str, str | Promise] = {
    "frozen": _("Frozen"),
    "chilled": _("Chilled"),
    "ambient": _("Ambient"),
}
"""Temperature classes as people call them."""
