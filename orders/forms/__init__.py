"""What people type on the pages of orders: shape only, rules are services'."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hub.core.errors import DomainError, NotACount
from hub.core.money import scale_half_up
from hub.core.quantities import parse_count
from hub.doors import sentence_of
from hub.forms.fields import CentsField, day_field
from orders.core.basket import QUANTITY_MAX
from orders.core.errors import QuantityOutOfRange
from orders.core.listing import Wanted
from orders.exchange.words import TEMPERATURES
from orders.models import CloseRule
from orders.services import BasketTerms
from pricing.sentences import tier_name

if TYPE_CHECKING:
    from hub.models import Place
    from orders.selectors import LineToCorrect
    from pricing.models import PriceTier
    from producers.core.catalogue import ListedRow
    from vouchers.models import Envelope

QUANTITY = "q-"
WAS = "was-"


@dataclass(slots=True)
class TypedQuantities:
    """The quantities of a page, read; what cannot be read is kept as it was typed.

    Only what differs from what the page showed is a change, so that two colleagues on
    one basket do not undo each other.
    """

    quantities: dict[str, int] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, posted: Mapping[str, Any]) -> TypedQuantities:
        """Read every quantity of a posted page."""
        typed = cls()
        for name, text in posted.items():
            public_id = name.removeprefix(QUANTITY)
            if name.startswith(QUANTITY) and text != posted.get(f"{WAS}{public_id}"):
                typed._read(public_id, str(text))
        if removed := posted.get("remove"):
            typed.quantities[str(removed)] = 0
            typed.problems.pop(str(removed), None)
        return typed

    def _read(self, public_id: str, text: str) -> None:
        self.texts[public_id] = text[:20]
        try:
            quantity = parse_count(text) if text.strip() else 0
            if quantity > QUANTITY_MAX:
                raise QuantityOutOfRange(product=text, quantity=quantity)
        except (NotACount, QuantityOutOfRange) as refusal:
            self.problems[public_id] = sentence_of(refusal)
        else:
            self.quantities[public_id] = quantity


def _by_name(pairs: Iterable[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    """Ids and names, ordered as they are read."""
    return tuple(sorted(pairs, key=lambda pair: (pair[1], pair[0])))


class ListForm(forms.Form):
    """Searching and choosing in the list of a cycle, by GET."""

    words = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    family = forms.TypedChoiceField(
        label=_("Family"), required=False, coerce=int, empty_value=None
    )
    farm = forms.TypedChoiceField(
        label=_("Farm"), required=False, coerce=int, empty_value=None
    )
    temperature = forms.ChoiceField(
        label=_("Temperature"),
        required=False,
        choices=[("", _("All")), *TEMPERATURES.items()],
    )
    organic = forms.BooleanField(label=_("Organic"), required=False)
    seconds = forms.BooleanField(label=_("Seconds"), required=False)

    def __init__(self, data: Any, rows: Iterable[ListedRow]) -> None:
        super().__init__(data, auto_id="list-%s")
        listed = list(rows)
        farms: dict[int, str] = {}
        for ids, names in {(row.farm_ids, row.farm_names) for row in listed}:
            farms.update(zip(ids, names, strict=True))
        self.families = _by_name({(row.family_id, row.family_name) for row in listed})
        self.farms = _by_name(farms.items())
        self._offer("family", self.families)
        self._offer("farm", self.farms)

    def _offer(self, name: str, pairs: Iterable[tuple[int, str]]) -> None:
        chosen = self.fields[name]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", _("All")), *pairs]

    def wanted(self) -> Wanted:
        """What is looked for; a choice that does not exist is no choice."""
        self.is_valid()
        data = self.cleaned_data
        return Wanted(
            words=data.get("words") or "",
            family_id=data.get("family"),
            farm_id=data.get("farm"),
            temperature_class=data.get("temperature") or "",
            organic_only=bool(data.get("organic")),
            seconds_only=bool(data.get("seconds")),
        )


class CloseRuleForm(forms.Form):
    """What a close does with a farm below its minimum."""

    minimum = forms.ChoiceField(
        label=_("When a farm’s minimum is not reached"),
        choices=CloseRule.Minimum.choices,
        widget=forms.RadioSelect,
    )


class TermsForm(forms.Form):
    """The tier, the drop point, the purchase order number and a word for the hub."""

    tier_code = forms.CharField(max_length=12)
    drop_point = forms.ChoiceField(
        label=_("Drop point"),
        error_messages={"required": _("Choose a drop point.")},
    )
    po_number = forms.CharField(
        label=_("Purchase order number"), max_length=40, required=False
    )
    note = forms.CharField(
        label=_("A word for the hub"), max_length=300, required=False
    )

    envelope = forms.ChoiceField(required=False)
    envelope_cents = CentsField(
        label=_("Part that it pays ($)"),
        required=False,
        help_text=_("Empty: as much as it may."),
    )

    def __init__(
        self,
        data: Any,
        *,
        places: Iterable[Place],
        envelopes: Iterable[Envelope] = (),
        initial: dict[str, Any],
    ) -> None:
        super().__init__(data, initial=initial)
        self._envelopes = {row.public_id: row for row in envelopes}
        paid_by = self.fields["envelope"]
        assert isinstance(paid_by, forms.ChoiceField)
        paid_by.choices = [("", ""), *((name, name) for name in self._envelopes)]
        self._places = {place.public_id: place for place in places}
        chosen = self.fields["drop_point"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [
            (public_id, f"{place.name} · {place.organization.name}")
            for public_id, place in self._places.items()
        ]

    def clean_envelope_cents(self) -> int | None:
        """A part is more than nothing: to pay all oneself, one takes no envelope."""
        cents: int | None = self.cleaned_data["envelope_cents"]
        if cents is not None and cents <= 0:
            raise forms.ValidationError(gettext("Write an amount above zero."))
        return cents

    def terms(self) -> BasketTerms:
        """The answers, as the service takes them."""
        data = self.cleaned_data
        return BasketTerms(
            tier_code=data["tier_code"],
            drop_point=self._places[data["drop_point"]],
            po_number=data["po_number"],
            note=data["note"],
            envelope=self._envelopes.get(data["envelope"]),
            envelope_cents=data["envelope_cents"],
        )

    def refuse(self, error: DomainError) -> None:
        """Say a refusal of the service beside the field that it is about."""
        self.add_error(FIELD_OF.get(error.code), sentence_of(error))


FIELD_OF = {
    "tier_unknown": "tier_code",
    "tier_not_open": "tier_code",
    "fund_too_low": "tier_code",
    "fund_paused": "tier_code",
    "price_under_floor": "tier_code",
    "support_cap_reached": "tier_code",
    "drop_point_not_allowed": "drop_point",
    "envelope_ended": "envelope",
    "envelope_not_begun": "envelope",
    "envelope_of_another": "envelope",
    "envelope_too_low": "envelope",
    "envelope_changed": "envelope",
}
"""The field that a refusal is shown beside, by its code."""


class CorrectionForm(forms.Form):
    """Other quantities for an invoice, and why."""

    reason = forms.CharField(label=_("Why"), max_length=200)
    key = forms.RegexField(r"^[a-z0-9]{4,40}$", widget=forms.HiddenInput)

    def __init__(self, data: Any, *, rows: Iterable[LineToCorrect], **options: Any):
        super().__init__(data, **options)
        self._rows = list(rows)
        for row in self._rows:
            self.fields[f"line-{row.pk}"] = forms.IntegerField(
                label=row.title,
                initial=row.billed,
                min_value=-QUANTITY_MAX,
                max_value=QUANTITY_MAX,
                help_text=_("Billed: %(billed)s. At most: %(most)s.")
                % {"billed": row.billed, "most": row.most},
                widget=forms.NumberInput(
                    attrs={"inputmode": "numeric", "class": "input--short"}
                ),
            )
        self.order_fields([*(f"line-{row.pk}" for row in self._rows), "reason", "key"])

    def quantities(self) -> dict[int, int]:
        """The units by line."""
        return {row.pk: self.cleaned_data[f"line-{row.pk}"] for row in self._rows}


class SellerForm(forms.Form):
    """The head of a hub's invoices."""

    legal_name = forms.CharField(label=_("Legal name"), max_length=160, required=False)
    seat = forms.CharField(
        label=_("Address of the seat"), max_length=240, required=False
    )
    tps_number = forms.CharField(label=_("TPS number"), max_length=30, required=False)
    tvq_number = forms.CharField(label=_("TVQ number"), max_length=30, required=False)
    terms = forms.CharField(
        label=_("Payment terms"),
        max_length=200,
        required=False,
        help_text=_("Written at the foot of each invoice: “Payable within 30 days.”"),
    )


class PaymentForm(forms.Form):
    """What the bank did."""

    amount_cents = CentsField(label=_("Amount"))
    method = forms.CharField(
        label=_("How"),
        max_length=80,
        help_text=_("Transfer, cheque number…"),
    )
    key = forms.RegexField(r"^[a-z0-9]{4,40}$", widget=forms.HiddenInput)


class PeriodForm(forms.Form):
    """From one day to another, both included."""

    since = day_field(_("From"), required=False)
    until = day_field(_("To"), required=False)

    def period(self, today: date) -> tuple[date, date]:
        """The days asked for; the last month when none is."""
        data = self.cleaned_data if self.is_bound and self.is_valid() else {}
        until = data.get("until") or today
        since = data.get("since") or until - timedelta(days=30)
        return min(since, until), until


def typed_households(posted: Mapping[str, Any]) -> int | None:
    """How many households, as typed; None for a blank. Raises NotACount."""
    text = str(posted.get("num_households", "")).strip()
    return parse_count(text) if text else None


class SimulatorForm(forms.Form):
    """Sliders: what each tier pays of the full price, and its part of the sales.

    What is not told stands as it is today; the parts of the sales as in the past.
    """

    def __init__(
        self,
        told: Mapping[str, str],
        *,
        tiers: Iterable[PriceTier],
        value_cents: Mapping[str, int],
    ) -> None:
        self._tiers = list(tiers)
        total_cents = sum(max(cents, 0) for cents in value_cents.values()) or 1
        usual = {f"m-{t.code}": t.multiplier_bps // 100 for t in self._tiers}
        for tier in self._tiers:
            past_cents = max(value_cents.get(tier.code, 0), 0)
            usual[f"s-{tier.code}"] = scale_half_up(100, past_cents, total_cents)
        self._usual = usual
        super().__init__({name: told.get(name) or usual[name] for name in usual})
        for tier in self._tiers:
            named = {"tier": tier_name(tier)}
            self.fields[f"m-{tier.code}"] = _slider(
                gettext("%(tier)s: percent of the full price") % named, 40, 150
            )
            self.fields[f"s-{tier.code}"] = _slider(
                gettext("%(tier)s: percent of the sales") % named, 0, 100
            )

    def multipliers_bps(self) -> dict[str, int]:
        """What each tier pays of the full price, by code."""
        return {t.code: self.cleaned_data[f"m-{t.code}"] * 100 for t in self._tiers}

    def shares(self) -> dict[str, int] | None:
        """The parts of the sales; None as long as they are those of the past."""
        told = {t.code: self.cleaned_data[f"s-{t.code}"] for t in self._tiers}
        is_usual = all(self._usual[f"s-{code}"] == part for code, part in told.items())
        return None if is_usual else told


def _slider(label: str, low: int, high: int) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"type": "range", "step": 1})
    widget.input_type = "range"
    return forms.IntegerField(label=label, min_value=low, max_value=high, widget=widget)


class RecommendForm(forms.Form):
    """What a hub wants of its fund."""

    coverage = forms.IntegerField(
        label=_("Percent of the sales at the solidarity price"),
        min_value=0,
        max_value=100,
    )
    wanted = forms.IntegerField(
        label=_("Solidarity price wanted, in percent of the full price"),
        min_value=40,
        max_value=100,
    )
    support_most = forms.IntegerField(
        label=_("Support price at most, in percent"), min_value=100, max_value=200
    )
    num_weeks = forms.IntegerField(
        label=_("Weeks that the fund must last"), min_value=1, max_value=260
    )
