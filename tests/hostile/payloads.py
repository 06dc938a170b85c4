"""Thirty texts that would run if any page wrote them as they are."""

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from django.apps import apps
from django.db.models import CharField, Field, JSONField, Model, TextField

from tests.house.inspect_imports import floor_of

PAYLOADS = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//x.test></sCrIpT>",
    "</script><script>alert(1)//",
    "</title><script>alert(1)</script>",
    "</textarea><img src=x onerror=alert(1)>",
    "</style><svg onload=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    '" onfocus=alert(1) autofocus x="',
    "' onmouseover='alert(1)",
    "` onclick=alert(1) `",
    "<img src=x onerror=alert(1)//",
    "<svg><animate onbegin=alert(1)>",
    "<body onload=alert(1)>",
    "<iframe srcdoc='<script>1</script>'>",
    "<iframe src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>a</a>",
    "javascript:alert(1)",
    "<math href=javascript:alert(1)>",
    "<object data=data:text/html,x>",
    "<embed src=javascript:alert(1)>",
    "<base href=//x.test/>",
    '<meta http-equiv=refresh content="0;url=//x.test">',
    "<form action=//x.test><button>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)>",
    "<!--a--><script>alert(1)</script>",
    "{{constructor.constructor('alert(1)')()}}",
    "{% load x %}<b onclick=alert(1)>",
    "<template hx-get=//x.test hx-trigger=load>",
)
TYPED_TEXT = re.compile(r"(?s)(?=.*[A-Z\u00c0-\u00dd ])[^0-9].*")
RUNS = r"alert\(1\)|x\.test"
"""What every payload has in it."""
CODED = ("public_id", "code", "kind", "status", "key", "language", "password")
"""Columns that no form writes as text: names of rows, codes of ours."""


def typed_columns(model: type[Model]) -> list[Field]:  # type: ignore[type-arg] # of any kind
    """The columns of a table that hold what a person typed."""
    return [
        field
        for field in model._meta.local_fields
        if isinstance(field, CharField | TextField)
        and field.get_internal_type() in ("CharField", "TextField")
        and not field.choices
        and not field.unique
        and not field.name.endswith(("_key", "_hash", "_id", "_sha256", "_code"))
        and field.name not in CODED
    ]


def our_tables() -> Iterator[type[Model]]:
    """Every table of ours, the ledger's apart: nobody types into it."""
    for model in apps.get_models():
        if floor_of(model.__module__) and model._meta.app_label != "ledger":
            yield model


def poison(first: int) -> int:
    """Write payloads into every typed column, beginning with the one numbered `first`.

    Gives how many columns were written. Each row gets the next payload that fits, with
    its own number behind it, for names that are unique. Tables that only take new rows
    are left: a test writes into them as services do.
    """
    numbers, num_columns = count(first), 0
    for model in our_tables():
        if getattr(model, "APPEND_ONLY", False):
            continue
        for field in typed_columns(model):
            num_columns += 1
            for pk in list(model._default_manager.values_list("pk", flat=True)):
                text = _fitting(field, next(numbers), pk)
                model._default_manager.filter(pk=pk).update(**{field.name: text})
    return num_columns


def poison_documents(first: int) -> int:
    """Write payloads into every text inside a JSON column; gives how many were written.

    A leaf is a text that somebody typed when it has a capital or a blank in it and does
    not begin with a figure: codes, days and moments stay, which no form writes.
    """
    numbers, written = count(first), 0
    for model in our_tables():
        if getattr(model, "APPEND_ONLY", False):
            continue
        for field in model._meta.local_fields:
            if not isinstance(field, JSONField):
                continue
            for row in list(model._default_manager.all()):
                before = getattr(row, field.name)
                after = poisoned(before, numbers)
                if after != before:
                    written += 1
                    rows = model._default_manager.filter(pk=row.pk)
                    rows.update(**{field.name: after})
    return written


def poisoned(part: Any, numbers: Iterator[int]) -> Any:
    """The same document with a payload in the place of every text that was typed."""
    if isinstance(part, dict):
        return {name: poisoned(inner, numbers) for name, inner in part.items()}
    if isinstance(part, list):
        return [poisoned(inner, numbers) for inner in part]
    if isinstance(part, str) and TYPED_TEXT.fullmatch(part):
        return PAYLOADS[next(numbers) % len(PAYLOADS)]
    return part


def num_stored() -> int:
    """How many columns of text hold a payload now."""
    return sum(
        model._default_manager.filter(**{f"{field.name}__regex": RUNS}).exists()
        for model in our_tables()
        for field in typed_columns(model)
    )


def _fitting(field: Field, number: int, pk: object) -> str:  # type: ignore[type-arg] # of any kind
    """The next payload that the column can hold, made unique by the row's number."""
    longest = field.max_length or 10_000
    for step in range(len(PAYLOADS)):
        text = f"{PAYLOADS[(number + step) % len(PAYLOADS)]}{pk}"
        if len(text) <= longest:
            return text
    return f'"<b>{pk}'[:longest]
