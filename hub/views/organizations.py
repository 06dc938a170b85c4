"""Members of a hub: each says who it is; the coordination welcomes and invites."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub import selectors
from hub.core.errors import DomainError, HubWithoutDock
from hub.doors import (
    acting_as,
    acting_of,
    page_of,
    person_of,
    say_done,
    say_refusal,
    sentence_of,
    table_file,
    wants_file,
)
from hub.exchange import tables
from hub.forms import HubForm, InviteForm, NewOrganizationForm, OrganizationForm
from hub.models import Organization
from hub.services import invitations, memberships
from hub.services import organizations as services
from hub.services.exports import note_read


@require_GET
@acting_as("coordinator")
def organizations(request: HttpRequest) -> HttpResponse:
    """Every member of the hub, by kind."""
    members = selectors.members_with_counts(acting_of(request).organization)
    if wants_file(request):
        return table_file(request, (tables.ORGANIZATIONS, members))
    page = page_of(request, members)
    return render(request, "hub/organizations.html", {"page": page})


@require_GET
@acting_as()
def my_organization(request: HttpRequest) -> HttpResponse:
    """The page of the organization one acts for."""
    return redirect("hub:organization", acting_of(request).organization.public_id)


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def organization_new(request: HttpRequest) -> HttpResponse:
    """Welcome a new member."""
    form = NewOrganizationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_organization(
                hub=acting_of(request).organization, **form.cleaned_data
            )
        except DomainError as error:
            form.add_error("name", sentence_of(error))
        else:
            say_done(request, _("“%(name)s” is now a member.") % {"name": made.name})
            return redirect("hub:organization", made.public_id)
    status = 422 if form.errors else 200
    return render(request, "hub/organization_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@acting_as()
def organization(request: HttpRequest, public_id: str) -> HttpResponse:
    """What an organization says about itself, its people, its places."""
    shown = _editable(request, public_id)
    if wants_file(request):
        return table_file(request, (tables.PEOPLE, selectors.roles_in(shown)))
    if request.method == "GET":  # who sends the form has asked for it before
        note_read(
            of=shown,
            acting_for=acting_of(request).organization,
            by=person_of(request),
            today=timezone.localdate(),
        )
    form = _form_of(shown, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.update_organization(organization=shown, **form.cleaned_data)
        except HubWithoutDock as error:
            form.add_error("default_flow", sentence_of(error))
        except DomainError as error:
            form.add_error("name", sentence_of(error))
        else:
            say_done(request, _("Saved."))
            return redirect("hub:organization", public_id)
    return _organization_page(request, shown, form=form)


@require_POST
@acting_as("coordinator")
def invite(request: HttpRequest, public_id: str) -> HttpResponse:
    """Invite a person to a role; they are told by email."""
    shown = _run_by_me(request, public_id)
    form = InviteForm(request.POST, kind=shown.kind)
    if form.is_valid():
        try:
            invitation = invitations.invite(
                organization=shown,
                page=request.build_absolute_uri(reverse("hub:invitations")),
                by=person_of(request),
                now=timezone.now(),
                **form.cleaned_data,
            )
        except DomainError as error:
            form.add_error("role", sentence_of(error))
        else:
            words = {"email": invitation.email, "name": shown.name}
            say_done(request, _("%(email)s is invited to “%(name)s”.") % words)
            return redirect("hub:organization", public_id)
    return _organization_page(request, shown, invitation=form)


@require_POST
@acting_as("coordinator")
def membership_end(
    request: HttpRequest, public_id: str, person_id: str, role: str
) -> HttpResponse:
    """Take a role away."""
    membership = get_object_or_404(
        selectors.roles_endable_by(person_of(request)),
        organization__public_id=public_id,
        person__public_id=person_id,
        role=role,
    )
    try:
        memberships.end_membership(membership=membership)
    except DomainError as error:
        say_refusal(request, error)
    else:
        words = {"person": str(membership.person)}
        say_done(request, _("%(person)s no longer has this role.") % words)
    return redirect("hub:organization", public_id)


@require_POST
@acting_as("coordinator")
def organization_pause(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put a member aside for a time, or back among the active ones."""
    shown = _run_by_me(request, public_id)
    services.update_organization(
        organization=shown,
        name=shown.name,
        contact_email=shown.contact_email,
        contact_phone=shown.contact_phone,
        is_active=not shown.is_active,
    )
    say_done(request, _("Saved."))
    return redirect("hub:organization", public_id)


def _editable(request: HttpRequest, public_id: str) -> Organization:
    return get_object_or_404(
        selectors.organizations_editable_by(person_of(request)), public_id=public_id
    )


def _run_by_me(request: HttpRequest, public_id: str) -> Organization:
    return get_object_or_404(
        selectors.organizations_run_by(person_of(request)), public_id=public_id
    )


def _form_of(shown: Organization, data: QueryDict | None) -> OrganizationForm:
    """The facts of an organization; a hub's say which way its goods usually take."""
    facts = {
        "name": shown.name,
        "contact_email": shown.contact_email,
        "contact_phone": shown.contact_phone,
    }
    if shown.kind != Organization.Kind.HUB:
        return OrganizationForm(data, initial=facts)
    return HubForm(data, initial=facts | {"default_flow": shown.default_flow})


def _waiting(shown: Organization, *, is_mine_to_run: bool) -> dict[str, Any]:
    """The invitations that nobody answered, for who may send them again."""
    rows = list(selectors.waiting_for_answer(shown)) if is_mine_to_run else []
    now = timezone.now()
    return {
        "invitations": [(row, row.is_over(now)) for row in rows],
        "unsent": selectors.unsent(rows),
    }


def _organization_page(
    request: HttpRequest,
    shown: Organization,
    *,
    form: OrganizationForm | None = None,
    invitation: InviteForm | None = None,
) -> HttpResponse:
    is_mine_to_run = selectors.organizations_run_by(person_of(request)).contains(shown)
    context = {
        "organization": shown,
        "form": form or _form_of(shown, None),
        "invitation": invitation
        or InviteForm(
            kind=shown.kind,
            auto_id="invite_%s",
            initial={"language": person_of(request).language},
        ),
        "is_mine_to_run": is_mine_to_run,
        "roles": selectors.roles_in(shown),
        **_waiting(shown, is_mine_to_run=is_mine_to_run),
        "places": selectors.places_of(shown),
        "may_let_in": shown == acting_of(request).organization
        and bool(acting_of(request).roles & set(selectors.ISSUERS)),
    }
    refused = any(asked and asked.errors for asked in (form, invitation))
    status = 422 if refused else 200
    return render(request, "hub/organization.html", context, status=status)
