"""Keeping the papers of trucks and drivers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import transaction

from routing.core.papers import scan_kind
from routing.models import DriverPaper, Vehicle, VehiclePaper

if TYPE_CHECKING:
    from hub.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """What a paper says; `scan` is a PDF or a picture, empty to keep the one there."""

    kind: str
    number: str
    expires_on: date
    scan: bytes = b""


@transaction.atomic
def keep_vehicle_paper(*, vehicle: Vehicle, facts: PaperFacts) -> VehiclePaper:
    """Write a paper of a truck in the place of the one before."""
    vehicle = Vehicle.objects.select_for_update().get(pk=vehicle.pk)
    papers = VehiclePaper.objects.filter(vehicle=vehicle)
    paper = papers.filter(kind=facts.kind).first()
    kept = paper or VehiclePaper(vehicle=vehicle, kind=facts.kind)
    _write(kept, facts)
    return kept


@transaction.atomic
def keep_driver_paper(*, person: Person, facts: PaperFacts) -> DriverPaper:
    """Write a paper of a driver in the place of the one before."""
    # Two first writings at once: the second waits for the row of the first.
    kept, _is_new = DriverPaper.objects.select_for_update().get_or_create(
        person=person,
        kind=facts.kind,
        defaults={"number": facts.number, "expires_on": facts.expires_on},
    )
    _write(kept, facts)
    return kept


def _write(paper: VehiclePaper | DriverPaper, facts: PaperFacts) -> None:
    paper.number, paper.expires_on = facts.number, facts.expires_on
    if facts.scan:
        if paper.scan:
            # The old file goes once the new row stands; undone work keeps it.
            old = str(paper.scan.name)
            transaction.on_commit(partial(paper.scan.storage.delete, old))
        name = f"scan.{scan_kind(facts.scan)}"
        paper.scan.save(name, ContentFile(facts.scan), save=False)
    paper.save()
