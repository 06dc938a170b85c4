"""The sheets that a hub brought, and an invitation that waits for its answer."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from hub.core.imports import FARMS, digest_of
from hub.models import Invitation, Organization, Person
from hub.services.imports import keep_sheet
from routing.services import preview, run_import


def bring_sheets(
    mark: str, hub: Organization, *, rows: dict[str, Any], people: dict[str, Person]
) -> None:
    """A sheet to confirm, one that was imported, a role offered to the second farm."""
    by = people["coordination"]
    for name in ("draft_sheet", "sheet"):
        rows[name] = keep_sheet(
            hub=hub,
            sheet=FARMS,
            table=[["name"], [f"{mark} {name}"]],
            by=by,
            now=timezone.now(),
        )
    run_import(
        batch=rows["sheet"],
        digest=digest_of(preview(rows["sheet"])),
        only_good=False,
        now=timezone.now(),
    )
    rows["invitation"] = Invitation.objects.create(
        organization=rows["farm"],
        person=people["farm_b"],
        email=people["farm_b"].email,
        name=mark,
        role="producer",
        invited_by=by,
        expires_at=timezone.now() + timedelta(days=30),
    )
