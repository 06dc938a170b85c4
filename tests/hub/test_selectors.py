"""Who reaches which organization."""

import pytest

from hub import selectors
from hub.models import Organization
from tests.factories import hub as ground

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("is_active", "reached"), [(True, 1), (False, 0)])
def test_a_paused_organization_is_no_more_edited_by_its_own_people(is_active, reached):
    farm = ground.make_farm()
    person = ground.make_producer(farm)
    Organization.objects.filter(pk=farm.pk).update(is_active=is_active)

    assert selectors.organizations_editable_by(person).count() == reached


def test_a_paused_organization_is_still_edited_by_its_hub():
    hub = ground.make_hub()
    farm = ground.make_farm(hub=hub)
    Organization.objects.filter(pk=farm.pk).update(is_active=False)
    coordinator = ground.make_coordinator(hub)

    mine = selectors.organizations_editable_by(coordinator)

    assert set(mine) == {hub, farm}
