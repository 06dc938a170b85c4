"""Public identifiers."""

from hub.core.ids import ALPHABET, LENGTH, new_public_id


def test_an_identifier_has_twelve_characters_without_look_alikes():
    drawn = "".join(new_public_id() for _ in range(500))

    assert len(drawn) == 500 * LENGTH == 6_000
    assert set(drawn) == set(ALPHABET)
    assert set("01iloIO") & set(ALPHABET) == set()


def test_identifiers_do_not_repeat():
    assert len({new_public_id() for _ in range(2_000)}) == 2_000
