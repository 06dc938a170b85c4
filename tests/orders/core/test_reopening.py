"""A cycle opened again holds what it held, as far as nobody took it since."""

from hypothesis import given
from hypothesis import strategies as st

from orders.core.reopening import Held, Restored, Shelf, restore


def held(line: int, row: int, *, before: int, given: int) -> Held:
    return Held(line_id=line, availability_id=row, before=before, given=given)


def shelf(quantity: int, elsewhere: int = 0, before: int | None = 0) -> Shelf:
    return Shelf(quantity=quantity, elsewhere=elsewhere, elsewhere_before=before)


def test_what_a_shortage_had_freed_is_promised_again_also_what_the_farm_lacks() -> None:
    back = restore([held(1, 7, before=10, given=6)], {7: shelf(6)})

    assert back == Restored(units={(1, 7): 10}, lacking={})


def test_what_others_took_meanwhile_is_not_promised_twice() -> None:
    back = restore([held(1, 7, before=10, given=0)], {7: shelf(12, elsewhere=9)})

    assert back == Restored(units={(1, 7): 3}, lacking={1: 7})


def test_a_row_of_which_others_are_promised_too_much_gives_nothing() -> None:
    lines = [held(1, 7, before=3, given=0), held(2, 7, before=2, given=0)]

    back = restore(lines, {7: shelf(5, elsewhere=8)})

    assert back == Restored(units={}, lacking={1: 3, 2: 2})


def test_what_is_left_of_a_row_is_promised_to_one_line_after_the_other() -> None:
    lines = [held(1, 7, before=3, given=0), held(2, 7, before=3, given=0)]

    back = restore(lines, {7: shelf(9, elsewhere=5)})

    assert back == Restored(units={(1, 7): 3, (2, 7): 1}, lacking={2: 2})


def test_a_line_keeps_what_another_farm_gave_it_for_what_it_lacks() -> None:
    lines = [held(1, 7, before=5, given=2), held(1, 8, before=0, given=3)]

    back = restore(lines, {7: shelf(6, elsewhere=4), 8: shelf(3)})

    assert back == Restored(units={(1, 7): 2, (1, 8): 3}, lacking={})


def test_an_older_close_that_kept_no_notes_gives_back_what_is_left() -> None:
    back = restore([held(1, 7, before=4, given=4)], {7: shelf(4, before=None)})

    assert back == Restored(units={(1, 7): 4}, lacking={})


figures = st.integers(0, 9)
rows = st.lists(st.tuples(figures, figures, figures), min_size=1, max_size=3)


@given(rows, st.lists(st.tuples(st.integers(0, 2), figures, figures), max_size=6))
def test_no_promise_to_others_is_ever_touched(
    shelves: list[tuple[int, int, int]], lines: list[tuple[int, int, int]]
) -> None:
    """A row that others took from is never promised beyond what it has; and a line
    never holds more than it did, nor less than the close had left it room for."""
    asked = [
        held(number, row % len(shelves), before=before, given=min(before, given))
        for number, (row, before, given) in enumerate(lines)
    ]
    known = {
        number: shelf(quantity, elsewhere, before)
        for number, (quantity, elsewhere, before) in enumerate(shelves)
    }

    back = restore(asked, known)

    for number, row in known.items():
        mine = sum(units for (_, at), units in back.units.items() if at == number)
        is_taken = row.elsewhere > (row.elsewhere_before or 0)
        assert not is_taken or mine <= max(row.quantity - row.elsewhere, 0)
    for one in asked:
        units = back.units.get((one.line_id, one.availability_id), 0)
        assert units + back.lacking.get(one.line_id, 0) == one.before
