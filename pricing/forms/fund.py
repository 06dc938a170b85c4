"""Money lots, deposits and thresholds of the solidarity fund."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hub.forms.fields import CentsField, day_field
from pricing import selectors
from pricing.forms.fields import PercentField
from pricing.models import FundLot, SolidarityFund
from pricing.sentences import lot_name

if TYPE_CHECKING:
    from hub.models import Organization

WEEKS_MAX = 520


class _LotField(forms.ModelChoiceField):  # type: ignore[type-arg] # not at run time
    def label_from_instance(self, obj: FundLot) -> str:
        """The lot by its source, in the reader's language."""
        return lot_name(obj)


class DepositForm(forms.Form):
    """Money received; its key makes a second press harmless."""

    amount = CentsField(label=_("Amount ($)"))
    lot = _LotField(
        label=_("Money lot"), queryset=None, to_field_name="public_id", empty_label=None
    )
    memo = forms.CharField(
        label=_("What it is"),
        max_length=120,
        required=False,
        help_text=_("Read in the journal: write no name of a person."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        told: QueryDict | None = None,
        *,
        hub: Organization,
        today: date,
    ) -> None:
        initial = {"key": uuid4()}
        super().__init__(told, auto_id="gift-%s", initial=initial)
        lot = cast(_LotField, self.fields["lot"])
        lot.queryset = selectors.lots_open_on(hub_id=hub.pk, on=today)


class LotForm(forms.Form):
    """A new money lot: its source, its last day, whom it may pay for."""

    source = forms.CharField(label=_("Where the money comes from"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind of source"), choices=FundLot.Kind.choices)
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=300,
        required=False,
        help_text=_("What the funder gave it for, in a few words."),
    )
    ends_on = day_field(_("To be spent by"), required=False)
    eligible: forms.ModelMultipleChoiceField[Any] = forms.ModelMultipleChoiceField(
        label=_("Only for these buyers"),
        queryset=None,
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: it may pay for every buyer of the hub."),
    )

    def __init__(self, told: QueryDict | None = None, *, hub: Organization) -> None:
        super().__init__(told, auto_id="lot-%s")
        eligible = cast("forms.ModelMultipleChoiceField[Any]", self.fields["eligible"])
        eligible.queryset = selectors.buyers_of(hub_id=hub.pk)


class ProlongForm(forms.Form):
    """A later last day for a money lot, and who agreed to it."""

    lot = _LotField(
        label=_("Money lot"), queryset=None, to_field_name="public_id", empty_label=None
    )
    ends_on = day_field(_("New last day"))
    why = forms.CharField(
        label=_("Who agreed, and when"),
        max_length=120,
        help_text=_("Kept with the change: write no name of a person."),
    )

    def __init__(self, told: QueryDict | None = None, *, hub: Organization) -> None:
        super().__init__(told, auto_id="prolong-%s")
        lot = cast(_LotField, self.fields["lot"])
        lot.queryset = selectors.lots_of(hub_id=hub.pk).filter(ends_on__isnull=False)


class ReturnForm(forms.Form):
    """Money that goes back to its funder; its key makes a second press harmless."""

    lot = _LotField(
        label=_("Money lot"), queryset=None, to_field_name="public_id", empty_label=None
    )
    amount = CentsField(label=_("Amount ($)"))
    why = forms.CharField(
        label=_("Why"),
        max_length=120,
        help_text=_("Read in the journal: write no name of a person."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, told: QueryDict | None = None, *, hub: Organization) -> None:
        super().__init__(told, auto_id="return-%s", initial={"key": uuid4()})
        lot = cast(_LotField, self.fields["lot"])
        lot.queryset = selectors.lots_of(hub_id=hub.pk).filter(is_general=False)


class RunwayForm(forms.Form):
    """Under how many weeks the hub is warned, and new promises stop."""

    warn_weeks = forms.IntegerField(
        label=_("Warn under (weeks)"), min_value=0, max_value=WEEKS_MAX
    )
    stop_weeks = forms.IntegerField(
        label=_("Stop new promises under (weeks)"), min_value=0, max_value=WEEKS_MAX
    )

    def __init__(self, told: QueryDict | None = None, **options: Any) -> None:
        super().__init__(told, auto_id="runway-%s", **options)


class StopRuleForm(forms.Form):
    """What new orders at a low tier get under the stop."""

    stop_rule = forms.ChoiceField(
        label=_("Under the stop, new orders at a low tier get"),
        choices=SolidarityFund.StopRule.choices,
        widget=forms.RadioSelect,
    )
    kept_bps = PercentField(
        label=_("Part of the reduction offered (%)"),
        help_text=_(
            "With half of it, a fifth off becomes a tenth off. Who orders sees that "
            "price first, and accepts it or keeps the fair one."
        ),
    )

    def __init__(self, told: QueryDict | None = None, **options: Any) -> None:
        super().__init__(told, auto_id="rule-%s", **options)
