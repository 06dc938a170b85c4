"""Tiers, margin, transport part, agreements, and the weighing of tiers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hub.core.quantities import TEMPERATURE_CLASSES
from hub.doors import sentence_of
from hub.forms.fields import CentsField, day_field
from pricing import selectors
from pricing.core.errors import MultiplierOutOfRange, NothingToWeigh
from pricing.core.tiers import (
    DEFAULT_TIERS,
    BreakEven,
    TierSetting,
    break_even,
    require_multiplier,
)
from pricing.forms.fields import PercentField
from pricing.models import MarginRule, PriceTier
from pricing.sentences import tier_name

if TYPE_CHECKING:
    from hub.models import Organization

USUAL_SHARES = {"solidaire": "25", "juste_prix": "50", "soutien": "25"}
"""How a Montreal grocery with three prices says its customers choose."""

TEMPERATURE_LABELS = {
    "frozen": _("Frozen ($ per kg)"),
    "chilled": _("Chilled ($ per kg)"),
    "ambient": _("Ambient ($ per kg)"),
}


class TiersForm(forms.Form):
    """What each tier pays of the full price, and whether it needs an agreement."""

    def __init__(self, told: QueryDict | None = None, **options: Any) -> None:
        super().__init__(told, auto_id="tiers-%s", **options)
        self.fields["starts_on"] = day_field(_("Holds from"))
        for tier in DEFAULT_TIERS:
            self.fields[tier.code] = PercentField(label=_("Percent of the full price"))
            self.fields[f"{tier.code}_agreed"] = forms.BooleanField(
                label=_("By agreement only"), required=False
            )

    def clean(self) -> dict[str, Any]:
        """Each percentage is one that a hub may set."""
        told = super().clean() or {}
        for tier in DEFAULT_TIERS:
            self._require(tier.code, told)
        return told

    def _require(self, code: str, told: dict[str, Any]) -> None:
        if code not in told:
            return
        try:
            require_multiplier(told[code])
        except MultiplierOutOfRange as error:
            self.add_error(code, sentence_of(error))

    def rows(self) -> list[dict[str, Any]]:
        """The fields by tier, the lowest price first, as the page shows them."""
        return [
            {
                "name": gettext(tier.label),
                "help": gettext(tier.explanation),
                "percent": self[tier.code],
                "agreed": self[f"{tier.code}_agreed"],
            }
            for tier in DEFAULT_TIERS
        ]

    def settings(self) -> list[TierSetting]:
        """The answers, as the service takes them."""
        return [
            TierSetting(
                code=tier.code,
                multiplier_bps=self.cleaned_data[tier.code],
                needs_agreement=self.cleaned_data[f"{tier.code}_agreed"],
            )
            for tier in DEFAULT_TIERS
        ]

    @staticmethod
    def answers_of(tiers: Sequence[PriceTier]) -> dict[str, Any]:
        """What the form shows of a hub's tiers."""
        return {tier.code: tier.multiplier_bps for tier in tiers} | {
            f"{tier.code}_agreed": tier.needs_agreement for tier in tiers
        }


class MarginForm(forms.Form):
    """A margin from a day on."""

    basis = forms.ChoiceField(label=_("Counted as"), choices=MarginRule.Basis.choices)
    rate = PercentField(label=_("Rate (percent)"))
    starts_on = day_field(_("Holds from"))

    def __init__(self, told: QueryDict | None = None, **options: Any) -> None:
        super().__init__(told, auto_id="margin-%s", **options)


class TransportForm(forms.Form):
    """The transport part of each temperature class from a day on."""

    is_taxed = forms.BooleanField(
        label=_("Transport bears the sales taxes"),
        required=False,
        help_text=_("Also beside basic groceries, which bear none. Ask an accountant."),
    )
    starts_on = day_field(_("Holds from"))

    def __init__(self, told: QueryDict | None = None, **options: Any) -> None:
        super().__init__(told, auto_id="transport-%s", **options)
        for name in TEMPERATURE_CLASSES:
            self.fields[name] = CentsField(label=TEMPERATURE_LABELS[name])
        self.order_fields([*TEMPERATURE_CLASSES, "is_taxed", "starts_on"])

    def cents_per_kg(self) -> dict[str, int]:
        """The answers by temperature class."""
        return {name: self.cleaned_data[name] for name in TEMPERATURE_CLASSES}


class BreakEvenForm(forms.Form):
    """What share of the sales each tier makes, to see whether they carry themselves.

    Without an answer it is a quarter, a half and a quarter.
    """

    def __init__(self, told: QueryDict, *, tiers: Sequence[PriceTier]) -> None:
        self._tiers = tiers
        is_told = any(tier.code in told for tier in tiers)
        super().__init__(told if is_told else _usual_shares(tiers), auto_id="share-%s")
        for tier in tiers:
            name = {"tier": tier_name(tier)}
            label = gettext("%(tier)s: percent of the sales") % name
            self.fields[tier.code] = PercentField(label=label)

    def clean(self) -> dict[str, Any]:
        """No share is under zero."""
        told = super().clean() or {}
        for code, share in list(told.items()):
            if share < 0:
                self.add_error(code, gettext("Write a percentage from 0 up."))
        return told

    def weighed(self) -> BreakEven | None:
        """The tiers weighed; None, with the reason on the form, when they cannot."""
        if not self._tiers or not self.is_valid():
            return None
        shares = [self.cleaned_data[tier.code] for tier in self._tiers]
        multipliers = [tier.multiplier_bps for tier in self._tiers]
        try:
            return break_even(shares, multipliers)
        except NothingToWeigh as error:
            self.add_error(None, sentence_of(error))
            return None


def _usual_shares(tiers: Sequence[PriceTier]) -> dict[str, str]:
    return {tier.code: USUAL_SHARES[tier.code] for tier in tiers}


class AgreementForm(forms.Form):
    """A tier granted to one buyer of the hub."""

    buyer: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Buyer"), queryset=None, to_field_name="public_id"
    )
    tier: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Price tier"), queryset=None, to_field_name="code"
    )
    starts_on = day_field(_("First day"))
    ends_on = day_field(
        _("Last day"), required=False, help_text=_("Empty: until you end it.")
    )

    def __init__(
        self,
        told: QueryDict | None = None,
        *,
        hub: Organization,
        today: date,
    ) -> None:
        super().__init__(told, initial={"starts_on": today})
        buyer = cast("forms.ModelChoiceField[Any]", self.fields["buyer"])
        buyer.queryset = selectors.buyers_of(hub_id=hub.pk)
        tier = cast("forms.ModelChoiceField[Any]", self.fields["tier"])
        tier.queryset = selectors.tiers_of(hub_id=hub.pk, on=today)
