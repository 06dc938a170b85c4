"""The promises, each with the tests that try to break it and their command.

Beside each race stands a negative control: the same race with the lock taken off,
which must show the harm.
"""

from dataclasses import dataclass

from hub.core.errors import N_

_RACES = "pytest tests/races"


@dataclass(frozen=True, slots=True)
class Promise:
    """A sentence that can be held against us; `shown_by` are files and folders."""

    sentence: str
    shown_by: tuple[str, ...]
    command: str


PROMISES: tuple[Promise, ...] = (
    Promise(
        N_(
            "Nothing is sold twice: 200 buyers press at once on 50 crates, exactly 50 "
            "get one, the others are told why."
        ),
        ("tests/races/test_orders.py",),
        "pytest tests/races/test_orders.py",
    ),
    Promise(
        N_("The fund and envelopes never go below zero, whoever asks at once."),
        (
            "tests/races/test_ledger_money.py",
            "tests/races/test_fund.py",
            "tests/races/test_ledger_parts.py",
            "tests/races/test_envelopes.py",
        ),
        _RACES,
    ),
    Promise(
        N_(
            "A grant never pays for whom it may not, the money that ends first is "
            "spent first, and what a lot paid goes back to it."
        ),
        (
            "tests/pricing/services/test_draws.py",
            "tests/orders/services/test_edited_draws.py",
            "tests/orders/services/test_correcting_money.py",
        ),
        "pytest tests/pricing/services tests/orders/services/test_edited_draws.py "
        "tests/orders/services/test_correcting_money.py",
    ),
    Promise(
        N_(
            "The database’s sessions end at random while sixteen clients pay: nothing "
            "acknowledged is lost, not a cent is charged twice."
        ),
        ("tests/races/test_ledger_kills.py",),
        "pytest tests/races/test_ledger_kills.py",
    ),
    Promise(
        N_(
            "No cent appears or vanishes: a posting that does not sum to zero, and any "
            "change of what was posted, is refused by the database itself."
        ),
        ("tests/hub/ledger/test_guards.py", "tests/hub/ledger/test_random_books.py"),
        "pytest tests/hub/ledger",
    ),
    Promise(
        N_(
            "One key has one effect, sent fifty times at once; what was refused stays "
            "refused."
        ),
        ("tests/races/test_ledger_keys.py",),
        _RACES,
    ),
    Promise(
        N_(
            "A month whose books are closed never changes, also while money moves; a "
            "later correction falls in the month that is open."
        ),
        ("tests/hub/ledger/test_periods.py", "tests/races/test_ledger_periods.py"),
        "pytest tests/hub/ledger/test_periods.py tests/races/test_ledger_periods.py",
    ),
    Promise(
        N_(
            "Somebody from outside can prove the whole ledger with one file of "
            "ours, and finds whatever was changed in it."
        ),
        ("tests/hub/ledger/test_verify.py",),
        "pytest tests/hub/ledger/test_verify.py",
    ),
    Promise(
        N_("Invoices are numbered without gap or twin."),
        ("tests/races/test_billing.py",),
        _RACES,
    ),
    Promise(
        N_("A truck is lent or driven, never both; goods ride once."),
        ("tests/races/test_loans.py", "tests/races/test_publish.py"),
        _RACES,
    ),
    Promise(
        N_("A letter, a webhook’s attempt, a default order leave once."),
        (
            "tests/races/test_notices.py",
            "tests/races/test_webhooks.py",
            "tests/races/test_default_orders.py",
        ),
        _RACES,
    ),
    Promise(
        N_(
            "Going back (a cycle, a plan, a day) loses no cent, whoever works beside "
            "it."
        ),
        ("tests/races/test_reopening.py", "tests/orders/test_random_fortnights.py"),
        "pytest tests/races/test_reopening.py",
    ),
    Promise(
        N_(
            "Every plan that is published keeps every rule, judged without trusting "
            "the search."
        ),
        (
            "tests/routing/core/test_properties.py",
            "tests/routing/core/test_random_breakdowns.py",
        ),
        "pytest tests/routing/core",
    ),
    Promise(
        N_(
            "Stock, fund, holds, invoices and statements agree to the cent after "
            "any week."
        ),
        ("tests/orders", "tests/routing/test_random_truck_days.py"),
        "HYPOTHESIS_PROFILE=soak pytest --timeout 0 tests/orders",
    ),
    Promise(
        N_(
            "Transport shares and what the hub keeps sum to the cost; nobody pays more "
            "than alone."
        ),
        ("tests/routing/core/shares",),
        "pytest tests/routing/core/shares",
    ),
    Promise(
        N_(
            "Nobody sees what is another’s: every page and operation, every role, both "
            "hubs."
        ),
        ("tests/access",),
        "pytest tests/access",
    ),
    Promise(
        N_("What people type never runs, in pages, files, letters or papers."),
        (
            "tests/hostile",
            "tests/access/test_exports.py",
            "tests/browser/test_hostile.py",
        ),
        "pytest tests/hostile",
    ),
    Promise(
        N_("A save can be brought back whole, and proves itself."),
        ("tests/deploy/test_backup_drill.py",),
        "pytest -s -m services tests/deploy/test_backup_drill.py",
    ),
    Promise(
        N_(
            "A full disk or a crash of the database loses nothing that was "
            "acknowledged."
        ),
        ("tests/deploy/test_trouble.py",),
        "pytest -s -m services tests/deploy/test_trouble.py",
    ),
    Promise(
        N_("Work survives the death of a worker, of the planner, of the broker."),
        ("tests/jobs",),
        "pytest tests/jobs",
    ),
    Promise(
        N_("Clocks that jump, lag or are wrong change no hour and no cent."),
        ("tests/flows/test_clocks.py", "tests/config/test_steady.py"),
        "pytest tests/flows/test_clocks.py",
    ),
)
