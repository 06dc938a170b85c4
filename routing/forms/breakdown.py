"""Which truck stands still, and at which of its stops."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from routing import selectors
from routing.models import Route
from routing.services import Report


class BreakdownForm(forms.Form):
    """One choice: a truck of the plan, near one of the places of its route."""

    where = forms.ChoiceField(
        label=_("Which truck, and where does it stand?"),
        help_text=_("Choose the stop of the truck that is nearest to it."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, routes: Collection[Route], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = selectors.places_on_routes(routes)
        self._spots = {
            f"{route.vehicle.public_id}:{place.public_id}": (route.vehicle, place)
            for route in routes
            for place in places[route.pk]
        }
        field = self.fields["where"]
        assert isinstance(field, forms.ChoiceField)  # declared above
        field.choices = [("", "")] + [
            (value, f"{vehicle.name} · {place.name}")
            for value, (vehicle, place) in self._spots.items()
        ]

    def report(self) -> Report:
        """The answer, as the service takes it."""
        vehicle, place = self._spots[self.cleaned_data["where"]]
        return Report(vehicle=vehicle, place=place, key=self.cleaned_data["key"].hex)
