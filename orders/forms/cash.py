"""What people type about terms, payouts and loans: shape only, rules are services'."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hub.forms.fields import day_field
from orders.core.terms import DAYS_MOST, Rule, Terms
from orders.models import PaymentTerms
from orders.services import Agreement

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
        data = self.cleaned_data
        member = self._members.get(data["whom"])
        side = SIDES.get(member.kind, "buyer") if member else data["whom"]
        starts_on: date = data["starts_on"]
        return Agreement(
            side=side,
            member=member,
            terms=Terms(Rule(data["rule"]), data["days"]),
            starts_on=starts_on,
        )
