"""What people type about money received: shape only, rules are services'."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.core.money import LARGEST_AMOUNT_CENTS
from hub.forms.fields import CentsField, day_field
from orders.core.payments import Open, oldest_first

KEY = r"^[a-z0-9]{4,40}$"
PAY = "pay-"


class ReceivedForm(forms.Form):
    """Money that came to the bank, whoever it is from."""

    amount_cents = CentsField(label=_("Amount"))
    on = day_field(_("Day of the bank"))
    payer = forms.CharField(
        label=_("Payer"),
        max_length=160,
        required=False,
        help_text=_("In the bank’s words, if you know them."),
    )
    reference = forms.CharField(
        label=_("Reference"),
        max_length=140,
        required=False,
        help_text=_("Number of an invoice, of a cheque, of a transfer…"),
    )
    key = forms.RegexField(KEY, widget=forms.HiddenInput)


class MatchForm(forms.Form):
    """How much of a payment is a buyer's, and how much of it each invoice takes."""

    amount_cents = CentsField(
        label=_("Amount of this buyer"),
        help_text=_("What the invoices do not take stays the buyer’s credit."),
    )
    key = forms.RegexField(KEY, widget=forms.HiddenInput)

    def __init__(
        self, data: Any, *, opened: Iterable[Open], left_cents: int, **options: Any
    ) -> None:
        super().__init__(data, **options)
        self._opened = list(opened)
        paid = {row.pk: cents for row, cents in oldest_first(left_cents, self._opened)}
        self.fields["amount_cents"].initial = left_cents
        for row in self._opened:
            self.fields[f"{PAY}{row.number}"] = CentsField(
                label=_("Invoice %(number)s") % {"number": row.number},
                required=False,
                initial=paid.get(row.pk, 0),
            )
        names = [f"{PAY}{row.number}" for row in self._opened]
        self.order_fields(["amount_cents", *names, "key"])

    def pays(self) -> dict[int, int]:
        """Cents by invoice."""
        told = {
            row.pk: self.cleaned_data[f"{PAY}{row.number}"] or 0 for row in self._opened
        }
        return {pk: cents for pk, cents in told.items() if cents}


class RefundForm(forms.Form):
    """Money that was given back."""

    amount_cents = CentsField(label=_("Amount"))
    on = day_field(_("Day of the bank"))
    method = forms.CharField(
        label=_("How"), max_length=80, help_text=_("Transfer, cheque number…")
    )
    key = forms.RegexField(KEY, widget=forms.HiddenInput)


class PaymentRuleForm(forms.Form):
    """What happens by itself, and when the coordination is told."""

    matches_exact = forms.BooleanField(
        label=_("Match by itself what names an invoice and is its exact amount"),
        required=False,
        help_text=_("Everything else waits for somebody to confirm it."),
    )
    alarm_days = forms.IntegerField(
        label=_("Tell us when money waits longer than (days)"),
        max_value=LARGEST_AMOUNT_CENTS,
    )
