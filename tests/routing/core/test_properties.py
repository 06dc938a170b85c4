"""Any small day: every plan passes the check, whatever the rules happen to be."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing.core.check import violations_of
from routing.core.matrix import Matrix
from routing.core.problem import (
    TEMPERATURE_CLASSES,
    Amount,
    Compartment,
    Place,
    Problem,
    Shipment,
    Vehicle,
    Window,
)
from routing.core.solve.search import search
from tests.soak.figures import count
from tests.soak.playing import num_examples

MASSES = st.sampled_from((10_000, 20_000, 40_000, 60_000))
CAPACITIES = st.sampled_from((100_000, 60_000, 40_000))
CLASSES = st.sampled_from(TEMPERATURE_CLASSES[1:])


def seldom(values: st.SearchStrategy[int]) -> st.SearchStrategy[int | None]:
    """A limit one time in four."""
    return st.integers(0, 3).flatmap(lambda n: values if n == 3 else st.none())


@st.composite
def windows(draw) -> tuple[Window, ...]:
    spans = draw(
        st.lists(st.tuples(st.integers(0, 90), st.integers(0, 30)), max_size=2)
    )
    return tuple(Window(start * 60, (start + length) * 60) for start, length in spans)


@st.composite
def matrices(draw, names: tuple[str, ...]) -> Matrix:
    """Any legs at all: one-way, shorter by detours, zero."""
    size = len(names)
    legs = st.lists(st.integers(0, 25), min_size=size * size, max_size=size * size)

    def table(factor: int) -> tuple[tuple[int, ...], ...]:
        values = draw(legs)
        return tuple(
            tuple(0 if i == j else values[i * size + j] * factor for j in range(size))
            for i in range(size)
        )

    return Matrix(names, table(1_000), table(60))


@st.composite
def vehicles(draw, number: int, names: tuple[str, ...]) -> Vehicle:
    classes = draw(st.lists(CLASSES, unique=True, min_size=1, max_size=2))
    start_s = draw(st.integers(0, 30)) * 60
    return Vehicle(
        id=f"truck-{number}",
        home_place_id=draw(st.sampled_from(names)),
        end_place_id=draw(st.none() | st.sampled_from(names)),
        shift_start_s=start_s,
        shift_end_s=start_s + draw(st.integers(60, 300)) * 60,
        compartments=tuple(
            Compartment(name, draw(CAPACITIES), draw(CAPACITIES)) for name in classes
        ),
        fixed_cents=draw(st.integers(0, 2_000)),
        per_km_cents=draw(st.integers(0, 99)),
        per_hour_cents=draw(st.integers(0, 2_999)),
        max_distance_m=draw(seldom(st.integers(20_000, 150_000))),
        max_duration_s=draw(seldom(st.integers(1_800, 14_400))),
    )


@st.composite
def shipments(draw, number: int, names: tuple[str, ...]) -> Shipment:
    pickup, delivery = draw(st.permutations(names))[:2]
    temperature_class = draw(CLASSES)
    return Shipment(
        id=f"shipment-{number}",
        pickup_place_id=pickup,
        delivery_place_id=delivery,
        amounts=(Amount(temperature_class, draw(MASSES), draw(MASSES)),),
        penalty_cents=draw(st.sampled_from((None, 20_000, 8_000, 100))),
        load_duration_s=draw(st.integers(0, 300)),
        unload_duration_s=draw(st.integers(0, 300)),
        pickup_windows=draw(windows()),
        delivery_windows=draw(windows()),
        max_onboard_s=draw(seldom(st.integers(0, 3_600))),
        only_vehicle_ids=draw(st.sampled_from(((), (), ("truck-0",)))),
    )


@st.composite
def days(draw) -> tuple[Problem, Matrix]:
    names = ("a", "b", "c", "d")
    problem = Problem(
        places=tuple(
            Place(name, "", draw(st.integers(0, 300)), draw(windows()))
            for name in names
        ),
        vehicles=tuple(
            draw(vehicles(i, names)) for i in range(draw(st.integers(1, 2)))
        ),
        shipments=tuple(
            draw(shipments(i, names)) for i in range(draw(st.integers(1, 5)))
        ),
    )
    return problem, draw(matrices(names))


@given(days())
@settings(
    deadline=None,
    max_examples=num_examples(100, a_round=400),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)
def test_every_plan_of_any_day_passes_the_check(day):
    problem, matrix = day

    plans = list(search(problem, matrix, seed=1, iterations=3))
    violations = [v for plan in plans for v in violations_of(problem, matrix, plan)]

    assert [v for v in violations if v.code != "mandatory_left"] == []
    count("days planned")
    count("plans judged", len(plans))
