"""Product families."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FamilyForm(forms.Form):
    """A family's two names, and whether taxes apply."""

    name_fr = forms.CharField(label=_("Name in French"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80)
    is_basic_grocery = forms.BooleanField(
        label=_("Basic grocery: no TPS, no TVQ"), required=False, initial=True
    )
