"""Every text that a person can type carries a mark, or is left out with its reason."""

from tests.access.marks import NOT_MARKED, TYPED
from tests.hostile.payloads import our_tables, typed_columns


def test_every_column_of_text_is_marked_or_left_out_with_its_reason() -> None:
    columns = {
        f"{model.__name__}.{field.name}"
        for model in our_tables()
        for field in typed_columns(model)
    }
    marked = {
        f"{model.__name__}.{name}" for model, names in TYPED.items() for name in names
    }
    left_out = {name for names in NOT_MARKED.values() for name in names}

    assert (columns - marked - left_out, left_out - columns, left_out & marked) == (
        set(),
        set(),
        set(),
    )
