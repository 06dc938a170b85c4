"""Cycles, in the hours that clocks show in Quebec."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.core.errors import CycleOutOfOrder
from hub.forms.fields import LocalMomentField
from hub.models import Cycle
from hub.services.cycles import CycleFacts


class CycleForm(forms.Form):
    """When buyers may order, and the day trucks deliver."""

    name = forms.CharField(label=_("Name"), max_length=80)
    opens_at = LocalMomentField(label=_("Opens"))
    closes_at = LocalMomentField(label=_("Closes"))
    service_on = forms.DateField(
        label=_("Delivered on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    flow = forms.ChoiceField(
        label=_("Way of the goods"),
        choices=Cycle.Flow.choices,
        initial=Cycle.Flow.DIRECT,
        help_text=_(
            "Through the hub, each farm sends one load to the dock and each drop "
            "point gets one load made of several farms’ goods."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """The three moments follow each other."""
        data = super().clean() or {}
        if not self.errors:
            self._refuse_disorder(data)
        return data

    def _refuse_disorder(self, data: dict[str, Any]) -> None:
        try:
            CycleFacts(**data)
        except CycleOutOfOrder as error:
            raise forms.ValidationError(_(error.sentence)) from error

    def facts(self) -> CycleFacts:
        """The answers, as the service takes them."""
        return CycleFacts(**self.cleaned_data)

    @staticmethod
    def answers_of(facts: CycleFacts | Cycle) -> dict[str, Any]:
        """What the form shows of a cycle, in local time."""
        return {
            "name": facts.name,
            "opens_at": _local(facts.opens_at),
            "closes_at": _local(facts.closes_at),
            "service_on": facts.service_on,
            "flow": facts.flow,
        }


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment)
