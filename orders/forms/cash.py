"""What people type about terms, payouts and loans: shape only, rules are services'."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hub.forms.fields import CentsField, day_field
from orders.core.loans import INSTALMENTS_MOST, Every, Plan
from orders.core.terms import DAYS_MOST, Rule, Terms
from orders.models import FarmLoan, PaymentTerms
from orders.services import Agreement, LoanAsked

if TYPE_CHECKING:
    from hub.models import Organization

SIDES = {"producer": "farm"}


class TermsForm(forms.Form):
    """When one member, or everybody of a side, pays or is paid from a day on."""

    whom = forms.ChoiceField(label=_("For"))
    rule = forms.ChoiceField(label=_("To be paid"), choices=PaymentTerms.Rule.choices)
    days = forms.IntegerField(
        label=_("Days"),
        min_value=0,
        max_value=DAYS_MOST,
        initial=0,
        help_text=_("None for “on delivery” and “when the buyer has paid”."),
    )
    starts_on = day_field(
        _("For what is billed from"),
        help_text=_("Invoices that were sent keep the day that stands on them."),
    )

    def __init__(self, data: Any, *, members: Iterable[Organization]) -> None:
        super().__init__(data, initial={"rule": "net", "days": 30})
        self._members = {member.public_id: member for member in members}
        whom = self.fields["whom"]
        assert isinstance(whom, forms.ChoiceField)
        names = [(key, member.name) for key, member in self._members.items()]
        whom.choices = [
            ("buyer", gettext("All buyers without terms of their own")),
            ("farm", gettext("All farms without terms of their own")),
            *names,
        ]

    def agreement(self) -> Agreement:
        """What was typed. Raises TermsNotPossible."""
        typed = self.cleaned_data
        member = self._members.get(typed["whom"])
        side = SIDES.get(member.kind, "buyer") if member else typed["whom"]
        starts_on: date = typed["starts_on"]
        return Agreement(
            side=side,
            member=member,
            terms=Terms(Rule(typed["rule"]), typed["days"]),
            starts_on=starts_on,
        )


class RunForm(forms.Form):
    """A payment run as it was read: nothing of it can be typed but how it is paid."""

    method = forms.CharField(
        label=_("How"), max_length=80, help_text=_("Transfer, cheque number…")
    )
    through = forms.DateField(widget=forms.HiddenInput)
    fingerprint = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    key = forms.RegexField(r"^[a-z0-9]{4,40}$", widget=forms.HiddenInput)


class ThroughForm(forms.Form):
    """Up to which day what is due is paid."""

    through = day_field(_("Due by"), required=False)

    def day(self, today: date) -> date:
        """The day asked for; today when none is."""
        typed = self.cleaned_data if self.is_bound and self.is_valid() else {}
        found: date = typed.get("through") or today
        return found


class LoanForm(forms.Form):
    """A loan without interest: to whom, how much, how it comes back."""

    farm = forms.ChoiceField(label=_("Farm"))
    purpose = forms.CharField(label=_("What for"), max_length=160)
    amount_cents = CentsField(label=_("Amount"))
    method = forms.CharField(
        label=_("How"), max_length=80, help_text=_("Transfer, cheque number…")
    )
    num_instalments = forms.IntegerField(
        label=_("Instalments"),
        min_value=1,
        max_value=INSTALMENTS_MOST,
        help_text=_("In how many equal parts it comes back."),
    )
    every = forms.ChoiceField(label=_("How often"), choices=FarmLoan.Every.choices)
    first_on = day_field(_("First instalment"))
    share = forms.IntegerField(
        label=_("Percent of a payment at most"),
        min_value=1,
        max_value=100,
        help_text=_("Never more than this is withheld of what the farm is paid."),
    )
    key = forms.RegexField(r"^[a-z0-9]{4,40}$", widget=forms.HiddenInput)

    def __init__(
        self, data: Any, *, farms: Iterable[Organization], **more: Any
    ) -> None:
        super().__init__(data, **more)
        self._farms = {farm.public_id: farm for farm in farms}
        farm = self.fields["farm"]
        assert isinstance(farm, forms.ChoiceField)
        farm.choices = [(key, found.name) for key, found in self._farms.items()]

    def asked(self, on: date) -> LoanAsked:
        """What was typed, paid on a day. Raises ScheduleNotPossible."""
        typed = self.cleaned_data
        return LoanAsked(
            farm=self._farms[typed["farm"]],
            purpose=typed["purpose"],
            plan=Plan(
                amount_cents=typed["amount_cents"],
                num_instalments=typed["num_instalments"],
                every=Every(typed["every"]),
                first_on=typed["first_on"],
                share_bps=typed["share"] * 100,
            ),
            method=typed["method"],
            on=on,
        )


class TakeBackForm(forms.Form):
    """Why a repayment is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class CashForm(forms.Form):
    """What the bank says, and when to be warned."""

    counted_cents = CentsField(label=_("Balance of the bank"))
    counted_on = day_field(
        _("At the end of"),
        help_text=_("What is written down later is added by itself."),
    )
    warn_below_cents = CentsField(
        label=_("Warn below"),
        required=False,
        help_text=_("A letter goes out once when the days ahead go below this."),
    )
