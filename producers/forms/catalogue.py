"""What people write about products, packings, offers and pooled offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from hub import selectors as hub_selectors
from hub.core.quantities import UNITS
from hub.forms.fields import CentsField
from producers import selectors
from producers.core.details import PoolDetails, ProductDetails, VariantDetails
from producers.forms.fields import mass_field, volume_field
from producers.models import PooledOffer, Product, Taxability, TemperatureClass, Variant

if TYPE_CHECKING:
    from hub.models import Organization


def unit_choices() -> list[tuple[str, Any]]:
    """The units of sale in the reader's language."""
    return [(unit.code, _(unit.label)) for unit in UNITS.values()]


class MinimumForm(forms.Form):
    """The least a farm wants to sell in a cycle."""

    amount = CentsField(
        label=_("Minimum per cycle ($)"),
        required=False,
        help_text=_(
            "At your own prices. Empty: none. When a cycle closes below it, the hub’s "
            "rule applies, and you are told."
        ),
    )


class ProductForm(forms.Form):
    """A product: its names, its family, its taxes."""

    name_fr = forms.CharField(label=_("Name in French"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    family: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Family"), queryset=None
    )
    description = forms.CharField(
        label=_("Description"), max_length=300, required=False
    )
    taxability = forms.ChoiceField(label=_("Taxes"), choices=Taxability.choices)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        family = cast("forms.ModelChoiceField[Any]", self.fields["family"])
        family.queryset = hub_selectors.families()

    @staticmethod
    def initial_of(product: Product) -> dict[str, Any]:
        """The product as the form shows it."""
        return {
            "name_fr": product.name_fr,
            "name_en": product.name_en,
            "family": product.family_id,
            "description": product.description,
            "taxability": product.taxability,
        }

    def details(self) -> ProductDetails:
        """What was written, for the service."""
        told = dict(self.cleaned_data)
        return ProductDetails(family_id=told.pop("family").pk, **told)


class VariantForm(forms.Form):
    """A packing: unit, weight, room and temperature."""

    label_fr = forms.CharField(
        label=_("Packing in French"),
        max_length=60,
        help_text=_("As buyers read it: caisse 10 kg, botte, sac 2 kg."),
    )
    label_en = forms.CharField(
        label=_("Packing in English"), max_length=60, required=False
    )
    unit = forms.ChoiceField(label=_("Unit"), choices=unit_choices)
    units_per_case = forms.IntegerField(
        label=_("Pieces in a unit"), min_value=1, max_value=10_000, initial=1
    )
    mass_g = mass_field()
    volume_ml = volume_field()
    temperature_class = forms.ChoiceField(
        label=_("Temperature"), choices=TemperatureClass.choices
    )
    is_organic = forms.BooleanField(label=_("Certified organic"), required=False)
    is_seconds = forms.BooleanField(
        label=_("Seconds (imperfect goods, sold for less)"), required=False
    )

    @staticmethod
    def initial_of(variant: Variant) -> dict[str, Any]:
        """The packing as the form shows it."""
        return {name: getattr(variant, name) for name in VariantForm.base_fields}

    def details(self) -> VariantDetails:
        """What was written, for the service; raises PackOutOfRange."""
        names = VariantForm.base_fields
        return VariantDetails(**{name: self.cleaned_data[name] for name in names})


class NewVariantForm(VariantForm):
    """A packing, with the price at which the farm's hub gets it at once."""

    price = CentsField(
        label=_("Price of one unit ($)"),
        required=False,
        help_text=_("What the farm is paid. Empty: offer it later."),
    )


class OfferForm(forms.Form):
    """A packing offered to a hub, alone or in one of its pooled offers."""

    price = CentsField(
        label=_("Price of one unit ($)"),
        help_text=_("Shown first each week; a pooled offer has its own price."),
    )
    pooled_offer: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Pooled offer"),
        queryset=None,
        required=False,
        empty_label=_("None: sold under the farm's name"),
    )

    def __init__(
        self, *arguments: Any, variant: Variant, hub: Organization, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        pools = cast("forms.ModelChoiceField[PooledOffer]", self.fields["pooled_offer"])
        pools.queryset = selectors.pools_open_to(variant, hub)


class PooledOfferForm(forms.Form):
    """A line that several farms fill."""

    name_fr = forms.CharField(label=_("Name in French"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    family: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Family"), queryset=None
    )
    price_cents = CentsField(
        label=_("Price of one unit ($)"),
        help_text=_("The same for every farm in it."),
    )
    mass_g = mass_field()
    volume_ml = volume_field()
    temperature_class = forms.ChoiceField(
        label=_("Temperature"), choices=TemperatureClass.choices
    )
    taxability = forms.ChoiceField(label=_("Taxes"), choices=Taxability.choices)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        family = cast("forms.ModelChoiceField[Any]", self.fields["family"])
        family.queryset = hub_selectors.families()

    @staticmethod
    def initial_of(pool: PooledOffer) -> dict[str, Any]:
        """The pooled offer as the form shows it."""
        names = set(PooledOfferForm.base_fields) - {"family"}
        return {name: getattr(pool, name) for name in names} | {
            "family": pool.family_id
        }

    def details(self) -> PoolDetails:
        """What was written, for the service; raises PackOutOfRange."""
        told = dict(self.cleaned_data)
        return PoolDetails(family_id=told.pop("family").pk, **told)
