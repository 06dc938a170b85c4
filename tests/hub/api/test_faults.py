"""What is wrong in what a program sent is told by field, in its own language."""

from typing import Any

import pytest
from django.conf import settings
from pydantic import ValidationError

import config.api  # noqa: F401 - every shape that is sent
from hub.api import Sent
from hub.models import Cycle
from producers.models import Availability
from tests.factories.hub import make_farm, make_hub
from tests.factories.producers import make_offer
from tests.hub.api.conftest import MakeProgram, Program
from tests.hub.api.test_keys import CYCLE

pytestmark = pytest.mark.django_db


def faults(answer: Any) -> list[tuple[str, str]]:
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "not_valid")
    return [
        (each["field"], each["message"]) for each in answer.json()["error"]["fields"]
    ]


def french(program: Program) -> Program:
    program.headers["Accept-Language"] = "fr-CA"
    return program


@pytest.mark.parametrize(
    ("sent", "field", "told"),
    [
        ({"name": None}, "body.name", "Écrivez un texte, entre guillemets."),
        ({"name": "x" * 61}, "body.name", "Trop long\u00a0: 60 caractères au plus."),
        (
            {"flow": "avion"},
            "body.flow",
            "Choisissez parmi\u00a0: 'direct', 'cross_dock'.",
        ),
        ({"nom": "x"}, "body.nom", "Aucun champ ne porte ce nom ici. Vérifiez-le."),
        (
            {"closes_at": "2026-11-25T12:00:00"},
            "body.closes_at",
            "Écrivez un moment avec son fuseau, comme 2026-11-27T12:00:00-05:00.",
        ),
        (
            {"service_on": "demain"},
            "body.service_on",
            "Écrivez un jour comme 2026-11-27.",
        ),
    ],
)
def test_a_fault_is_told_where_it_stands_in_the_language_asked_for(
    let_in: MakeProgram, sent: dict[str, Any], field: str, told: str
) -> None:
    program = french(let_in(make_hub()))

    answer = program.tries("/cycles", {**CYCLE, **sent})

    assert faults(answer) == [(field, told)]
    assert Cycle.objects.count() == 0


def test_a_body_that_is_no_object_is_told_as_the_body(let_in: MakeProgram) -> None:
    answer = let_in(make_hub()).tries("/cycles", [CYCLE])

    assert faults(answer) == [("body", "Send an object, with its fields by name.")]


def test_a_filter_is_told_by_its_own_name(let_in: MakeProgram) -> None:
    answer = let_in(make_hub()).get("/cycles?since=hier&limit=beaucoup")

    assert faults(answer) == [
        ("query.since", "Write a day such as 2026-11-27."),
        ("query.limit", "Write a whole number, without quotes or decimals."),
    ]


@pytest.mark.parametrize(
    "path", ["/cycles?limit=2&until=2026-11-27&since=", "/me?", "/results?"]
)
def test_a_filter_that_nobody_knows_is_refused(let_in: MakeProgram, path: str) -> None:
    """A list that a misspelt filter does not narrow would pass for the narrow one."""
    program = let_in(make_hub())
    known = path.replace("&since=", "&since=2026-11-20")

    answer = program.get(f"{known}&depuis=2026-11-20")

    assert faults(answer) == [
        ("query.depuis", "No field has this name here. Check its spelling.")
    ]
    assert program.get(known).status_code == 200


def test_a_truth_is_not_counted_as_one(let_in: MakeProgram) -> None:
    hub = make_hub()
    farm = make_farm(hub=hub)
    offer = make_offer(farm, hub=hub)
    row = {"offer_id": offer.public_id, "week_on": "2099-06-15", "quantity": True}

    answer = let_in(farm).tries("/availability", row)

    assert faults(answer) == [
        ("body.quantity", "Write a whole number, without quotes or decimals.")
    ]
    assert Availability.objects.count() == 0


def test_no_number_that_is_sent_may_be_a_truth() -> None:
    """Every field of every body, those of tables such as quantities included."""
    numbers = [
        (shape, name, str(field.annotation))
        for shape in _shapes(Sent)
        for name, field in shape.model_fields.items()
        if "int" in str(field.annotation)
    ]

    taken = [
        f"{shape.__name__}.{name}"
        for shape, name, kind in numbers
        if name not in _not_numbers(shape, name, kind)
    ]

    assert ("CorrectionIn", "quantities") in {
        (shape.__name__, name) for shape, name, _kind in numbers
    }
    assert taken == []


def test_what_is_too_much_at_once_is_refused_in_our_shape(let_in: MakeProgram) -> None:
    program = french(let_in(make_hub()))
    much = {**CYCLE, "name": "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE}

    answer = program.tries("/cycles", much)

    assert (answer.status_code, answer.json()["error"]) == (
        413,
        {
            "code": "too_large",
            "message": "C’est trop à la fois\u00a0: au plus 2 Mo.",
            "fields": [],
        },
    )
    assert Cycle.objects.count() == 0


def test_what_is_no_json_is_refused_in_the_language_asked_for(
    let_in: MakeProgram,
) -> None:
    program = french(let_in(make_hub()))
    headers = {**program.headers, "Idempotency-Key": "cycle-0001"}

    answer = program.client.post(
        "/api/v1/cycles", "{nom", content_type="application/json", headers=headers
    )

    assert (answer.status_code, answer.json()["error"]) == (
        400,
        {
            "code": "unreadable",
            "message": "Ce qui a été envoyé n’est pas du JSON. Écrivez-le en UTF-8, "
            "sans NaN parmi les nombres.",
            "fields": [],
        },
    )


def _shapes(parent: type[Sent]) -> list[type[Sent]]:
    found = list(parent.__subclasses__())
    return found + [shape for each in found for shape in _shapes(each)]


def _not_numbers(shape: type[Sent], name: str, kind: str) -> set[str]:
    """The fields that refuse a truth as no whole number."""
    told = {"222222222222": True} if "dict[" in kind else True
    try:
        shape.model_validate({name: told})
    except ValidationError as refused:
        errors = refused.errors()
        return {str(e["loc"][0]) for e in errors if e["type"] == "int_type"}
    return set()
