"""Habits of the house: each is kept here and refused in a planted fault."""

import pytest

from tests.house import inspect_habits as inspect
from tests.house.sources import Plant


def _complaints(inspector, plant: Plant, path: str, text: str) -> list[str]:
    return [str(complaint) for complaint in inspector(plant({path: text}))]


_INSPECTORS = (
    inspect.signals,
    inspect.overrides,
    inspect.silenced_without_reason,
    inspect.broken_sentences,
    inspect.floats_near_money,
    inspect.rules_in_doors,
    inspect.guessable_addresses,
    inspect.pages_in_services,
    inspect.writing_readers,
    inspect.callbacks,
)


@pytest.mark.parametrize("inspector", _INSPECTORS, ids=lambda each: each.__name__)
def test_the_habit_is_kept(house, inspector):
    assert list(map(str, inspector(house))) == []


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("from django.dispatch import receiver\n", "django.dispatch.receiver"),
        (
            "from django.db.models.signals import post_save\n",
            "django.db.models.signals.post_save",
        ),
        ("from django.db.models import signals\n", "django.db.models.signals"),
    ],
)
def test_a_signal_is_refused(plant, text, signal):
    complaints = _complaints(inspect.signals, plant, "hub/services.py", text)

    assert complaints == [f"hub/services.py:1: signal: {signal}"]


def test_only_the_worker_may_listen_to_celery(plant):
    text = "from celery.signals import worker_process_init\n"
    house = plant({"config/celery.py": text, "hub/tasks.py": text})

    complaints = list(map(str, inspect.signals(house)))

    assert complaints == ["hub/tasks.py:1: signal: celery.signals.worker_process_init"]


def test_a_model_that_overrides_save_is_refused(plant):
    text = "class Order(Model):\n    def save(self): ...\n"

    complaints = _complaints(inspect.overrides, plant, "orders/models/order.py", text)

    assert complaints == ["orders/models/order.py:2: Order overrides save"]


@pytest.mark.parametrize(
    "mark", ["noqa", "noqa: S608", "type: ignore[misc]", "pragma: no cover"]
)
def test_silence_without_a_reason_is_refused(plant, mark):
    explained = f"y = 2  # {mark}  # the stubs are wrong here\nz = 3  # {mark}\n"
    text = f"x = 1  # {mark}\n{explained}"

    complaints = _complaints(
        inspect.silenced_without_reason, plant, "hub/services.py", text
    )

    assert complaints == ["hub/services.py:1: silenced without a reason"]


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        ('_(f"Hello {name}")', "f-string inside gettext"),
        ('gettext("Hello {}".format(name))', "formatted string inside gettext"),
        ('gettext_lazy("Hello " + name)', "built string inside gettext"),
        ('ngettext("one", "%d cases", n)', "placeholder without a name"),
    ],
)
def test_a_sentence_nobody_can_translate_is_refused(plant, call, fault):
    text = f'{call}\n_("%(n)s cases") % {{"n": n}}\n'

    complaints = _complaints(inspect.broken_sentences, plant, "hub/views.py", text)

    assert complaints == [f"hub/views.py:1: {fault}"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("float(line.price_cents)\n", "float() of money"),
        ("share = cost_cents / 3\n", "money divided into a float"),
        ("def f(amount_cents: float): ...\n", "float argument of money"),
        ("price_cents: float = 1\n", "float of money"),
        ("price = models.DecimalField()\n", "DecimalField of money"),
        ("amount = models.FloatField()\n", "FloatField of money"),
    ],
)
def test_a_float_near_money_is_refused(plant, text, fault):
    sound = "x = float(mass_g)\ny = cost_cents // 3\nz = distance_m / 2\n"

    complaints = _complaints(
        inspect.floats_near_money, plant, "pricing/models.py", text + sound
    )

    assert complaints == [f"pricing/models.py:1: {fault}"]


def test_a_query_in_a_door_is_refused(plant):
    text = "Order.objects.all()\nwith transaction.atomic(): ...\n"

    complaints = _complaints(inspect.rules_in_doors, plant, "orders/views.py", text)

    assert complaints == [
        "orders/views.py:1: a door says .objects",
        "orders/views.py:2: a door says .atomic",
    ]


def test_a_counted_id_in_an_address_is_refused(plant):
    text = 'path("orders/<int:order_id>/", show)\npath("stop/<int:sequence>/", stop)\n'

    complaints = _complaints(inspect.guessable_addresses, plant, "orders/urls.py", text)

    assert complaints == [
        "orders/urls.py:1: counted id in the address 'orders/<int:order_id>/'"
    ]


def test_a_page_in_a_service_is_refused(plant):
    text = "from django.http import Http404\n"

    complaints = _complaints(
        inspect.pages_in_services, plant, "orders/services.py", text
    )

    assert complaints == ["orders/services.py:1: services import django.http.Http404"]


def test_a_reader_that_writes_is_refused(plant):
    text = "Order.objects.create()\n"

    complaints = _complaints(
        inspect.writing_readers, plant, "orders/selectors.py", text
    )

    assert complaints == ["orders/selectors.py:1: selectors call Order.objects.create"]


def test_a_callback_is_refused_and_a_decorator_is_not(plant):
    text = (
        "def plan(on_progress: Callable[[int], None]) -> None: ...\n"
        "def refuse(view: Callable[[], str]) -> Callable[[], str]: ...\n"
    )

    complaints = _complaints(inspect.callbacks, plant, "routing/services.py", text)

    assert complaints == ["routing/services.py:1: plan takes a function"]
