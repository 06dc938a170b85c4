"""Stock: the only writers of what is promised of an availability.

Rows are locked in ascending id, whatever order they are asked in, so that two baskets
can never wait for each other. The CHECK constraints of the table stand behind.
"""

from collections.abc import Collection, Mapping
from functools import cache

from django.db import connection, transaction
from django.db.models import F, Func, IntegerField, Value

from hub.selectors import Prepared, one_of
from producers.core.availability import post_quantity, require_left
from producers.core.errors import NoLongerOffered
from producers.models import Availability


def lock_availabilities(ids: Collection[int]) -> list[Availability]:
    """Lock availabilities until the transaction ends; they come in ascending id.

    The offer, variant, product and farm of each come along, unlocked. Ids that are
    gone are left out. To be called inside a transaction.
    """
    if not connection.in_atomic_block:
        raise ValueError("a lock without a transaction ends at once")
    return _locking().models(ids=list(ids))


@cache
def _locking() -> Prepared:
    return Prepared(
        Availability.objects.select_for_update(of=("self",))
        .select_related("offer__variant__product__producer", "offer__pooled_offer")
        .filter(one_of("pk", "ids"))
        .order_by("pk")
    )


@transaction.atomic
def reserve(*, wants: Mapping[int, int]) -> None:
    """Promise units of availabilities: all that is wanted, or nothing.

    `wants` maps the id of an availability to units, in the order of the order's lines:
    the first line lacking is the one named.
    Raises NotEnoughStock, or NoLongerOffered when a farm took its row away.
    """
    reserve_of(lock_availabilities(wants), wants=wants)


def reserve_of(locked: Collection[Availability], *, wants: Mapping[int, int]) -> None:
    """The same of rows that this very transaction has locked, and not changed since.

    Raises ValueError without a transaction, in which no lock would stand.
    """
    if not connection.in_atomic_block:
        raise ValueError("a lock without a transaction ends at once")
    _require_units(wants)
    rows = {row.pk: row for row in locked if row.pk in wants}
    for pk, units in wants.items():
        if pk not in rows:
            raise NoLongerOffered(availability_id=pk)
        require_left(str(rows[pk].offer), left=rows[pk].left, asked=units)
    for pk, units in wants.items():
        rows[pk].reserved += units
    _save(rows.values())


@transaction.atomic
def give_back(*, returns: Mapping[int, int]) -> None:
    """Take back promises, when an order is edited or cancelled.

    What the farm is short of shrinks first. Giving back more than is promised is a
    mistake of the caller: ValueError, and nothing moves.
    """
    _require_units(returns)
    rows = _rows_with(returns)
    for pk, units in returns.items():
        if units > rows[pk].reserved:
            raise ValueError(f"Availability {pk} has {rows[pk].reserved} promised.")
        rows[pk].reserved -= units
    _save(rows.values())


@transaction.atomic
def settle_promises(*, changes: Mapping[int, int]) -> None:
    """Change promises by so many units, up or down, as when a close is undone.

    A farm that had promised more than it has is short again. Taking back more than is
    promised is a mistake of the caller: ValueError, and nothing moves.
    """
    rows = _rows_with(changes)
    for pk, units in changes.items():
        if rows[pk].reserved + units < 0:
            raise ValueError(f"Availability {pk} has {rows[pk].reserved} promised.")
        rows[pk].reserved += units
    _save(rows.values())


def _require_units(units_by_id: Mapping[int, int]) -> None:
    if any(units < 1 for units in units_by_id.values()):
        raise ValueError("Units are one or more.")


def _rows_with(units_by_id: Mapping[int, int]) -> dict[int, Availability]:
    """Lock rows that stand for promises: none of them can be gone."""
    rows = {row.pk: row for row in lock_availabilities(units_by_id)}
    if missing := set(units_by_id) - set(rows):
        raise ValueError(f"No availability {sorted(missing)}.")
    return rows


def _save(rows: Collection[Availability]) -> None:
    for row in rows:
        row.short_quantity = post_quantity(row.quantity, row.reserved).short_quantity
    pks = [row.pk for row in rows]
    Availability.objects.filter(pk__in=pks).update(
        reserved=_in_turn(pks, [row.reserved for row in rows]),
        short_quantity=_in_turn(pks, [row.short_quantity for row in rows]),
    )


def _in_turn(pks: list[int], figures: list[int]) -> Func:
    """The figure that belongs to a row's key; quicker to write than `bulk_update`."""
    place = Func(Value(pks), F("pk"), function="array_position")
    return Func(
        Value(figures),
        place,
        template="(%(expressions)s]",
        arg_joiner=")[",
        output_field=IntegerField(),
    )
