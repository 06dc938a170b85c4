"""Queries that Django compiles once, to be asked many times with other values.

Django takes longer to put together a query over many tables than PostgreSQL to answer
it, and would do so for every page anew. The few that the busiest pages ask are kept as
they were compiled, with blanks in the place of the values.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connections
from django.db.models import BooleanField, Expression, F, Func, QuerySet
from django.db.models.query import get_related_populators
from psycopg import Cursor

ASKED_SO_OFTEN = 5
"""After how many times PostgreSQL keeps the plan of a query."""


class Blank(Expression):
    """The place of a value that is known when the query is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(
        self,
        compiler: Any,  # noqa: ARG002 - as Django calls it
        connection: Any,  # noqa: ARG002
    ) -> tuple[str, tuple[Any, ...]]:
        """A parameter like any other, which `Prepared` fills in."""
        return "%s", (self,)


def one_of(column: str, name: str) -> Func:
    """The claim that a column holds one of the values of a blank, which is a list."""
    return Func(
        F(column),
        Blank(name),
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )


class _Binding(Cursor[Any]):
    """Sends the values beside the query, not written into it.

    So PostgreSQL knows the query again and, after a few times, keeps its plan too: for
    many tables, making one takes longer than following it.
    """

    def _send_query_prepared(self, name: bytes, pgq: Any, **options: Any) -> None:
        self._query = pgq  # What Django's log of queries shows.
        super()._send_query_prepared(name, pgq, **options)


def _binding_cursor(connection: Any) -> Any:
    """Such a cursor, guarded and logged as any of Django's."""
    connection.ensure_connection()
    connection.connection.prepare_threshold = ASKED_SO_OFTEN
    return connection._prepare_cursor(_Binding(connection.connection))


class Prepared:
    """A query with its blanks, as SQL; the same for every thread and every visitor."""

    def __init__(self, query: QuerySet[Any, Any]) -> None:
        self._database = query.db
        self._compiler: Any = query.query.get_compiler(query.db)
        self._sql, self._params = self._compiler.as_sql()
        columns = [each[0] for each in self._compiler.select]
        self._converters = self._compiler.get_converters(columns)
        self._columns = columns

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """What a `values_list` reads with these values, one for each blank."""
        params = [
            values[each.name] if isinstance(each, Blank) else each
            for each in self._params
        ]
        with _binding_cursor(connections[self._database]) as cursor:
            cursor.execute(self._sql, params)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        if not self._converters:
            return found
        converted = self._compiler.apply_converters(found, self._converters)
        return [tuple(row) for row in converted]

    def models(self, **values: Any) -> list[Any]:
        """What a queryset reads: models, with those that `select_related` names."""
        return self._made_of(self.rows(**values))

    def _made_of(self, rows: Iterable[tuple[Any, ...]]) -> list[Any]:
        kind = self._compiler.klass_info
        fields = kind["select_fields"]
        own = slice(fields[0], fields[-1] + 1)
        names = [column.target.attname for column in self._columns[own]]
        select = self._compiler.select
        beside = get_related_populators(kind, select, self._database)  # type: ignore[call-arg] # of a later Django
        found = []
        for row in rows:
            one = kind["model"].from_db(self._database, names, row[own])
            for each in beside:
                each.populate(row, one)
            found.append(one)
        return found


class PreparedBeside(Prepared):
    """The same, beside a row of a table that it does not name: both in one question.

    Each model that the query finds begins with its own key, which is never empty. They
    keep their order: a join on nothing walks through them as they come.
    """

    def __init__(
        self, query: QuerySet[Any, Any], kept: QuerySet[Any, Any], column: str
    ) -> None:
        super().__init__(query)
        compiler = kept.values_list(column).query.get_compiler(self._database)
        sql, params = compiler.as_sql()
        self._sql = (
            f"SELECT beside.*, kept.* FROM ({sql}) AS kept"  # noqa: S608 # nosec B608 - ours
            f" LEFT JOIN ({self._sql}) AS beside ON TRUE"
        )
        self._params = (*params, *self._params)

    def kept_and_models(self, **values: Any) -> tuple[Any, list[Any]] | None:
        """The column of the row, and the models; None without that row."""
        rows = self.rows(**values)
        if not rows:
            return None
        found = [row for row in rows if row[0] is not None]
        return rows[0][-1], self._made_of(found)
