"""Long lists, a page at a time, by a cursor that stays right while rows come in."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from ninja import Field, Schema
from ninja.pagination import PaginationBase

FEWEST, USUAL, MOST = 1, 50, 200


class ById(PaginationBase):
    """Rows by ascending number, the next page after the last row seen."""

    items_attribute = "items"

    class Input(Schema):
        """What page is asked for."""

        cursor: str = Field(
            "",
            pattern=r"^[0-9a-f]{0,15}$",
            description="`next_cursor` of the page before; empty for the first page.",
        )
        limit: int = Field(USUAL, ge=FEWEST, le=MOST)

    class Output(Schema):
        """One page."""

        items: list[Any]
        next_cursor: str = Field(description="Empty on the last page.")

    def paginate_queryset(
        self,
        queryset: QuerySet[Model],
        pagination: Any,
        request: HttpRequest,
        **params: Any,
    ) -> dict[str, Any]:
        """One query: one row more than the page tells whether another follows."""
        del request, params
        after = int(pagination.cursor or "0", 16)
        rows = list(
            queryset.filter(pk__gt=after).order_by("pk")[: pagination.limit + 1]
        )
        page = rows[: pagination.limit]
        more = len(rows) > pagination.limit
        return {"items": page, "next_cursor": f"{page[-1].pk:x}" if more else ""}

    def _items_count(self, queryset: Iterable[Any]) -> int:
        return len(list(queryset))  # required by the base; a cursor counts nothing
