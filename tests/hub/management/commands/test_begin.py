"""A hub begins on an empty database, without the demo."""

import pytest
from django.core.management import CommandError, call_command

from hub.models import Membership, Organization, ProductFamily
from hub.services.families import FIRST_FAMILIES

pytestmark = pytest.mark.django_db


def test_the_first_coordinator_can_sign_in(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        call_command("begin", hub="Pôle Nord", email="Ana@Pole.Example")

    membership = Membership.objects.get()
    assert (membership.person.email, membership.organization.name) == (
        "ana@pole.example",
        "Pôle Nord",
    )
    assert ProductFamily.objects.count() == len(FIRST_FAMILIES)
    assert "ana@pole.example coordinates Pôle Nord" in capsys.readouterr().out


def test_a_bad_address_makes_nothing() -> None:
    with pytest.raises(CommandError):
        call_command("begin", hub="Pôle Nord", email="ana")

    assert Organization.objects.count() == 0
