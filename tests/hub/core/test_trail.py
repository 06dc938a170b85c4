"""Every kind of trace has a sentence, and every fact a name."""

from hub.core.scopes import Scope
from hub.core.trail import KINDS, TOPICS, Kind, Topic, kinds_of
from hub.core.trail_facts import CODES, LABELS, changes_of


def test_every_kind_is_filed_and_said():
    assert set(KINDS) == set(Kind)
    assert set(TOPICS) == set(Topic)
    assert [kind for topic in Topic for kind in kinds_of(topic)] != []
    assert {kind for topic in Topic for kind in kinds_of(topic)} == set(Kind)


def test_codes_are_those_of_named_facts():
    assert set(CODES) <= set(LABELS)


def test_what_a_program_may_do_is_said_in_words():
    assert list(CODES["scopes"]) == [scope.value for scope in Scope]


def test_changes_leave_out_what_stayed():
    before = {"price_cents": 2_400, "lot": "A", "quantity": 3}
    after = {"price_cents": 2_500, "quantity": 3, "short_quantity": 1}

    assert changes_of(before, after) == [
        ("price_cents", 2_400, 2_500),
        ("short_quantity", None, 1),
        ("lot", "A", None),
    ]
