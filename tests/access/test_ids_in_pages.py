"""An id of somebody else in any field or link is answered as one that does not exist.

Every page of the site is opened by those who may; each field of its forms that names a
row, hidden ones included, and each link with a query, is sent twice: with the id of the
same row of the other hub, and with an id that nobody has.
"""

import re
from dataclasses import dataclass
from itertools import zip_longest

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.access.asking import Answer, Asker
from tests.access.hand_read import read_by_hand
from tests.access.page_forms import ID, Sent, forms_of
from tests.access.world import World, hidden_words

NOBODY = "z" * 12
SAVED_APART = {
    (f"/orders/basket/@/{page}", field): "the rest of the basket is saved"
    for page in ("", "list/")
    for field in ("q-@", "was-@")
}
"""Fields whose row is left out when it does not exist, while the others are kept."""
ELSEWHERE = {
    "certain": "tests/orders/views/test_received.py",
    "driver-@": "tests/routing/views/test_breakdowns.py",
    "family": "orders/forms: one of the families that the list shows, by key",
    "loan": "tests/routing/views/test_lending.py",
    "offer": "tests/access/choices.py",
    "used": "tests/orders/views/test_received.py",
}
"""Names of rows that the pages of these two hubs do not send, and where they are."""
NO_ROW = frozenset(
    """
    <:NUM_SHOWN> <kind> <name> <tier.code> @_kg @_l active agree at before change
    act choices code column copy coverage days decision digest do dock-num_docks
    fingerprint q
    dwell_limit_min ends envelope envelope_cents expires_on file first_on fixed format
    has_tailgate height_cm hidden is_active
    is_public key language last_on latitude longitude
    name note
    num_docks num_households number on only_good organic page paper pasted per_hour
    per_km plate po_number scan seconds seen sent_at shift_end shift_start since
    starts starts_on table taps temperature then tier_code total transfer_min until
    version weekdays words
    """.split()  # noqa: SIM905 - as a page of words
)
"""Names that carry a figure, a day, a text or a code: no row."""
TOKENS = re.compile(r"\b[A-Za-z0-9]{64}\b|\b[0-9a-f]{8}-?[0-9a-f-]{24,27}\b")


@dataclass(frozen=True, slots=True)
class Place:
    """One field that names a row: who sends it, the form around it, the two ids."""

    role: str
    field: str
    mine: str
    theirs: str
    sent: Sent

    def __str__(self) -> str:
        return f"{self.role} {self.sent.verb} {self.sent.address} {self.field}"


def twins() -> dict[str, str]:
    """For every row with a public id, that of the other hub made at the same step."""
    found: dict[str, str] = {}
    for model in apps.get_models():
        if not any(field.name == "public_id" for field in model._meta.local_fields):
            continue
        rows = model._default_manager.order_by("pk")
        ids = list(rows.values_list("public_id", flat=True))
        half = len(ids) // 2
        found |= {mine: ids[at - half] for at, mine in enumerate(ids) if half}
    return found


@pytest.fixture(scope="module")
def places(world: World) -> list[Place]:
    """Every field of every page that names a row of both hubs, once for each form."""
    other, found = twins(), dict[tuple[str, ...], Place]()
    for role, form in forms_of(world, Asker(world.askers)):
        for field, mine, sent in form.places():
            if mine in other:
                key = (sent.verb, ID.sub("@", sent.address), field)
                found.setdefault(key, Place(role, field, mine, other[mine], sent))
    return list(found.values())


def told(place: Place, world: World, asker: Asker) -> list[str]:
    """How the answer differs from the one to an id that nobody has; what it leaks."""
    theirs, nobody = (
        place.sent.with_id(place.mine, chosen).ask(place.role, asker)
        for chosen in (place.theirs, NOBODY)
    )
    ours, others = said(theirs, place.theirs), said(nobody, NOBODY)
    hidden = hidden_words(place.role, world)
    found = [f"shows {word}" for word in hidden if word in theirs.words]
    if theirs.mark != nobody.mark:
        found.append(f"{theirs.mark}, not {nobody.mark} as for nobody's")
    elif ours != others:
        found.append(f"says {_first_difference(ours, others)}")
    is_partial = (ID.sub("@", place.sent.address), place.field) in SAVED_APART
    if theirs.moved and not is_partial:
        found.append("something moved")
    if theirs.num_rows != nobody.num_rows:
        found.append("other rows moved than for nobody's")
    return [f"{place}: {each}" for each in found]


def said(answer: Answer, chosen: str) -> str:
    """The words of an answer without what differs each time it is given."""
    return TOKENS.sub("", answer.words).replace(chosen, "")


def _first_difference(ours: str, others: str) -> str:
    pairs = zip_longest(ours.splitlines(), others.splitlines(), fillvalue="")
    mine, other = next((pair for pair in pairs if pair[0] != pair[1]), ("", ""))
    return f"{mine.strip()[:150]!r}, not {other.strip()[:150]!r} as for nobody's"


def test_an_id_of_somebody_else_is_one_that_does_not_exist(
    places: list[Place], world: World, asker: Asker
) -> None:
    # Both answers are given in one moment: a page says how many minutes are left.
    with time_machine.travel(timezone.now(), tick=False):
        wrong = [each for place in places for each in told(place, world, asker)]

    assert "\n".join(wrong) == ""


@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_a_view_that_takes_an_id_without_its_owner_is_found(
    verb: str, world: World, asker: Asker, settings: Settings
) -> None:
    settings.ROOT_URLCONF = "tests.access.open_urls"
    mine, theirs = (side.rows["farm_place"] for side in (world.home, world.other))
    sent = Sent(verb, "/chosen/", (("place", mine.public_id),))
    place = Place("coordination", "place", mine.public_id, theirs.public_id, sent)

    found = told(place, world, asker)

    assert f"{place}: shows {world.other.mark}" in found
    assert f"{place}: y, not . as for nobody's" in found
    assert (f"{place}: something moved" in found) is (verb == "POST")


def test_every_name_that_a_view_reads_by_itself_is_tried(places: list[Place]) -> None:
    tried = {place.field for place in places}

    assert sorted(read_by_hand() - NO_ROW - tried) == sorted(ELSEWHERE)
    assert NO_ROW - read_by_hand() == frozenset()
