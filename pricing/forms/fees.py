"""Fees of the legs of the way, and limits of support."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hub.forms.fields import CentsField, day_field
from pricing import selectors
from pricing.core.fees import FeeFigures
from pricing.forms.fields import PercentField
from pricing.models import FeeRule
from pricing.services import LimitFigures

if TYPE_CHECKING:
    from hub.models import Organization


class FeeForm(forms.Form):
    """The fee of one leg from a day on; an empty figure asks nothing."""

    leg = forms.ChoiceField(label=_("Leg of the way"), choices=FeeRule.Leg.choices)
    cents_per_unit = CentsField(label=_("A unit ($)"), required=False)
    cents_per_kg = CentsField(label=_("A kilogram ($)"), required=False)
    share_bps = PercentField(label=_("Percent of the farm’s price"), required=False)
    is_taxed = forms.BooleanField(
        label=_("The fee bears the sales taxes"),
        required=False,
        help_text=_("Also beside basic groceries, which bear none. Ask an accountant."),
    )
    starts_on = day_field(_("Holds from"))

    def __init__(self, told: QueryDict | None = None, **options: Any) -> None:
        super().__init__(told, auto_id="fee-%s", **options)

    def figures(self) -> FeeFigures:
        """The answers, as the service takes them. Raises FeeOutOfRange."""
        told = self.cleaned_data
        return FeeFigures(
            leg=told["leg"],
            cents_per_unit=told["cents_per_unit"] or 0,
            cents_per_kg=told["cents_per_kg"] or 0,
            share_bps=told["share_bps"] or 0,
            is_taxed=told["is_taxed"],
        )


class LimitForm(forms.Form):
    """The lowest price and the most support a month, of one buyer or of all."""

    buyer: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Buyer"),
        queryset=None,
        to_field_name="public_id",
        required=False,
        empty_label=_("All who have no limit of their own"),
    )
    floor_bps = PercentField(
        label=_("Lowest price, in percent of the farm’s price"),
        required=False,
        help_text=_("Empty: no floor. With 100, no tier sells under the farm’s price."),
    )
    cap_cents = CentsField(
        label=_("Most support in a month ($)"),
        required=False,
        help_text=_("Empty: no cap. Counted by the month of the delivery."),
    )
    grant: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Grant that lifts the floor"),
        queryset=None,
        to_field_name="public_id",
        required=False,
        empty_label=_("None"),
        help_text=_("While it may pay for the buyer, the floor does not hold."),
    )
    starts_on = day_field(_("First day"))
    ends_on = day_field(
        _("Last day"), required=False, help_text=_("Empty: until you end it.")
    )

    def __init__(
        self, told: QueryDict | None = None, *, hub: Organization, today: date
    ) -> None:
        super().__init__(told, auto_id="limit-%s", initial={"starts_on": today})
        buyer = cast("forms.ModelChoiceField[Any]", self.fields["buyer"])
        buyer.queryset = selectors.buyers_of(hub_id=hub.pk)
        grant = cast("forms.ModelChoiceField[Any]", self.fields["grant"])
        grant.queryset = selectors.lots_open_on(hub_id=hub.pk, on=today)

    def figures(self) -> LimitFigures:
        """The answers, as the service takes them."""
        told = self.cleaned_data
        return LimitFigures(
            floor_bps=told["floor_bps"],
            cap_cents=told["cap_cents"],
            grant=told["grant"],
        )
