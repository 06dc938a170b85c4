"""Ordering: open cycles, the list of a cycle, the basket, the confirmation."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub import selectors as hub_selectors
from hub.core.errors import DomainError
from hub.doors import (
    acting_as,
    acting_of,
    is_fragment,
    page_of,
    person_of,
    say_done,
    say_refusal,
    sentence_of,
    table_file,
    wants_file,
)
from orders import selectors, services
from orders.core.errors import OrderChangedMeanwhile
from orders.core.listing import matching
from orders.exchange import tables
from orders.forms import FIELD_OF, ListForm, TermsForm, TypedQuantities
from orders.models import Basket
from orders.sentences import tier_name, tier_words, time_left
from orders.services.preview import Look
from orders.views.common import (
    BUYERS,
    BUYERS_AND_HUB,
    cents_of,
    moment_of,
    query_without_page,
)
from pricing.core.errors import OfferOver, SmallerReduction
from vouchers import selectors as voucher_selectors
from vouchers.selectors import Choice

if TYPE_CHECKING:
    from hub.models import Organization

ROWS_PER_PAGE = 50
NEXT_PAGES = {"basket": "orders:basket_page", "confirm": "orders:confirm"}
"""Where a button below the list leads once its quantities are kept."""


@require_GET
@acting_as(*BUYERS)
def cycles(request: HttpRequest) -> HttpResponse:
    """The cycles in which the buyer can order now, and what it has in them."""
    now = timezone.now()
    buyer = acting_of(request).organization
    shown = list(hub_selectors.cycles_taking_orders(person_of(request), now=now))
    shown = [cycle for cycle in shown if cycle.hub_id == buyer.hub_id]
    baskets = selectors.open_baskets_of(buyer, shown)
    standing = selectors.standing_orders_of(buyer, shown)
    rows = [
        {
            "cycle": cycle,
            "basket": baskets.get(cycle.pk),
            "orders": standing.get(cycle.pk, []),
            "time_left": time_left(cycle.closes_at, now),
        }
        for cycle in shown
    ]
    if wants_file(request):
        return table_file(request, (tables.OPEN_CYCLES, rows))
    context = {
        "rows": rows,
        "buyer": buyer,
        "default": selectors.default_order_of(buyer),
    }
    return render(request, "orders/cycles.html", context)


@require_POST
@acting_as(*BUYERS_AND_HUB)
def open_basket(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take up, or begin, the basket of a buyer in a cycle."""
    person = person_of(request)
    buyer = _buyer_of(request)
    seen = selectors.with_basket_of(buyer, hub_selectors.cycles_seen_by(person))
    cycle: Any = get_object_or_404(seen, public_id=public_id)
    if cycle.basket:
        return redirect("orders:list", cycle.basket)
    try:
        basket = services.open_basket(
            cycle=cycle, buyer=buyer, by=person, now=timezone.now()
        )
    except DomainError as error:
        say_refusal(request, error)
        return redirect("hub:home")
    return redirect("orders:list", basket.public_id)


def _buyer_of(request: HttpRequest) -> Organization:
    """Whom the basket is for: the buyer one acts for, or a member one may serve."""
    acting = acting_of(request)
    wanted = request.POST.get("buyer") or acting.organization.public_id
    if acting.is_buyer and wanted == acting.organization.public_id:
        return acting.organization
    served = selectors.buyers_served_by(person_of(request))
    return get_object_or_404(served, public_id=wanted)


@require_http_methods(["GET", "POST"])
@acting_as(*BUYERS_AND_HUB)
def basket_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """The list of the cycle at this buyer's price; quantities go to the basket."""
    basket = _mine(request, public_id)
    typed = TypedQuantities.of(request.POST)
    if request.method == "POST" and not typed.problems:
        try:
            basket = services.fill_basket(
                basket=basket,
                quantities=typed.quantities,
                by=person_of(request),
                now=timezone.now(),
            )
        except DomainError as error:
            return _show_list(request, basket, typed, refusal=error)
        if not is_fragment(request):
            if (then := request.POST.get("then")) in NEXT_PAGES:
                return redirect(NEXT_PAGES[then], public_id)
            say_done(request, _("Your basket is saved. Nothing is ordered yet."))
            return redirect(request.get_full_path())
    return _show_list(request, basket, typed)


@require_http_methods(["GET", "POST"])
@acting_as(*BUYERS_AND_HUB)
def basket_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """The basket: quantities, tier, drop point; every change shows the new total."""
    basket = _mine(request, public_id)
    if request.method == "GET":
        return _show_basket(request, basket)
    typed = TypedQuantities.of(request.POST)
    form = _terms_form(basket, _choices(basket), request.POST)
    is_readable = form.is_valid() and not typed.problems
    if not is_readable:
        return _show_basket(request, basket, typed, form=form)
    try:
        basket = services.fill_basket(
            basket=basket,
            quantities=typed.quantities,
            terms=form.terms(),
            by=person_of(request),
            now=timezone.now(),
        )
    except DomainError as error:
        form.refuse(error)
        return _show_basket(request, basket, typed, form=form)
    if is_fragment(request):
        return _show_basket(request, basket)
    if request.POST.get("then") == "confirm":
        return redirect("orders:confirm", public_id)
    return redirect("orders:basket_page", public_id)


@require_http_methods(["GET", "POST"])
@acting_as(*BUYERS_AND_HUB)
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """What will be ordered, exactly; then the order, once however often it is sent."""
    if request.method == "GET":
        basket = _mine(request, public_id, or_done=True)
        if basket.is_done and basket.order:
            return redirect("orders:order", basket.order.public_id)
        look = _look_at(basket)
        if look.has_problems or not look.lines or basket.drop_point is None:
            return redirect("orders:basket_page", public_id)
        return render(request, "orders/confirm.html", _context_of(look))
    try:
        order = services.confirm_basket(
            public_id=public_id,
            seen=services.Seen(
                changed_at=moment_of(request.POST.get("seen", "")),
                total_cents=cents_of(request.POST.get("total", "")),
                envelope_cents=cents_of(request.POST.get("envelope", "0")),
            ),
            by=person_of(request),
            now=timezone.now(),
        )
    except DomainError as error:
        return _show_refusal(request, _mine(request, public_id), error)
    if order is None:
        raise Http404
    say_done(request, _("The order is confirmed. You can change it until the close."))
    return redirect("orders:order", order.public_id)


@require_POST
@acting_as(*BUYERS_AND_HUB)
def fair_price(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keep the fair price in place of the smaller reduction; nothing is ordered yet."""
    basket = _mine(request, public_id)
    try:
        services.keep_fair_price(
            basket=basket, by=person_of(request), now=timezone.now()
        )
    except DomainError as error:
        return _show_refusal(request, basket, error)
    return redirect("orders:confirm", public_id)


@require_POST
@acting_as(*BUYERS_AND_HUB)
def copy_last(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put the last order into the basket, and say what is not offered this time."""
    missing = services.copy_last_order(
        basket=_mine(request, public_id), by=person_of(request), now=timezone.now()
    )
    if missing:
        sentence = ngettext(
            "Your last order is copied. Not offered this time: %(names)s.",
            "Your last order is copied. Not offered this time: %(names)s.",
            len(missing),
        )
        say_done(request, sentence % {"names": "; ".join(missing)})
    else:
        say_done(request, _("Your last order is copied. Nothing is ordered yet."))
    return redirect("orders:basket_page", public_id)


@require_POST
@acting_as(*BUYERS_AND_HUB)
def empty(request: HttpRequest, public_id: str) -> HttpResponse:
    """Throw the basket away; an order that it would have changed stands."""
    basket = _mine(request, public_id)
    services.empty_basket(basket=basket)
    if basket.order:
        say_done(request, _("The change is dropped; the order stands as it was."))
        return redirect("orders:order", basket.order.public_id)
    say_done(request, _("The basket is emptied."))
    return redirect("hub:home")


def _mine(request: HttpRequest, public_id: str, *, or_done: bool = False) -> Basket:
    basket = selectors.basket_editable_by(person_of(request), public_id)
    if basket is None or (basket.is_done and not or_done):
        raise Http404
    return basket


def _choices(basket: Basket) -> list[Choice]:
    return voucher_selectors.choices_for(
        group_id=basket.buyer_id, on=timezone.localdate(), also=basket.envelope
    )


def _terms_form(basket: Basket, choices: list[Choice], data: Any = None) -> TermsForm:
    places = selectors.drop_points_for(
        buyer_id=basket.buyer_id, hub_id=basket.cycle.hub_id
    )
    return TermsForm(
        data,
        places=places,
        envelopes=[choice.envelope for choice in choices],
        initial={
            "envelope": basket.envelope.public_id if basket.envelope else "",
            "envelope_cents": basket.envelope_cents,
            "tier_code": basket.tier_code,
            "drop_point": basket.drop_point and basket.drop_point.public_id,
            "po_number": basket.po_number,
            "note": basket.note,
        },
    )


def _show_list(
    request: HttpRequest,
    basket: Basket,
    typed: TypedQuantities,
    *,
    refusal: DomainError | None = None,
) -> HttpResponse:
    status = 422 if typed.problems else 409 if refusal else 200
    context: dict[str, Any] = {
        "typed": typed,
        "refusal": refusal and sentence_of(refusal),
    }
    if is_fragment(request):
        look = _look_at(basket, also=typed.texts)
        context |= {**_context_of(look), "rows": look.listed(typed.texts)}
        return render(request, "orders/_basket_bar.html", context, status=status)
    listing = selectors.listing_of(basket.cycle)
    form = ListForm(request.GET, listing)
    found = matching(listing, form.wanted())
    if wants_file(request):
        wanted = [row.public_id for row in found]
        listed = _look_at(basket, also=wanted).listed(wanted)
        return table_file(request, (tables.PRICE_LIST, listed))
    page = page_of(request, found, ROWS_PER_PAGE)
    shown = [row.public_id for row in page.object_list]
    look = _look_at(basket, also=shown)
    context |= {
        **_context_of(look),
        "form": form,
        "page": page,
        "rows": look.listed(shown),
        "query": query_without_page(request),
        "num_found": len(found),
    }
    return render(request, "orders/list.html", context, status=status)


def _look_at(basket: Basket, also: Collection[str] = ()) -> Look:
    return services.look_at(basket=basket, on=timezone.localdate(), also=also)


def _show_basket(
    request: HttpRequest,
    basket: Basket,
    typed: TypedQuantities | None = None,
    *,
    form: TermsForm | None = None,
    refusal: DomainError | None = None,
) -> HttpResponse:
    look = _look_at(basket)
    if wants_file(request):
        return table_file(request, (tables.BASKET, look.basket_rows))
    is_wrong = bool((typed and typed.problems) or (form and form.errors))
    status = 422 if is_wrong else 409 if refusal else 200
    context = _context_of(look) | {
        "typed": typed or TypedQuantities(),
        "form": form or _terms_form(basket, look.envelopes),
        "refusal": refusal and sentence_of(refusal),
        "refused_field": FIELD_OF.get(refusal.code, "") if refusal else "",
        "last": selectors.last_order_of(basket.buyer, before=basket.cycle),
    }
    context["is_fragment"] = is_fragment(request)
    name = "orders/_totals.html" if is_fragment(request) else "orders/basket.html"
    return render(request, name, context, status=status)


def _show_refusal(
    request: HttpRequest, basket: Basket, error: DomainError
) -> HttpResponse:
    """The basket as it was typed, with the refusal where it belongs."""
    if isinstance(error, OrderChangedMeanwhile):
        basket = services.look_again(basket=basket)
    if isinstance(error, SmallerReduction | OfferOver):
        services.take_offer(
            basket=basket,
            kept_bps=error.data.get("kept_bps"),
            by=person_of(request),
            now=timezone.now(),
        )
        say_refusal(request, error)
        return redirect("orders:confirm", basket.public_id)
    return _show_basket(request, basket, refusal=error)


def _context_of(look: Look) -> dict[str, Any]:
    basket = look.basket
    tiers = [
        {
            "code": choice.tier.code,
            "name": tier_name(choice.tier.code),
            "words": tier_words(choice.tier.multiplier_bps),
            "multiplier_bps": choice.tier.multiplier_bps,
        }
        for choice in look.choices
        if choice.is_open
    ]
    return {
        "look": look,
        "basket": basket,
        "cycle": basket.cycle,
        "tiers": tiers,
        "tier": next((t for t in tiers if t["code"] == basket.tier_code), None),
        "time_left": time_left(basket.cycle.closes_at, timezone.now()),
    }
