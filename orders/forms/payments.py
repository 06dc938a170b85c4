"""What people type about money received: shape only, rules are services'."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hub.core.errors import DomainError
from hub.core.money import LARGEST_AMOUNT_CENTS
from hub.doors import sentence_of
from hub.exchange.spreadsheet import table_of_file
from hub.forms.fields import CentsField, day_field
from orders.core.bank_table import (
    COLUMNS,
    HEAVIEST_BYTES,
    Reading,
    Rows,
    rows_of,
    too_large,
)
from orders.core.bank_text import decoded
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


class BankFileForm(forms.Form):
    """A file of a bank, read into rows; `encoding` says how its letters were."""

    file = forms.FileField(
        label=_("File of the bank"),
        help_text=_(
            "CSV or XLSX, at most 2 MB and 5,000 rows. Money that left is left out; a "
            "line that was taken before is not taken again."
        ),
        widget=forms.FileInput(
            attrs={"accept": ".csv,.txt,.tsv,.xlsx,text/csv,text/plain"}
        ),
    )
    encoding = ""

    # An upload has no type of its own here.
    def clean_file(self) -> Any:
        """The rows of the file, under `file`."""
        sent = self.cleaned_data["file"]
        self.file_name = str(sent.name)
        try:
            return self._rows(sent.read(HEAVIEST_BYTES + 1))
        except DomainError as error:
            raise forms.ValidationError(sentence_of(error)) from error

    def _rows(self, data: bytes) -> Rows:
        if len(data) > HEAVIEST_BYTES:
            raise too_large()
        if data.startswith(b"PK\x03\x04"):
            self.encoding = "XLSX"
            return table_of_file(data)
        text, self.encoding = decoded(data)
        return rows_of(text)


class ReadingForm(forms.Form):
    """What each column of a file holds, and how its days are written."""

    day_order = forms.ChoiceField(
        label=_("Days are written"),
        required=False,
        choices=[
            ("", "–"),
            ("ymd", _("year, month, day: 2026-06-18")),
            ("dmy", _("day, month, year: 18/06/2026")),
            ("mdy", _("month, day, year: 06/18/2026")),
        ],
    )

    def __init__(self, data: Any, *, rows: Rows, reading: Reading) -> None:
        super().__init__(data, initial={"day_order": reading.day_order})
        self._reading = reading
        choices = [("", gettext("Left out"))]
        choices += [(code, gettext(label)) for code, label in COLUMNS.items()]
        body = rows[reading.first_row :]
        head = rows[reading.first_row - 1] if reading.first_row else []
        self._places = range(max(len(row) for row in body) if body else 0)
        for at in self._places:
            shown = next((row[at] for row in body if at < len(row) and row[at]), "")
            name = head[at] if at < len(head) and head[at] else f"{at + 1}"
            self.fields[f"column-{at}"] = forms.ChoiceField(
                label=gettext("Column %(name)s") % {"name": name},
                choices=choices,
                required=False,
                initial=reading.columns.get(at, ""),
                help_text=gettext("Such as: %(text)s") % {"text": shown[:60]}
                if shown
                else "",
            )

    def reading(self) -> Reading:
        """What was chosen; the mark of cents stays what the file shows."""
        return Reading(
            columns={
                at: self.cleaned_data[f"column-{at}"]
                for at in self._places
                if self.cleaned_data[f"column-{at}"]
            },
            first_row=self._reading.first_row,
            day_order=self.cleaned_data["day_order"],
            decimal=self._reading.decimal,
        )
