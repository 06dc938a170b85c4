"""A hub's first day, told through HTTP: nothing, five steps, sheets, a first cycle.

Ana installs Charroi and begins. She looks at an example and removes it, brings her own
sheets, invites a driver who accepts, takes one import back, and opens a cycle.
"""

import re
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from hub.models import Cycle, ImportBatch, Notice, Organization, Person, Place
from pricing.models import PriceTier
from producers.models import Offer
from routing.models import Vehicle

pytestmark = pytest.mark.django_db

FARMS = """Nom de la ferme;Courriel;Tél.
Ferme Aux Mille Choux;choux@exemple.ca;450 555-0111
Les Œufs d'Or;;450 555-0112
"""
PLACES = """Membre\tNom du lieu\tGenre\tAdresse\tLat\tLong\tHoraire
Ferme aux mille choux\tGrange\tferme\t\t45,61\t-73,88\t6 h–12 h
Les oeufs d'or\tPoulailler\tferme\t12, rang Nord\t\t\t
Pôle Laurier\tQuai\tpôle\t\t45.53\t-73.62\t6 h–17 h
Cuisine Ensemble\tSous-sol\tpoint de chute\t\t45.54\t-73.58\tlun-ven 8 h 30–11 h
"""
PRODUCTS = """Producteur,Produit,Famille,Format,Unité,Poids,Température,Prix
Ferme Aux Mille Choux,Chou,Légumes,caisse 12 kg,caisse,"12,5 kg",réfrigéré,"21,00 $"
Les Œufs d'Or,Œufs,Oeufs,douzaine,douzaine,750 g,frais,"4,75 $"
"""
TRUCKS = """Camion,Plaque,Port d'attache,Froid kg,Froid litres,Coût par jour
Le Blanc,FAB1234,Quai,1800,11000,"120,00 $"
"""


class Ana:
    """What Ana does at the site."""

    def __init__(self) -> None:
        self.client = Client()
        self.client.force_login(Person.objects.get(email="ana@exemple.ca"))

    def post(self, url: str, **data: object) -> str:
        answer = self.client.post(url, data, follow=True)
        assert answer.status_code == 200, answer.content.decode()
        return answer.content.decode()

    def see(self, url: str) -> str:
        answer = self.client.get(url)
        assert answer.status_code == 200
        return answer.content.decode()

    def bring(self, kind: str, sheet: bytes) -> ImportBatch:
        """Send a sheet and confirm what its preview shows."""
        upload = SimpleUploadedFile(f"{kind}.csv", sheet)
        page = self.post(f"/routing/imports/{kind}/new/", file=upload)
        batch = ImportBatch.objects.get(kind=kind, status="draft")
        found = re.search(r'name="digest" value="(\w+)"', page)
        assert found is not None, page
        self.post(f"/routing/imports/{batch.public_id}/confirm/", digest=found[1])
        batch.refresh_from_db()
        return batch


def counts() -> list[int]:
    """Members, places, offers, trucks and cycles."""
    members = Organization.objects.exclude(hub=None)
    tables = (members, Place.objects, Offer.objects, Vehicle.objects, Cycle.objects)
    return [table.count() for table in tables]


def done_steps(page: str) -> int:
    return page.count('<span class="badge badge--done">')


def begin() -> Ana:
    """The home page says what to do; the command makes the hub, Ana, the families."""
    assert "manage.py begin" in Client().get("/").content.decode()
    call_command("begin", hub="Pôle Laurier", email="ana@exemple.ca", name="Ana")
    assert "manage.py begin" not in Client().get("/").content.decode()
    return Ana()


def look_at_examples(ana: Ana) -> None:
    """Every example comes and goes without a trace."""
    for step in ("hub", "farms", "buyers", "trucks", "cycle"):
        ana.post(f"/routing/first-steps/{step}/sample/")
    # 2 farms and 2 buyers; a dock, 2 gates, 2 doors; 3 offers; a truck; a draft.
    assert counts() == [4, 5, 3, 1, 1]
    assert done_steps(ana.see("/routing/first-steps/")) == 0
    ana.post("/routing/samples/remove/")
    assert counts() == [0, 0, 0, 0, 0]


def bring_sheets(ana: Ana) -> None:
    """Her own sheets, in the encodings of three programs; once more changes nothing."""
    ana.bring("farms", FARMS.encode("cp1252"))
    ana.bring("buyers", b"Nom,Type\nCuisine Ensemble,groupe\n")
    ana.bring("places", PLACES.encode("utf-16"))
    ana.bring("products", PRODUCTS.encode("utf-8-sig"))
    ana.bring("trucks", TRUCKS.encode())
    assert counts() == [3, 4, 2, 1, 0]
    again = SimpleUploadedFile("again.csv", PRODUCTS.encode())
    page = ana.post("/routing/imports/products/new/", file=again)
    assert 'name="digest"' not in page


def test_a_first_day() -> None:
    ana = begin()
    look_at_examples(ana)
    bring_sheets(ana)

    # The hen house waits for its pin, and its farm is named as not done.
    waiting = Place.objects.get(latitude=None)
    assert waiting.name in ana.see("/places/")
    Place.objects.filter(pk=waiting.pk).update(latitude=45.4, longitude=-73.47)
    assert done_steps(ana.see("/routing/first-steps/")) == 2
    ana.post("/pricing/start/")
    assert PriceTier.objects.count() == 3

    hub = Organization.objects.get(hub=None)
    ana.post(
        f"/organizations/{hub.public_id}/invite/",
        email="Guy@exemple.ca",
        name="Guy",
        role="driver",
        language="fr-ca",
    )
    guy = Person.objects.get(email="guy@exemple.ca")
    letter = Notice.objects.get(kind="invitation", person=guy)
    assert letter.data["page"] == "http://testserver/invitations/"
    his = Client()
    his.force_login(guy)
    assert his.get("/").headers["Location"] == "/invitations/"
    offer = guy.invitations.get()
    his.post(f"/invitations/{offer.public_id}/accept/")
    assert guy.memberships.get().role == "driver"
    assert done_steps(ana.see("/routing/first-steps/")) == 4

    now = timezone.localtime()
    ana.post(
        "/cycles/new/",
        name="Premier",
        opens_at=local(now - timedelta(hours=1)),
        closes_at=local(now + timedelta(days=2)),
        service_on=(now + timedelta(days=4)).date().isoformat(),
        flow="direct",
    )
    cycle = Cycle.objects.get()
    ana.post(f"/cycles/{cycle.public_id}/open/")
    cycle.refresh_from_db()
    assert cycle.status == "open"
    assert done_steps(ana.see("/routing/first-steps/")) == 5
    panel = ana.client.get(
        "/routing/first-steps/panel/", headers={"HX-Request": "true"}
    )
    assert panel.content == b""


def local(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M")
