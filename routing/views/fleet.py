"""Pools and trucks: kept by the coordination, and by those who lend the trucks."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub.core.errors import DomainError
from hub.doors import (
    acting_as,
    acting_of,
    person_of,
    say_done,
    sentence_of,
    table_file,
    wants_file,
)
from routing import selectors, services
from routing.exchange import rows, tables
from routing.forms import JoinForm, PoolForm, VehicleForm
from routing.models import FleetPool, Vehicle

OWNERS = (
    "coordinator",
    "driver",
    "producer",
    "group_buyer",
    "institutional_buyer",
)
"""Roles in organizations that may have trucks of their own."""


@require_GET
@acting_as("coordinator")
def pools(request: HttpRequest) -> HttpResponse:
    """The pools of one's hubs with their trucks."""
    person = person_of(request)
    mine = set(selectors.pools_run_by(person).values_list("pk", flat=True))
    shown = selectors.pools_with_trucks(selectors.pools_seen_by(person))
    if wants_file(request):
        trucks = (truck for pool in shown for truck in pool.vehicles.all())
        return table_file(request, (tables.VEHICLES, rows.vehicle_rows(trucks)))
    context = {"pools": [(pool, pool.pk in mine) for pool in shown]}
    return render(request, "routing/pools.html", context)


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def pool_new(request: HttpRequest) -> HttpResponse:
    """Open a pool planned by one's own hub."""
    hub = acting_of(request).organization
    form = PoolForm(request.POST or None, hubs=None)
    if form.is_valid():
        made = services.create_pool(
            coordinator=hub,
            name=form.cleaned_data["name"],
            hubs=[],
            longest_rides_s=form.longest_rides_s,
        )
        say_done(request, _("“%(name)s” is open. Add its trucks.") % {"name": made})
        return redirect("routing:pools")
    return _form_page(request, "routing/pool.html", {"form": form, "pool": None})


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def pool(request: HttpRequest, public_id: str) -> HttpResponse:
    """Rename a pool, limit its rides, or share it with other hubs."""
    shown = get_object_or_404(
        selectors.pools_run_by(person_of(request)), public_id=public_id
    )
    known = {
        "name": shown.name,
        "hubs": [hub.public_id for hub in shown.hubs.all()],
        "frozen_ride": shown.max_onboard_frozen_s,
        "chilled_ride": shown.max_onboard_chilled_s,
        "ambient_ride": shown.max_onboard_ambient_s,
    }
    others = selectors.hubs_beside(shown)
    form = PoolForm(request.POST or None, hubs=others, initial=known)
    if form.is_valid():
        services.change_pool(
            pool=shown,
            name=form.cleaned_data["name"],
            hubs=form.kept_hubs,
            longest_rides_s=form.longest_rides_s,
        )
        say_done(request, _("Saved."))
        return redirect("routing:pools")
    return _form_page(request, "routing/pool.html", {"form": form, "pool": shown})


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def pool_join(request: HttpRequest) -> HttpResponse:
    """Share the trucks of a pool whose code one was given."""
    form = JoinForm(request.POST or None)
    if form.is_valid():
        try:
            joined = services.join_pool(
                hub=acting_of(request).organization, code=form.cleaned_data["code"]
            )
        except DomainError as refusal:
            form.add_error("code", sentence_of(refusal))
        else:
            say_done(request, _("Your hub shares “%(name)s”.") % {"name": joined})
            return redirect("routing:pools")
    return _form_page(request, "routing/pool_join.html", {"form": form})


@require_POST
@acting_as("coordinator")
def pool_leave(request: HttpRequest, public_id: str) -> HttpResponse:
    """Share the trucks of a pool no more."""
    shown = get_object_or_404(
        selectors.pools_seen_by(person_of(request)), public_id=public_id
    )
    services.leave_pool(pool=shown, hub=acting_of(request).organization)
    return redirect("routing:pools")


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def vehicle_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add a truck to a pool one runs."""
    shown = get_object_or_404(
        selectors.pools_run_by(person_of(request)), public_id=public_id
    )
    form = VehicleForm(
        request.POST or None,
        owners=selectors.lenders_of(shown),
        homes=selectors.homes_of(shown),
    )
    if form.is_valid() and _saved(form, pool=shown, vehicle=None):
        say_done(request, _("The truck is in the pool."))
        return redirect("routing:pools")
    back = reverse("routing:pools")
    context = {"form": form, "pool": shown, "vehicle": None, "back": back}
    return _form_page(request, "routing/vehicle.html", context)


@require_http_methods(["GET", "POST"])
@acting_as(*OWNERS)
def own_vehicle_new(request: HttpRequest) -> HttpResponse:
    """Add a truck of one's own organization, to lend it by the day."""
    owner = acting_of(request).organization
    mine = selectors.owners_for(person_of(request)).filter(pk=owner.pk)
    if not mine:
        raise Http404
    form = VehicleForm(
        request.POST or None, owners=mine, homes=selectors.homes_of_owners(mine)
    )
    if form.is_valid() and _saved(form, pool=None, vehicle=None):
        say_done(request, _("The truck is known. Offer the days you can lend it."))
        return redirect("routing:lending")
    back = reverse("routing:lending")
    context = {"form": form, "pool": None, "vehicle": None, "back": back}
    return _form_page(request, "routing/vehicle.html", context)


@require_http_methods(["GET", "POST"])
@acting_as(*OWNERS)
def vehicle(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct a truck; those who drive or lend it may, its pool and lender stay."""
    person = person_of(request)
    shown = get_object_or_404(
        selectors.vehicles_editable_by(person), public_id=public_id
    )
    pool = shown.pool
    is_run = pool is not None and pool in selectors.pools_run_by(person)
    form = VehicleForm(
        request.POST or None,
        owners=selectors.lenders_of(pool)
        if pool and is_run
        else selectors.lender_of(shown),
        homes=selectors.homes_of(pool)
        if pool and is_run
        else selectors.homes_of_lender(shown),
        initial=VehicleForm.answers_of(shown),
    )
    back = _back_from(request, is_run=is_run)
    if form.is_valid() and _saved(form, pool=pool, vehicle=shown):
        say_done(request, _("Saved."))
        return redirect(back)
    context = {"form": form, "pool": pool, "vehicle": shown, "back": back}
    return _form_page(request, "routing/vehicle.html", context)


def _back_from(request: HttpRequest, *, is_run: bool) -> str:
    if is_run:
        return reverse("routing:pools")
    is_driving = acting_of(request).is_driver
    return reverse("routing:my_routes" if is_driving else "routing:lending")


def _saved(
    form: VehicleForm, *, pool: FleetPool | None, vehicle: Vehicle | None
) -> bool:
    try:
        if vehicle is None:
            services.add_vehicle(pool=pool, facts=form.facts())
        else:
            services.change_vehicle(vehicle=vehicle, facts=form.facts())
    except DomainError as refusal:
        form.add_error(None, sentence_of(refusal))
        return False
    return True


def _form_page(
    request: HttpRequest, template: str, context: Mapping[str, object]
) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, template, dict(context), status=status)
