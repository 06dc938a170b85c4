"""One question to the site by one person, undone afterwards, read as one mark."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import SimpleCookie
from importlib import import_module
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from hub.models import Person
from tests.access.papers import words_of_paper
from tests.factories.factors import show_factor

MARKS = {
    **dict.fromkeys([200, 201, 202, 204], "y"),
    302: ">",
    400: "b",
    401: "s",
    404: ".",
    405: "-",
    409: "c",
    422: "x",
}
"""How a status is written in the table; a way to the sign-in page is "s"."""
TOKEN = "t" * 32
EMPTY_FORM = {"sent": "yes"}
MD5_LENGTH = 32
NOT_COMPARED = ("django_session", "hub_cache")
JOURNAL = frozenset({"hub_trace", "hub_tracereader"})
READS = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
"""How statements begin that write nothing, unless they call a function that does."""
WRITERS = (
    "ledger_claim",
    "ledger_lay_out",
    "ledger_lock",
    "ledger_lock_parts",
    "ledger_move_parts",
    "ledger_open",
    "ledger_post",
    "ledger_split",
    "ledger_write",
)
"""Functions of the database that may write, which a SELECT calls; there are no others,
as tests/access/test_matrix_can_fail.py makes sure."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: its mark, its words and their kind, whether a row was touched.

    `num_queries` counts the statements of the site itself; `num_rows` tells how many
    rows each table that changed held before the undoing.
    """

    mark: str
    words: str
    changed: bool
    kind: str = ""
    num_rows: tuple[tuple[str, str], ...] = ()
    num_queries: int = 0

    @property
    def moved(self) -> bool:
        """Whether more changed than the journal, which tells who read a page."""
        return not {table for table, _told in self.num_rows} <= JOURNAL


class Statements:
    """Counts what one question sends to the database, and whether it only reads."""

    def __init__(self) -> None:
        self.num = 0
        self.only_read = True

    def __call__(
        self,
        execute: Callable[..., Any],
        sql: Any,
        params: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        """Send a statement on; one that fails must be undone as one that writes."""
        self.num += 1
        kept, self.only_read = self.only_read, False
        answer = execute(sql, params, many, context)
        calls = any(f"{name}(" in str(sql) for name in WRITERS)
        self.only_read = kept and not calls and str(sql).startswith(READS)
        return answer


class Asker:
    """Asks as any person; nothing that is done stays, unless it is asked to.

    What a test itself writes between two questions, and what is kept, counts as changed
    by the next one that writes.
    """

    def __init__(self, people: dict[str, Person | None]) -> None:
        self._client = Client(enforce_csrf_checks=True)
        self._cookies = {role: _cookies_of(person) for role, person in people.items()}
        self._before = digest()
        self._writes = num_writes()
        self._num_kept = 0

    def ask(
        self,
        role: str,
        verb: str,
        address: str,
        *,
        body: dict[str, Any] | None = None,
        as_json: bool = False,
        with_token: bool = True,
        language: str = "fr-CA",
        is_kept: bool = False,
    ) -> Answer:
        """Send one request and undo it, unless it `is_kept`."""
        self._client.cookies = SimpleCookie(self._cookies[role])
        self._num_kept += is_kept
        headers = {
            "idempotency-key": f"matrix-{self._num_kept:04}",
            "accept-language": language,
        }
        if with_token:
            headers["x-csrftoken"] = TOKEN
        sent = json.dumps(body) if as_json else urlencode(body or EMPTY_FORM, True)
        sent_as = "json" if as_json else "x-www-form-urlencoded"
        statements = Statements()
        after = self._before
        with transaction.atomic():
            with connection.execute_wrapper(statements):
                response = self._client.generic(
                    verb,
                    address,
                    sent if verb == "POST" else "",
                    content_type=f"application/{sent_as}",
                    headers=headers,
                )
            if not statements.only_read and not is_kept:
                # Writing and undoing is no change: only then all tables are compared.
                earlier, self._writes = self._writes, num_writes()
                after = digest() if self._writes != earlier else self._before
                transaction.set_rollback(True)
        kind = response.headers.get("Content-Type", "")
        return Answer(
            mark=_mark(response),
            words=_words(b"".join(response), kind),
            changed=after != self._before,
            kind=kind,
            num_rows=tuple(
                (table, told[:-MD5_LENGTH])
                for table, told in sorted(after.items())
                if told != self._before.get(table)
            ),
            num_queries=statements.num,
        )


def num_writes() -> int:
    """How many rows this transaction has written so far, undone ones included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_stat_get_xact_tuples_inserted(oid)"
            " + pg_stat_get_xact_tuples_updated(oid)"
            " + pg_stat_get_xact_tuples_deleted(oid)) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND relname <> ALL(%s)",
            [list(NOT_COMPARED)],
        )
        return int(cursor.fetchone()[0])


def digest() -> dict[str, str]:
    """What every table holds, sessions and counters of attempts apart."""
    with connection.cursor() as cursor:
        cursor.execute(_digest_query(connection.introspection.table_names(cursor)))
        return dict(cursor.fetchall())


def _digest_query(tables: list[str]) -> str:
    return " UNION ALL ".join(
        f"SELECT '{table}', count(*) || md5(coalesce(string_agg(t::text, '|' ORDER BY"
        f" t::text), '')) FROM \"{table}\" t"
        for table in sorted(tables)
        if table not in NOT_COMPARED
    )


def _cookies_of(person: Person | None) -> dict[str, str]:
    cookies = {settings.CSRF_COOKIE_NAME: TOKEN}
    if person is not None:
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        # The table speaks of people whose second factor was shown; what is asked of
        # those without one is in tests/access/test_factors.py.
        show_factor(session, person)
        session.save()
        cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return cookies


def _words(content: bytes, kind: str) -> str:
    """What a person reads: of a paper its lines, for its bytes are packed."""
    if kind == "application/pdf":
        return words_of_paper(content)
    return content.decode(errors="replace")


def _mark(response: Any) -> str:
    sign_in = reverse("account_login")
    if response.status_code == 302 and response.url.startswith(f"{sign_in}?next="):
        return "s"
    return MARKS.get(response.status_code, str(response.status_code))
