"""An outsider proves an export with one file; whoever changes a line is found."""

import hashlib
import json
import shutil
import subprocess
import sys
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from hub.ledger import export, posting, verify
from hub.ledger.core.accounts import Move
from hub.ledger.proving import prove_day
from tests.factories.ledger import FARM, FUND, TODAY, give

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 30)


@pytest.fixture
def exported():
    """Each verb once, sealed and proved, as the lines of an export."""
    give(FUND, 1_000, key="gift:1")
    posting.hold(key="order:1", kind="draw", draws=[(FUND, 400)], effective_on=TODAY)
    posting.capture(
        key="bill:1",
        hold_key="order:1",
        kind="sale",
        amount_cents=150,
        moves_to=[Move(FARM, 150)],
        effective_on=TODAY,
        memo="été",
    )
    posting.reverse(key="undo:1", posting_key="bill:1", effective_on=TODAY)
    posting.release(key="back:1", hold_key="order:1", effective_on=TODAY)
    prove_day(DAY)
    return list(export.lines())


def root_of(lines):
    return json.loads(lines[-1])["root"]


def test_an_export_is_proved(exported):
    book = verify.verify(exported, roots={"2026-09-30": root_of(exported)})

    assert (book.sequence, book.balances["fund:montreal"]) == (5, 1_000)
    assert book.roots == {"2026-09-30": book.head}


def changed(lines, number, **facts):
    row = json.loads(lines[number]) | facts
    return [*lines[:number], json.dumps(row), *lines[number + 1 :]]


def anew(lines):
    """These postings, numbered and chained again by whoever holds the database."""
    head, chained = "0" * 64, []
    for number, line in enumerate(lines, start=1):
        row = json.loads(line) | {"sequence": number}
        facts = [row[name] for name in ("content_sha256", "recorded_at", "moves")]
        text = json.dumps([head, number, *facts], separators=(",", ":"))
        head = hashlib.sha256(text.encode()).hexdigest()
        chained.append(json.dumps(row | {"chain_sha256": head}))
    return chained


TAMPERED = {
    "an amount": (
        lambda x: changed(x, 1, moves=[["bank:montreal", -9], ["fund:montreal", 9]]),
        "line 2: gift:1 was changed",
    ),
    "one side": (
        lambda x: changed(x, 1, moves=[["bank:montreal", -9]]),
        "line 2: gift:1 sums to -9 cents",
    ),
    "a word": (lambda x: changed(x, 3, memo="hiver"), "line 4: bill:1 was changed"),
    "a moment": (
        lambda x: changed(x, 3, recorded_at="2026-09-01T00:00:00+00:00"),
        "line 4: bill:1: the chain breaks here",
    ),
    "what a release gave back": (
        lambda x: changed(x, 5, moves=[["hold:order:1", -1], ["fund:montreal", 1]]),
        "line 6: back:1: the chain breaks here",
    ),
    "what a reversal undoes": (
        lambda x: changed(x, 4, moves=[["farm:k7", -1], ["hold:order:1", 1]]),
        "line 5: undo:1 is not the opposite of bill:1",
    ),
    "a line less": (lambda x: x[:2] + x[3:], "line 3: a posting is missing before it"),
    "two lines changed round": (
        lambda x: [x[0], x[2], x[1], *x[3:]],
        "line 2: a posting is missing before it",
    ),
    "the end cut off": (
        lambda x: x[:-2] + x[-1:],
        "line 6: the root of 2026-09-30 is not that of the chain",
    ),
    "half a cent": (
        lambda x: changed(x, 1, moves=[["bank:montreal", -0.5], ["a", 0.5]]),
        "line 2: gift:1: not in whole cents",
    ),
    "no export": (lambda _: ["{}"], "line 1: this is no export of a ledger"),
    "no line": (lambda _: [], "the file is empty"),
    "no object": (lambda _: ["[]"], "line 1: cannot be read (no JSON object)"),
    "what a reversal undoes left out": (
        lambda x: [x[0], *anew(x[1:3] + x[4:-1])],
        "undone, but not in the export: bill:1",
    ),
    "no JSON": (lambda x: [x[0], "<html>"], "line 2: cannot be read"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_change_is_found(exported, what):
    change, complaint = TAMPERED[what]

    with pytest.raises(verify.Broken) as broken:
        verify.verify(change(exported))

    assert str(broken.value).startswith(complaint)


def test_a_ledger_written_anew_has_another_root(exported):
    printed = {"2026-09-30": "0" * 64}

    with pytest.raises(verify.Broken, match="the root is another one"):
        verify.verify(exported, roots=printed)
    with pytest.raises(verify.Broken, match="has no root of this day"):
        verify.verify(exported, roots={"2026-10-01": root_of(exported)})


def test_the_verifier_is_one_file_that_needs_nothing_else(exported, tmp_path):
    file, alone = tmp_path / "ledger.jsonl", tmp_path / "verify.py"
    call_command("ledger_export", file)
    shutil.copy(verify.__file__, alone)

    def prove(*words):
        ran = subprocess.run(
            [sys.executable, "-I", str(alone), str(file), *words],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
        )
        return ran.returncode, ran.stdout

    code, told = prove(f"2026-09-30:{root_of(exported)}")
    assert (code, told.startswith("ok 5 postings, 4 accounts, 1 daily roots")) == (0, 1)
    assert prove(f"2026-09-30:{'0' * 64}")[0] == 1
    assert prove("nonsense")[0] == 2


def test_an_export_never_overwrites_a_file(exported, tmp_path):
    file = tmp_path / "ledger.jsonl"
    file.write_text("kept")

    with pytest.raises(CommandError, match="exists already: name a new file"):
        call_command("ledger_export", file)

    assert file.read_text() == "kept"


def test_the_command_ends_with_one_at_a_fault(exported, tmp_path):
    file = tmp_path / "ledger.jsonl"
    file.write_text("".join(changed(exported, 1, memo="x")))

    with pytest.raises(SystemExit) as ended:
        call_command("ledger_verify", str(file))

    assert ended.value.code == 1


def test_what_cannot_be_written_is_said_and_leaves_nothing(exported, tmp_path):
    with pytest.raises(CommandError, match=r"cannot be written: No such file"):
        call_command("ledger_export", tmp_path / "nowhere" / "ledger.jsonl")

    call_command("ledger_export", tmp_path / "ledger.jsonl")

    assert [path.name for path in tmp_path.iterdir()] == ["ledger.jsonl"]


def test_a_file_that_is_no_text_is_broken_not_a_crash(tmp_path, capsys):
    file = tmp_path / "ledger.xlsx"
    file.write_bytes(b"PK\x03\x04\xff\xfe")

    assert verify.main([str(file)]) == 1
    assert capsys.readouterr().out.startswith("BROKEN ")


def test_a_day_is_written_year_first():
    with pytest.raises(CommandError, match="'31/10/2026': write a day as 2026-10-31"):
        call_command("ledger_close", "--until", "31/10/2026")
