"""What several pages of orders share."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from hub.ledger.statements import Statement
from orders.exchange.words import entry_name

BUYERS = ("group_buyer", "institutional_buyer")
BUYERS_AND_HUB = (*BUYERS, "coordinator")


def query_without_page(request: HttpRequest) -> str:
    """The search of this address, to be kept from page to page."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()


def moment_of(text: str) -> datetime:
    """A moment written by a page of ours; the beginning of time for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = datetime.min  # noqa: DTZ901 - made aware below
    if timezone.is_aware(moment):
        return moment
    return moment.replace(tzinfo=timezone.get_default_timezone())


def cents_of(text: str) -> int:
    """An amount written by a page of ours; minus one for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else -1


def book_lines(book: Statement) -> list[dict[str, Any]]:
    """The movements of an account with their names, the latest first."""
    return [
        {"line": line, "name": entry_name(line.kind, line.memo)}
        for line in reversed(book.lines)
    ]
