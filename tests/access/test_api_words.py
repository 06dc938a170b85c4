"""Words that the API declares are those of the tables."""

from typing import Any, get_args

import pytest

from hub.api.routes import CycleStatus, Flow
from hub.models import Cycle, Job
from orders.api import InvoiceKind, OrderStatus
from orders.models import Invoice, Order
from routing.api import JobState, PlanStatus
from routing.models import Plan


@pytest.mark.parametrize(
    ("declared", "kept"),
    [
        (CycleStatus, Cycle.Status),
        (Flow, Cycle.Flow),
        (OrderStatus, Order.Status),
        (InvoiceKind, Invoice.Kind),
        (PlanStatus, Plan.Status),
        (JobState, Job.State),
    ],
)
def test_a_declared_word_is_one_of_its_table(declared: Any, kept: Any) -> None:
    assert list(get_args(declared)) == kept.values
