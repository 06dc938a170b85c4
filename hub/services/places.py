"""Places: where trucks stop, and the hours at which they are received."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from hub.core.errors import DockCannotWork, NameTaken, WindowOutOfOrder
from hub.core.periods import DAY_S
from hub.core.places import require_in_quebec
from hub.models import Organization, Place, PlaceWindow


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Hours of one weekday (Monday is 0), or of every day when it is None.

    Seconds from local midnight. Raises WindowOutOfOrder.
    """

    start_s: int
    end_s: int
    weekday: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start_s < self.end_s <= DAY_S:
            raise WindowOutOfOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFacts:
    """What people tell about a place; latitude and longitude in degrees.

    Without coordinates the place waits for its pin.
    """

    kind: str
    name: str
    latitude: float | None
    longitude: float | None
    address: str = ""
    service_duration_s: int = 600
    contact_name: str = ""
    contact_phone: str = ""
    access_note: str = ""
    access_code: str = ""
    has_dock: bool = False
    needs_tailgate: bool = False
    has_cold_storage: bool = False
    max_height_cm: int | None = None
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DockFacts:
    """How goods pass through a hub's dock, in whole seconds.

    Raises DockCannotWork: goods may not have to leave before they are recombined.
    """

    num_docks: int
    dwell_limit_s: int
    transfer_duration_s: int

    def __post_init__(self) -> None:
        if self.num_docks < 1 or not 0 <= self.transfer_duration_s <= (
            self.dwell_limit_s
        ):
            raise DockCannotWork


@transaction.atomic
def save_place(
    *,
    organization: Organization,
    facts: PlaceFacts,
    windows: Sequence[Window],
    place: Place | None = None,
    dock: DockFacts | None = None,
    photo: bytes | None = None,
) -> Place:
    """Record a new place of `organization`, or correct `place`, with all its hours.

    What is known of its dock and the photo of its door (a JPEG; empty to remove it)
    stay as they are unless given. The windows given replace those of before. Raises
    PlaceOutsideTerritory (or the more precise error below it) and NameTaken; then
    nothing has changed.
    """
    if facts.latitude is not None and facts.longitude is not None:
        require_in_quebec(facts.latitude, facts.longitude)
    kept = (
        Place(organization=organization)
        if place is None
        else Place.objects.select_for_update().get(pk=place.pk)
    )
    for field in PlaceFacts.__dataclass_fields__:
        setattr(kept, field, getattr(facts, field))
    for field in DockFacts.__dataclass_fields__ if dock else ():
        setattr(kept, field, getattr(dock, field))
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        raise NameTaken(name=facts.name) from error
    _replace_windows(kept, windows)
    if photo is not None:
        _replace_photo(kept, photo)
    return kept


def _replace_photo(place: Place, photo: bytes) -> None:
    if place.photo:
        # The old file goes once the new row stands; undone work keeps it.
        old = str(place.photo.name)
        transaction.on_commit(partial(place.photo.storage.delete, old))
    place.photo = ""
    if photo:
        place.photo.save("door.jpg", ContentFile(photo), save=False)
    place.save(update_fields=["photo"])


def _replace_windows(place: Place, windows: Sequence[Window]) -> None:
    place.windows.all().delete()
    PlaceWindow.objects.bulk_create(
        PlaceWindow(
            place=place,
            weekday=window.weekday,
            start_s=window.start_s,
            end_s=window.end_s,
        )
        for window in dict.fromkeys(windows)
    )
