"""bandit and semgrep find what they are there to find; `make check` asks them for the
whole project."""

import json
import subprocess
from pathlib import Path
from textwrap import dedent

import pytest

from tests.house.sources import CHECKOUT

TOOLS = CHECKOUT / "var" / "tools" / "bin"
RULES = CHECKOUT / ".ci" / "semgrep.yml"
pytestmark = pytest.mark.skipif(
    not (TOOLS / "semgrep").exists(), reason="`make check` installs the scanners"
)

VIOLATIONS = {
    "shop/views/rows.py": """
        def row(request, pk):
            return get_object_or_404(Order, pk=pk)  # unscoped-get
        def other(request, pk):
            return Order.objects.get(pk=pk)  # unscoped-get
        def fine(request, pk):
            return get_object_or_404(selectors.orders_seen_by(request.user), pk=pk)
        @csrf_exempt  # csrf-exempt
        def open_door(request):
            return mark_safe(request.GET["name"])  # mark-safe
    """,
    "shop/services.py": """
        def pay(cursor, name, total_cents):
            cursor.execute("SELECT 1")  # raw-sql
            cursor.execute(f"SELECT {name}")  # raw-sql built-sql
            Order.objects.raw("SELECT 1")  # raw-sql
            half_cents = total_cents / 2  # float-money
            share = float(total_cents)  # float-money
            price = models.FloatField("price")  # float-money
            share_cents, rest_cents = divmod(total_cents, 2)
            requests.get("https://x.test")  # request-without-timeout
            requests.get("https://x.test", timeout=5)
            urlopen("https://x.test")  # request-without-timeout
    """,
    "shop/templates/page.html": """
        <p>{{ name|safe }}</p> {# template-unescaped #}
        <p>{{ name }}</p>
    """,
}


def expected() -> list[tuple[str, int, str]]:
    found = []
    for path, text in VIOLATIONS.items():
        for number, line in enumerate(text.splitlines(), start=1):
            _code, *said = line.replace("{#", "# ").replace("#}", "").split("  # ")
            if "{#" in line:
                said = ["template-unescaped"]
            found += [(path, number, rule) for rule in " ".join(said).split()]
    return sorted(found)


def test_every_rule_finds_its_violation_and_nothing_else(tmp_path: Path) -> None:
    for path, text in VIOLATIONS.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(dedent(text))
    asked = [
        str(TOOLS / "semgrep"),
        "scan",
        *("--config", str(RULES), "--metrics", "off", "--disable-version-check"),
        *("--json", "--quiet", "--no-git-ignore", "."),
    ]

    answer = subprocess.run(asked, cwd=tmp_path, capture_output=True, check=False)

    found = {
        (row["path"], row["start"]["line"], row["check_id"].split(".")[-1])
        for row in json.loads(answer.stdout)["results"]
    }
    assert sorted(found) == expected()


def test_bandit_finds_a_shell_and_a_pickle(tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text(
        "import pickle, subprocess\n"
        "pickle.loads(b'')\n"
        "subprocess.run('ls', shell=True)\n"
    )
    asked = [str(TOOLS / "bandit"), "-q", "-r", "-f", "json", str(tmp_path)]

    answer = subprocess.run(asked, capture_output=True, check=False)

    found = {row["test_id"] for row in json.loads(answer.stdout)["results"]}
    assert {"B301", "B602"} <= found
