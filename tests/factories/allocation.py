"""Lines and farms for the tests of the allocation rule, by hand and at random."""

from collections.abc import Iterable

from hypothesis import strategies as st

from orders.core.allocation import Claim, FarmShare, FarmSupply, LineShare


def claim(
    line_id: int, ordered: int, *, memory: int = 0, drop_point_id: int = 501
) -> Claim:
    """A line of 2026-11-16; its number is also its turn."""
    return Claim(
        line_id=line_id,
        drop_point_id=drop_point_id,
        ordered=ordered,
        memory=memory,
        tie_key=f"2026-11-16T10:{line_id:02d}",
    )


def farm(
    farm_id: int,
    available: int,
    *,
    offered: int = 0,
    supplied: int = 0,
    cost_cents: int | None = None,
) -> FarmSupply:
    """A farm with what it has, and had and sold before."""
    return FarmSupply(
        farm_id=farm_id,
        available=available,
        offered_before=offered,
        supplied_before=supplied,
        pickup_cost_cents=cost_cents,
        tie_key=f"farm {farm_id}",
    )


def quantities(shares: Iterable[LineShare | FarmShare]) -> list[int]:
    """The bare numbers of shares."""
    return [
        share.allocated if isinstance(share, LineShare) else share.quantity
        for share in shares
    ]


@st.composite
def claim_lists(draw: st.DrawFn, min_size: int = 0) -> list[Claim]:
    rows = draw(
        st.lists(
            st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(501, 504)),
            min_size=min_size,
            max_size=8,
        )
    )
    return [
        claim(index, ordered, memory=memory, drop_point_id=place)
        for index, (ordered, memory, place) in enumerate(rows, 1)
    ]


@st.composite
def farm_lists(draw: st.DrawFn) -> list[FarmSupply]:
    rows = draw(
        st.lists(
            st.tuples(
                st.integers(0, 40),
                st.integers(0, 100),
                st.integers(0, 100),
                st.none() | st.integers(0, 5_000),
            ),
            max_size=6,
        )
    )
    return [
        farm(
            71 + index,
            available,
            offered=offered,
            supplied=min(offered, supplied),
            cost_cents=cost_cents,
        )
        for index, (available, offered, supplied, cost_cents) in enumerate(rows)
    ]
