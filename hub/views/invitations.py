"""Invitations: sent again and withdrawn by the coordination, answered by the person."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hub import selectors
from hub.core.errors import DomainError
from hub.core.roles import ROLES
from hub.doors import (
    acting_as,
    acting_of,
    person_of,
    say_done,
    say_refusal,
)
from hub.models import Invitation, Membership
from hub.services import invitations as services


@require_GET
@acting_as()
def roles(request: HttpRequest) -> HttpResponse:
    """Who does what: every role in plain words."""
    told = [(role, Membership.Role(role).label, words) for role, words in ROLES.items()]
    context = {"roles": told, "mine": acting_of(request).roles}
    return render(request, "hub/roles.html", context)


@require_POST
@acting_as("coordinator")
def invitation_again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write once more to somebody who has not answered."""
    invitation = _run_by_me(request, public_id)
    page = request.build_absolute_uri(reverse("hub:invitations"))
    try:
        services.send_again(invitation=invitation, page=page, now=timezone.now())
    except DomainError as error:
        say_refusal(request, error)
    else:
        words = {"email": invitation.email}
        say_done(request, _("The invitation leaves again for %(email)s.") % words)
    return redirect("hub:organization", invitation.organization.public_id)


@require_POST
@acting_as("coordinator")
def invitation_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take an invitation back before it is accepted."""
    invitation = _run_by_me(request, public_id)
    try:
        services.withdraw(invitation=invitation, now=timezone.now())
    except DomainError as error:
        say_refusal(request, error)
    else:
        say_done(request, _("The invitation is withdrawn."))
    return redirect("hub:organization", invitation.organization.public_id)


@require_GET
@login_required
def invitations(request: HttpRequest) -> HttpResponse:
    """The roles I am offered, explained."""
    waiting = selectors.invitations_for(person_of(request), now=timezone.now())
    context = {"invitations": [(one, ROLES[one.role]) for one in waiting]}
    return render(request, "hub/invitations.html", context)


@require_POST
@login_required
def invitation_accept(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the role, and act for that organization from now on."""
    invitation = _for_me(request, public_id)
    try:
        membership = services.accept(invitation=invitation, now=timezone.now())
    except DomainError as error:
        say_refusal(request, error)
        return redirect("hub:invitations")
    organization = membership.organization
    request.session[selectors.SESSION_KEY] = organization.public_id
    words = {"name": organization.name, "role": membership.get_role_display()}
    say_done(request, _("Welcome to “%(name)s”. Your role: %(role)s.") % words)
    return redirect(f"{reverse('hub:roles')}#{membership.role}")


@require_POST
@login_required
def invitation_decline(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say no to a role."""
    try:
        services.withdraw(invitation=_for_me(request, public_id), now=timezone.now())
    except DomainError as error:
        say_refusal(request, error)
    else:
        say_done(request, _("You declined the invitation."))
    return redirect("hub:home")


def _run_by_me(request: HttpRequest, public_id: str) -> Invitation:
    mine = selectors.invitations_run_by(person_of(request))
    invitation: Invitation = get_object_or_404(mine, public_id=public_id)
    return invitation


def _for_me(request: HttpRequest, public_id: str) -> Invitation:
    mine = selectors.invitations_for(person_of(request), now=timezone.now())
    invitation: Invitation = get_object_or_404(mine, public_id=public_id)
    return invitation
