"""Thirty texts that would run if any page wrote them as they are."""

from collections.abc import Iterator
from itertools import count

from django.apps import apps
from django.db.models import CharField, Field, Model, TextField

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


def _fitting(field: Field, number: int, pk: object) -> str:  # type: ignore[type-arg] # of any kind
    """The next payload that the column can hold, made unique by the row's number."""
    longest = field.max_length or 10_000
    for step in range(len(PAYLOADS)):
        text = f"{PAYLOADS[(number + step) % len(PAYLOADS)]}{pk}"
        if len(text) <= longest:
            return text
    return f'"<b>{pk}'[:longest]
