"""One effect for each request of a buyer, however often the phone sends it."""

import hashlib
import json
from typing import Any

from django.db import connection

from orders.core.errors import RequestReused
from orders.models import Order, OrderKey


def fingerprint(*facts: Any) -> str:
    """A SHA-256 over what was asked."""
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def begin(key: str, content_hash: str) -> Order | None:
    """Take the key for this request, or give the order an earlier one acted on.

    The insert waits for a twin in flight: if the twin commits, its order is the
    answer; if it is refused, this request goes on. To be called first thing in the
    transaction. Raises RequestReused when the key was used for other content.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO orders_orderkey (key, content_hash, recorded_at)"
            " VALUES (%s, %s, now()) ON CONFLICT (key) DO NOTHING",
            [key, content_hash],
        )
        if cursor.rowcount == 1:
            return None
    earlier = OrderKey.objects.select_related("order").get(key=key)
    if earlier.content_hash != content_hash:
        raise RequestReused(key=key)
    return earlier.order


def settle(key: str, order: Order) -> None:
    """Remember which order the request acted on."""
    OrderKey.objects.filter(key=key).update(order=order)
