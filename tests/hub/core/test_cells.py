"""Text that a spreadsheet must show and never run."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hub.core.cells import is_live, neutral, restored

LIVE = [
    '=HYPERLINK("https://exemple.test")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\ttab alone",
    "\uff1d1",
    "\uff0b1",
    "\uff0d1",
    "\uff20SUM(1)",
    "  =1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    "'=1",
]


@pytest.mark.parametrize("text", LIVE)
def test_a_text_that_might_run_stands_behind_an_apostrophe(text):
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Carottes", "10-12 h", "l'été", "'tis", "", "— −"])
def test_any_other_text_stays_as_it_was(text):
    assert neutral(text) == text


@given(some.text(alphabet="'=+-@\t\r\n ab\u00a0\u200b\uff1d", max_size=8))
def test_what_was_made_safe_can_be_read_back(text):
    assert restored(neutral(text)) == text


@given(some.text(max_size=12))
def test_a_text_made_safe_begins_with_no_sign_that_runs(text):
    safe = neutral(text)

    assert not safe.startswith(tuple("=+-@\t\r\n")), safe
    assert safe == text or is_live(text)
