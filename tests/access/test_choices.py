"""A row of somebody else is refused in a form too, and nothing moves."""

import re
from importlib import import_module
from urllib.parse import parse_qsl

import pytest
from django import forms
from django.test import Client

from hub.selectors import SESSION_KEY
from tests.access.addresses import Route, routes
from tests.access.asking import Answer, Asker
from tests.access.choices import CHOICES, WITHOUT_OWNER, Choice
from tests.access.world import World, hidden_words

ROUTES = {route.name: route for route in routes()}
FORMS = (
    "hub.forms",
    "producers.forms.catalogue",
    "orders.forms",
    "pricing.forms",
    "vouchers.forms",
    "routing.forms",
)


@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_a_row_of_ones_own_is_taken(choice: Choice, world: World, asker: Asker) -> None:
    answer = send(choice, choice.mine, world, asker)

    assert (answer.mark in "y>", answer.changed) == (True, True)


@pytest.mark.parametrize(
    ("choice", "theirs"),
    [(choice, row) for choice in CHOICES for row in choice.theirs],
    ids=str,
)
def test_a_row_of_somebody_else_is_refused_and_nothing_moves(
    choice: Choice, theirs: str, world: World, asker: Asker
) -> None:
    answer = send(choice, choice.mine[0] + theirs, world, asker)

    shown = [mark for mark in hidden_words(choice.role, world) if mark in answer.words]
    assert (answer.changed, shown) == (False, [])


def send(choice: Choice, chosen: str, world: World, asker: Asker) -> Answer:
    """Send the form with the row chosen in the place of one's own."""
    route: Route = ROUTES[choice.route]
    body = re.sub(rf"{choice.mine}\b", chosen, choice.body)
    filled = re.sub(r"[@#][a-z_.]+", lambda found: _written(found[0], world), body)
    return asker.ask(
        choice.role,
        "POST",
        route.address(choice.row, next(iter(route.mixtures(world)))),
        body=dict(parse_qsl(filled, keep_blank_values=True)),
    )


def _written(name: str, world: World) -> str:
    side, _, row = name[1:].rpartition(".")
    named = (world.other if side == "other" else world.home).rows[row]
    return str(named.pk if name[0] == "#" else named.public_id)


def test_every_field_that_names_a_row_has_an_entry() -> None:
    found = {
        f"{form.__name__}.{name}"
        for module in FORMS
        for form in vars(import_module(module)).values()
        if isinstance(form, type) and issubclass(form, forms.BaseForm)
        for name, field in form.base_fields.items()  # type: ignore[attr-defined] # set by the metaclass
        if isinstance(field, forms.ModelChoiceField)
    }

    assert found == {
        "PlaceForm.organization",
        "OfferForm.pooled_offer",
        "AgreementForm.buyer",
        "DepositForm.lot",
        "LotForm.eligible",
        "ProlongForm.lot",
        "ReturnForm.lot",
        "GrantForm.group",
        "LimitForm.buyer",
        "LimitForm.grant",
        "LoanForm.pool",
        "DriverForm.driver",
        "VehicleForm.owner",
        "VehicleForm.home",
        *WITHOUT_OWNER,
    }


def test_one_cannot_act_for_an_organization_of_others(world: World) -> None:
    person = world.askers["coordination"]
    assert person
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")

    client.post("/switch/", {"organization": world.other.hub.public_id})

    assert SESSION_KEY not in client.session
