"""How a hub shares its transport."""

from django import forms
from django.utils.translation import gettext_lazy as _

from routing.models import SettlementRule


class SettlementRuleForm(forms.Form):
    """Who carries the cost, by which rule, and what becomes of the difference."""

    payer = forms.ChoiceField(
        label=_("Who carries the cost"),
        choices=SettlementRule.Payer.choices,
        widget=forms.RadioSelect,
    )
    policy = forms.ChoiceField(
        label=_("How it is shared"),
        choices=SettlementRule.Policy.choices,
        widget=forms.RadioSelect,
        help_text=_("Whatever the rule, nobody carries more than alone."),
    )
    difference = forms.ChoiceField(
        label=_("Difference with the transport collected in the prices"),
        choices=SettlementRule.Difference.choices,
        widget=forms.RadioSelect,
    )
