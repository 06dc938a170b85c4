"""A farm's catalogue: products, their packings, and the offers made of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from hub.core.errors import DomainError
from hub.doors import (
    acting_as,
    page_of,
    person_of,
    say_done,
    sentence_of,
    table_file,
    wants_file,
)
from producers import selectors, services
from producers.exchange import tables
from producers.forms.catalogue import (
    MinimumForm,
    NewVariantForm,
    OfferForm,
    ProductForm,
    VariantForm,
)
from producers.views.access import farm_of, own_farm


@require_GET
@acting_as("producer", "coordinator")
def products(request: HttpRequest) -> HttpResponse:
    """Go to the catalogue of one's farm, or to the farms one coordinates."""
    farm = own_farm(request)
    if farm is None:
        return redirect("producers:farms")
    return redirect("producers:catalogue", farm_id=farm.public_id)


@require_GET
@acting_as("producer", "coordinator")
def catalogue(request: HttpRequest, farm_id: str) -> HttpResponse:
    """Everything a farm can sell, packed and offered how."""
    farm = farm_of(request, farm_id)
    products = selectors.catalogue_of(farm)
    if wants_file(request):
        return table_file(
            request,
            (tables.CATALOGUE, tables.packing_rows(products)),
            (tables.OFFERS, tables.offer_rows(products)),
        )
    context = {
        "farm": farm,
        "page": page_of(request, products),
        "hubs": selectors.hubs_open_to(person_of(request)),
        "minimum_cents": selectors.minimum_of(farm, farm.hub) if farm.hub else 0,
    }
    return render(request, "producers/catalogue.html", context)


@require_http_methods(["GET", "POST"])
@acting_as("producer", "coordinator")
def minimum(request: HttpRequest, farm_id: str) -> HttpResponse:
    """The least a farm wants to sell to its hub in a cycle."""
    farm = farm_of(request, farm_id)
    assert farm.hub is not None  # a farm is a member of a hub
    asked_cents = selectors.minimum_of(farm, farm.hub)
    form = MinimumForm(
        request.POST if request.method == "POST" else None,
        initial={"amount": asked_cents or None},
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.set_minimum(
                farm=farm, hub=farm.hub, amount_cents=form.cleaned_data["amount"] or 0
            )
        except DomainError as error:
            form.add_error("amount", sentence_of(error))
        else:
            say_done(request, gettext("Saved."))
            return redirect("producers:catalogue", farm_id=farm.public_id)
    return _form(request, form, gettext("Minimum per cycle"), farm=farm)


@require_http_methods(["GET", "POST"])
@acting_as("producer", "coordinator")
def product_new(request: HttpRequest, farm_id: str) -> HttpResponse:
    """Add a product, then its first packing."""
    farm = farm_of(request, farm_id)
    form = ProductForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            product = services.create_product(producer=farm, details=form.details())
        except DomainError as error:
            form.add_error(None, sentence_of(error))
        else:
            say_done(request, gettext("Added. Now say how it is packed."))
            return redirect("producers:variant_new", product_id=product.public_id)
    return _form(request, form, gettext("New product"), farm=farm)


@require_http_methods(["GET", "POST"])
@acting_as("producer", "coordinator")
def product(request: HttpRequest, product_id: str) -> HttpResponse:
    """Correct a product."""
    mine = selectors.products_editable_by(person_of(request))
    row = get_object_or_404(mine, public_id=product_id)
    form = ProductForm(request.POST or None, initial=ProductForm.initial_of(row))
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_product(product=row, details=form.details())
        except DomainError as error:
            form.add_error(None, sentence_of(error))
        else:
            say_done(request, gettext("Saved."))
            return redirect("producers:catalogue", farm_id=row.producer.public_id)
    return _form(request, form, gettext("Product"), farm=row.producer)


@require_http_methods(["GET", "POST"])
@acting_as("producer", "coordinator")
def variant_new(request: HttpRequest, product_id: str) -> HttpResponse:
    """Add a packing, offered to the farm's hub at once when a price is given."""
    mine = selectors.products_editable_by(person_of(request))
    row = get_object_or_404(mine, public_id=product_id)
    form = NewVariantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_variant(
                product=row,
                details=form.details(),
                hub=row.producer.hub,
                price_cents=form.cleaned_data["price"],
            )
        except DomainError as error:
            form.add_error(None, sentence_of(error))
        else:
            say_done(request, gettext("Saved."))
            return redirect("producers:catalogue", farm_id=row.producer.public_id)
    title = gettext("New packing of %(product)s") % {"product": row}
    return _form(request, form, title, farm=row.producer)


@require_http_methods(["GET", "POST"])
@acting_as("producer", "coordinator")
def variant(request: HttpRequest, variant_id: str) -> HttpResponse:
    """Correct a packing."""
    mine = selectors.variants_editable_by(person_of(request))
    row = get_object_or_404(mine, public_id=variant_id)
    farm = row.product.producer
    form = VariantForm(request.POST or None, initial=VariantForm.initial_of(row))
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_variant(
                variant=row, details=form.details(), today=timezone.localdate()
            )
        except DomainError as error:
            form.add_error(None, sentence_of(error))
        else:
            say_done(request, gettext("Saved."))
            return redirect("producers:catalogue", farm_id=farm.public_id)
    title = gettext("Packing of %(product)s") % {"product": row.product}
    return _form(request, form, title, farm=farm)


@require_http_methods(["GET", "POST"])
@acting_as("producer", "coordinator")
def offer_new(request: HttpRequest, variant_id: str, hub_id: str) -> HttpResponse:
    """Offer a packing to one more hub."""
    person = person_of(request)
    mine = selectors.variants_editable_by(person)
    row = get_object_or_404(mine, public_id=variant_id)
    hub = get_object_or_404(selectors.hubs_open_to(person), public_id=hub_id)
    farm = row.product.producer
    form = OfferForm(request.POST or None, variant=row, hub=hub)
    if request.method == "POST" and form.is_valid():
        try:
            services.create_offer(
                variant=row,
                hub=hub,
                price_cents=form.cleaned_data["price"],
                pooled_offer=form.cleaned_data["pooled_offer"],
            )
        except DomainError as error:
            form.add_error(None, sentence_of(error))
        else:
            say_done(request, gettext("Saved."))
            return redirect("producers:catalogue", farm_id=farm.public_id)
    title = gettext("Offer %(variant)s to %(hub)s") % {"variant": row, "hub": hub}
    return _form(request, form, title, farm=farm)


@require_http_methods(["GET", "POST"])
@acting_as("producer", "coordinator")
def offer(request: HttpRequest, offer_id: str) -> HttpResponse:
    """Change the usual price of an offer, or its pooled offer."""
    mine = selectors.offers_editable_by(person_of(request))
    row = get_object_or_404(mine, public_id=offer_id)
    farm = row.variant.product.producer
    initial = {"price": row.price_cents, "pooled_offer": row.pooled_offer_id}
    form = OfferForm(
        request.POST or None, initial=initial, variant=row.variant, hub=row.hub
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_offer(
                offer=row,
                price_cents=form.cleaned_data["price"],
                pooled_offer=form.cleaned_data["pooled_offer"],
                today=timezone.localdate(),
            )
        except DomainError as error:
            form.add_error(None, sentence_of(error))
        else:
            say_done(request, gettext("Saved."))
            return redirect("producers:catalogue", farm_id=farm.public_id)
    title = gettext("%(variant)s at %(hub)s") % {"variant": row.variant, "hub": row.hub}
    return _form(request, form, title, farm=farm)


@require_POST
@acting_as("producer", "coordinator")
def product_active(request: HttpRequest, product_id: str) -> HttpResponse:
    """Withdraw a product, or offer it again."""
    mine = selectors.products_editable_by(person_of(request))
    row = get_object_or_404(mine, public_id=product_id)
    services.set_active(thing=row, is_active=_wanted(request))
    return redirect("producers:catalogue", farm_id=row.producer.public_id)


@require_POST
@acting_as("producer", "coordinator")
def variant_active(request: HttpRequest, variant_id: str) -> HttpResponse:
    """Withdraw a packing, or offer it again."""
    mine = selectors.variants_editable_by(person_of(request))
    row = get_object_or_404(mine, public_id=variant_id)
    services.set_active(thing=row, is_active=_wanted(request))
    return redirect("producers:catalogue", farm_id=row.product.producer.public_id)


@require_POST
@acting_as("producer", "coordinator")
def offer_active(request: HttpRequest, offer_id: str) -> HttpResponse:
    """Withdraw an offer from a hub, or make it again."""
    mine = selectors.offers_editable_by(person_of(request))
    row = get_object_or_404(mine, public_id=offer_id)
    services.set_active(thing=row, is_active=_wanted(request))
    farm = row.variant.product.producer
    return redirect("producers:catalogue", farm_id=farm.public_id)


def _wanted(request: HttpRequest) -> bool:
    return request.POST.get("active") == "yes"


def _form(request: HttpRequest, form: Any, title: str, *, farm: Any) -> HttpResponse:
    context = {"form": form, "title": title, "farm": farm}
    status = 422 if form.errors else 200
    return render(request, "producers/farm_form.html", context, status=status)
