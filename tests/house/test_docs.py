"""Settings, commands, errors and ledger accounts are written down."""

from tests.house import inspect_docs as inspect
from tests.house.errors_page import PAGE, errors_page
from tests.house.webhooks_page import HEAD, events_part


def test_every_setting_is_explained(house):
    assert list(map(str, inspect.unwritten_settings(house))) == []


def test_an_unexplained_setting_is_noticed(plant):
    text = 'env.text("MAIL_HOST")\nos.environ["MAIL_PORT"]\nenv.flag("DEBUG")\n'
    text += 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")\n'
    house = plant({"config/settings.py": text, "docs/operating.md": "`DEBUG` is…"})

    complaints = list(map(str, inspect.unwritten_settings(house)))

    assert complaints == [
        "config/settings.py:1: setting MAIL_HOST is not in docs/operating.md",
        "config/settings.py:2: setting MAIL_PORT is not in docs/operating.md",
    ]


def test_only_config_reads_the_environment(house):
    assert list(map(str, inspect.settings_read_below(house))) == []


def test_an_app_that_reads_the_environment_is_refused(plant):
    house = plant({"hub/services.py": 'import os\nos.environ["DEBUG"]\n'})

    complaints = list(map(str, inspect.settings_read_below(house)))

    assert complaints == ["hub/services.py:2: os.environ outside config"]


def test_every_command_is_explained(house):
    assert list(map(str, inspect.unwritten_commands(house))) == []


def test_an_unexplained_command_is_noticed(plant):
    folder = "hub/management/commands"
    house = plant(
        {
            f"{folder}/__init__.py": "",
            f"{folder}/ledger_audit.py": "",
            f"{folder}/demo.py": "",
            "docs/operating.md": "`manage.py demo` loads…",
        }
    )

    complaints = list(map(str, inspect.unwritten_commands(house)))

    assert complaints == [
        f"{folder}/ledger_audit.py:1: command ledger_audit is not in docs/operating.md"
    ]


def test_every_kind_of_account_is_explained(house):
    assert list(map(str, inspect.unwritten_accounts(house))) == []


def test_an_unexplained_kind_of_account_is_noticed(plant):
    text = (
        'fund = lambda hub, lot: AccountRef(f"fund:{hub}:{lot}", floored=True)\n'
        'margin = lambda hub: AccountRef(f"margin:{hub}", floored=False)\n'
        'prefix = lambda hub: f"fund:{hub}:"\n'
    )
    page = "`fund:<hub public id>:<lot>` and margin"
    house = plant({"pricing/accounts.py": text, "docs/ledger.md": page})

    complaints = list(map(str, inspect.unwritten_accounts(house)))

    assert complaints == [
        "pricing/accounts.py:2: account margin:* is not in docs/ledger.md"
    ]


def test_the_page_of_errors_is_current(house):
    assert house.docs("errors.md") == errors_page(house), (
        f"write {PAGE} again: python -m tests.house.errors_page"
    )


def test_the_page_of_webhooks_is_current(house):
    assert HEAD + house.docs("webhooks.md").split(HEAD)[1] == events_part(), (
        "write it again: python -m tests.house.webhooks_page"
    )


_ROOT = (
    'class DomainError(Exception):\n    code = "refused"\n    sentence = N_("No.")\n'
)


def test_a_new_error_changes_the_page(plant):
    before = errors_page(plant({"hub/core/errors.py": _ROOT}))
    closed = (
        'class CycleClosed(DomainError):\n    code = "cycle_closed"\n'
        '    sentence = N_("The cycle | week is closed.")\n'
    )

    after = errors_page(plant({"orders/core/errors.py": closed}))

    row = "| `cycle_closed` | The cycle \\| week is closed. | `CycleClosed` |"
    assert (row in before.splitlines(), row in after.splitlines()) == (False, True)


def test_every_error_has_its_own_code_and_sentence_in_its_place(house):
    assert list(map(str, inspect.faulty_errors(house))) == []


def test_a_faulty_error_is_refused(plant):
    full = '    code = "late"\n    sentence = N_("Too late.")\n'
    house = plant(
        {
            "hub/core/errors.py": _ROOT,
            "orders/core/errors.py": (
                "class OrderError(DomainError): ...\n"
                f"class Late(OrderError):\n{full}"
                f"class VeryLate(OrderError):\n{full}"
                "class Silent(OrderError): ...\n"
            ),
            "orders/services.py": f"class Astray(OrderError):\n{full}",
        }
    )

    complaints = list(map(str, inspect.faulty_errors(house)))

    assert complaints == [
        "orders/core/errors.py:5: VeryLate shares the code late with Late",
        "orders/core/errors.py:8: Silent has no code and sentence of its own",
        "orders/services.py:1: Astray lives outside core/errors.py",
    ]


def test_every_error_stands_in_the_tree_of_its_file(house):
    assert list(map(str, inspect.errors_out_of_their_tree(house))) == []


def test_an_error_left_out_of_its_tree_is_noticed(plant):
    tree = '"""The refusals.\n\nDomainError\n└── Late\n"""\n'
    classes = "class Late(DomainError): ...\nclass Lost(DomainError): ...\n"
    house = plant({"orders/core/errors.py": tree + classes})

    complaints = list(map(str, inspect.errors_out_of_their_tree(house)))

    assert complaints == ["orders/core/errors.py:7: Lost is not in the tree above"]
