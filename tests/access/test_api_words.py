"""Words that the API declares are those of the tables."""

from collections import Counter
from typing import Any, get_args

import pytest
from ninja import Schema

from config.api import api
from hub.api.routes import CycleStatus, Flow, OrganizationKind, PlaceKind
from hub.models import Cycle, Job, Organization, Place
from orders.api.invoices import InvoiceKind
from orders.api.ordering import OrderStatus
from orders.models import Invoice, Order
from routing.api.breakdowns import BreakdownStatus
from routing.api.driving import StopStatus
from routing.api.shapes import Handling, JobState, PlanStatus
from routing.models import Breakdown, Plan, StopAction, StopRecord


@pytest.mark.parametrize(
    ("declared", "kept"),
    [
        (CycleStatus, Cycle.Status),
        (Flow, Cycle.Flow),
        (OrganizationKind, Organization.Kind),
        (PlaceKind, Place.Kind),
        (OrderStatus, Order.Status),
        (InvoiceKind, Invoice.Kind),
        (PlanStatus, Plan.Status),
        (JobState, Job.State),
        (BreakdownStatus, Breakdown.Status),
        (StopStatus, StopRecord.Status),
        (Handling, StopAction.Kind),
    ],
)
def test_a_declared_word_is_one_of_its_table(declared: Any, kept: Any) -> None:
    assert list(get_args(declared)) == kept.values


def test_a_shape_has_a_name_of_its_own() -> None:
    shapes = [each for each in _shapes(Schema) if each.__module__ != "ninja.schema"]
    ours = {f"{each.__module__}.{each.__name__}" for each in shapes}

    names = [path.rsplit(".", 1)[1] for path in ours if ".api" in path]

    assert [name for name, num in Counter(names).items() if num > 1] == []


def test_an_operation_is_named_once_wherever_its_code_stands() -> None:
    paths = api.get_openapi_schema()["paths"].values()

    names = [each["operationId"] for verbs in paths for each in verbs.values()]

    assert "record_payout" in names
    assert [name for name, num in Counter(names).items() if num > 1] == []


def test_the_description_is_written_once() -> None:
    assert api.get_openapi_schema() is api.get_openapi_schema()


def _shapes(parent: type[Schema]) -> list[type[Schema]]:
    found = list(parent.__subclasses__())
    return found + [shape for each in found for shape in _shapes(each)]
