"""Papers on their pages, scans for those who keep them, and who drives which route."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hub.models import Person
from routing import services
from routing.models import DriverPaper, VehiclePaper
from tests.factories.hub import make_carrier, make_driver
from tests.factories.routing import give_papers, make_plan, make_vehicle
from tests.factories.week import NOW
from tests.routing.views.conftest import Cast
from tests.routing.views.test_days import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_folder")]
Enter = Callable[[Person], Client]
NEWER = b"%PDF-1.7 newer\n%%EOF"
PDF = b"%PDF-1.7 our insurance\n%%EOF\n"


@pytest.fixture
def private_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def page_of(cast: Cast) -> str:
    return f"/routing/trucks/vehicles/{cast.day.vehicle.public_id}/papers/"


def sent(content: bytes = PDF, name: str = "scan.pdf", **changes: object):
    return {
        "paper": "insurance",
        "insurance-number": "A-1",
        "insurance-expires_on": "2026-12-31",
        "insurance-scan": SimpleUploadedFile(name, content),
        **changes,
    }


def test_a_scan_is_kept_under_a_name_nobody_can_guess_and_given_back(
    cast: Cast, enter: Enter, private_folder
):
    client = enter(cast.dan)

    client.post(page_of(cast), sent(name="../../evil.html"))
    answer = client.get(f"{page_of(cast)}insurance/")

    [kept] = [path for path in private_folder.rglob("*") if path.is_file()]
    assert (kept.parent.name, kept.suffix, len(kept.stem)) == ("papers", ".pdf", 32)
    assert b"".join(answer) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="insurance.pdf"'


def test_a_new_scan_takes_the_place_of_the_old_file(
    cast: Cast, enter: Enter, private_folder, django_capture_on_commit_callbacks
):
    client = enter(cast.dan)

    for content in (PDF, NEWER):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(page_of(cast), sent(content))

    [kept] = [path for path in private_folder.rglob("*") if path.is_file()]
    assert kept.read_bytes() == NEWER


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<script>", "This file is not a scan that can be kept."),
        (PDF + b"0" * 5 * 1024 * 1024, "This file is larger than 5 MB."),
    ],
)
def test_another_file_is_refused_and_nothing_is_kept(
    cast: Cast, enter: Enter, content: bytes, sentence: str
):
    answer = enter(cast.dan).post(page_of(cast), sent(content))

    assert (answer.status_code, VehiclePaper.objects.count()) == (422, 0)
    assert sentence in words(answer)


def test_nobody_else_sees_a_scan(cast: Cast, enter: Enter):
    enter(cast.dan).post(page_of(cast), sent())

    answer = enter(cast.zoe).get(f"{page_of(cast)}insurance/")

    assert answer.status_code == 404


def test_a_driver_keeps_the_own_licence_and_sees_no_colleagues(
    cast: Cast, enter: Enter
):
    colleague = make_driver(cast.day.vehicle.owner)
    client = enter(cast.dan)

    client.post(
        f"/routing/trucks/drivers/{cast.dan.public_id}/",
        {
            "paper": "licence",
            "licence-number": "D-2",
            "licence-expires_on": "2027-01-31",
        },
    )
    other = client.get(f"/routing/trucks/drivers/{colleague.public_id}/")

    [paper] = DriverPaper.objects.values_list("person", "number")
    assert (paper, other.status_code) == ((cast.dan.pk, "D-2"), 404)


@time_machine.travel(NOW)
def test_the_page_of_the_day_warns_thirty_days_ahead(cast: Cast, enter: Enter):
    plan = make_plan(cast.day)
    give_papers(plan)
    soon = NOW.date() + timedelta(days=30)
    VehiclePaper.objects.filter(kind="insurance").update(expires_on=soon)

    page = words(enter(cast.ana).get("/routing/today/"))

    name = cast.day.vehicle.name
    assert f"Insurance of {name}: ends Thursday, July 16, 2026." in page
    assert f"Registration of {name}" not in page


@time_machine.travel(NOW)
def test_the_page_of_the_day_names_the_worst_papers_and_counts_the_others(
    cast: Cast, enter: Enter
):
    # Two papers of five trucks, and the licence of the one driver of the hub.
    for _ in range(4):
        make_vehicle(cast.day.pool)
    over = NOW.date() - timedelta(days=3)
    facts = services.PaperFacts(kind="insurance", number="1", expires_on=over)
    services.keep_vehicle_paper(vehicle=cast.day.vehicle, facts=facts)

    answer = enter(cast.ana).get("/routing/today/")

    named = answer.context["papers"]
    assert named[0].startswith(f"Insurance of {cast.day.vehicle.name}: over since")
    assert (len(named), answer.context["num_more_papers"]) == (4, 7)
    assert "7 more papers" in words(answer)


@time_machine.travel(NOW)
def test_only_the_driver_named_sees_the_route(cast: Cast, enter: Enter):
    plan = make_plan(cast.day)
    services.publish_plan(plan=plan, by=None, now=NOW)
    eve = make_driver(cast.day.week.hub)
    address = f"/routing/mine/{plan.public_id}/1/"

    answer = enter(cast.ana).post(
        f"/routing/plans/{plan.public_id}/routes/1/driver/", {"driver": eve.public_id}
    )

    seen = [enter(person).get(address).status_code for person in (eve, cast.dan)]
    assert (answer.status_code, seen) == (302, [200, 404])


@time_machine.travel(NOW)
def test_somebody_who_drives_for_nobody_here_cannot_be_named(cast: Cast, enter: Enter):
    plan = make_plan(cast.day)
    stranger = make_driver(make_carrier())

    answer = enter(cast.ana).post(
        f"/routing/plans/{plan.public_id}/routes/1/driver/",
        {"driver": stranger.public_id},
    )

    assert (answer.status_code, plan.routes.get().driver) == (422, None)
