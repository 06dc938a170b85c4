"""How goods pass through the dock of a hub, in minutes as people say them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.core.errors import DockCannotWork
from hub.models import Place
from hub.services.places import DockFacts


def _minutes(label: Any, help_text: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=0,
        max_value=24 * 60,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class DockForm(forms.Form):
    """How many trucks at once, how fast goods are recombined, how long they wait."""

    num_docks = forms.IntegerField(
        label=_("Trucks at the dock at once"),
        min_value=1,
        max_value=50,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    transfer_min = _minutes(
        _("Minutes to recombine goods"),
        _("From the last crate unloaded to the first crate loaded."),
    )
    dwell_limit_min = _minutes(
        _("Longest wait at the dock, in minutes"),
        _("Goods leave again within this time."),
    )

    def clean(self) -> dict[str, Any]:
        """Goods may wait at least as long as it takes to recombine them."""
        data = super().clean() or {}
        if not self.errors:
            self._refuse_haste()
        return data

    def _refuse_haste(self) -> None:
        try:
            self.facts()
        except DockCannotWork as error:
            raise forms.ValidationError(_(error.sentence)) from error

    def facts(self) -> DockFacts:
        """The answers, in the units of the service."""
        data = self.cleaned_data
        return DockFacts(
            num_docks=data["num_docks"],
            dwell_limit_s=data["dwell_limit_min"] * 60,
            transfer_duration_s=data["transfer_min"] * 60,
        )

    @staticmethod
    def answers_of(place: Place) -> dict[str, Any]:
        """What the form shows of a dock already known."""
        return {
            "num_docks": place.num_docks,
            "dwell_limit_min": place.dwell_limit_s // 60,
            "transfer_min": place.transfer_duration_s // 60,
        }
