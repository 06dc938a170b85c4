"""Random sequences of posting, reserving, giving back and settling conserve stock."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from producers import services
from producers.core.errors import NotEnoughStock
from producers.models import Availability
from tests.factories.hub import MONDAY, make_producer
from tests.factories.producers import make_availability, make_offer
from tests.soak.figures import count
from tests.soak.playing import num_examples

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 10, 15, tzinfo=UTC)
NUM_ROWS = 3

units = st.integers(min_value=1, max_value=30)
row_indexes = st.integers(min_value=0, max_value=NUM_ROWS - 1)
baskets = st.dictionaries(row_indexes, units, min_size=1, max_size=NUM_ROWS)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("post"), row_indexes, st.integers(0, 60)),
        st.tuples(st.just("reserve"), baskets, st.none()),
        st.tuples(st.just("give back"), st.integers(0, 20), st.none()),
        st.tuples(st.just("settle"), row_indexes, st.integers(0, 60)),
    ),
    max_size=15,
)


class Week:
    """The same week in the database and in plain figures beside it."""

    def __init__(self) -> None:
        self.person = make_producer(make_offer().variant.product.producer)
        self.rows = [make_availability(quantity=20) for _ in range(NUM_ROWS)]
        self.quantities = [20] * NUM_ROWS
        self.promised = [0] * NUM_ROWS
        self.given: list[dict[int, int]] = []

    def post(self, index: int, quantity: int) -> None:
        services.post_availability(
            offer=self.rows[index].offer,
            week_on=MONDAY,
            quantity=quantity,
            price_cents=None,
            lot="",
            by=self.person,
            now=NOW,
        )
        self.quantities[index] = quantity

    def reserve(self, basket: dict[int, int]) -> None:
        fits = all(
            self.promised[index] + asked <= self.quantities[index]
            for index, asked in basket.items()
        )
        try:
            services.reserve(wants=self._by_id(basket))
        except NotEnoughStock:
            assert not fits
            return
        assert fits
        self.given.append(basket)
        for index, asked in basket.items():
            self.promised[index] += asked

    def give_back(self, choice: int) -> None:
        if not self.given:
            return
        basket = self.given.pop(choice % len(self.given))
        services.give_back(returns=self._by_id(basket))
        for index, asked in basket.items():
            self.promised[index] -= asked

    def settle(self, index: int, allocated: int) -> None:
        change = allocated - self.promised[index]
        services.settle_promises(changes={self.rows[index].pk: change})
        self.promised[index] = allocated
        # What was settled cannot be given back basket by basket any more.
        self.given = [basket for basket in self.given if index not in basket]

    def _by_id(self, basket: dict[int, int]) -> dict[int, int]:
        return {self.rows[index].pk: asked for index, asked in basket.items()}

    def found(self) -> list[tuple[int, int, int]]:
        return list(
            Availability.objects.filter(pk__in=[row.pk for row in self.rows])
            .order_by("pk")
            .values_list("quantity", "reserved", "short_quantity")
        )

    def expected(self) -> list[tuple[int, int, int]]:
        return [
            (quantity, promised, max(0, promised - quantity))
            for quantity, promised in zip(self.quantities, self.promised, strict=True)
        ]


@settings(
    deadline=None,
    max_examples=num_examples(100, a_round=400),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(plays=steps)
def test_after_every_step_the_rows_hold_what_plain_figures_say(
    plays: list[tuple[str, object, object]],
) -> None:
    with transaction.atomic():
        week = Week()
        for name, first, second in plays:
            match name, first, second:
                case "post", int(index), int(quantity):
                    week.post(index, quantity)
                case "reserve", dict(basket), _:
                    week.reserve(basket)
                case "give back", int(choice), _:
                    week.give_back(choice)
                case "settle", int(index), int(allocated):
                    week.settle(index, allocated)
            assert week.found() == week.expected()
        count("weeks of stock")
        count("weeks of stock: steps", len(plays))
        transaction.set_rollback(True)
