"""Every reason has words that its data fill."""

import pytest

from orders.core.reasons import SENTENCES, Reason, sentence_of


def test_a_reason_without_words_is_a_mistake():
    with pytest.raises(ValueError, match="Unknown reason: because"):
        Reason("because")


def test_a_shared_shortage_reads_as_a_sentence():
    reason = Reason(
        "shared_shortage", {"allocated": 3, "ordered": 6, "supply": 10, "asked": 20}
    )

    words = sentence_of(reason.code) % reason.data

    assert words == (
        "3 of 6: there were 10 for 20 asked, shared in proportion to the orders."
    )


def test_codes_fit_the_column_they_are_kept_in():
    assert [code for code in SENTENCES if len(code) > 40] == []
