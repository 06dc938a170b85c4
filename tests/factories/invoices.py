"""An invoice without goods, for tests of who may see it."""

from datetime import date

from orders.core.billing import Parts
from orders.models import Invoice, Order


def make_bare_invoice(
    order: Order,
    *,
    number: int = 1,
    on: date | None = None,
    parts: Parts | None = None,
    corrects: Invoice | None = None,
) -> Invoice:
    """An invoice of nothing, for an order that need not be delivered.

    With `parts` it has sums and no line; one that `corrects` is a credit note.
    """
    on = on or order.cycle.service_on
    document: dict[str, object] = {
        "kind": "invoice",
        "number": number,
        "issued_on": on.isoformat(),
        "service_on": on.isoformat(),
        "corrects": None,
        "reason": "",
        "seller": {
            "name": order.cycle.hub.public_id,
            **dict.fromkeys(
                ("seat", "email", "phone", "tps_number", "tvq_number", "terms"), ""
            ),
        },
        "buyer": {"name": "", "drop_point": "", "address": ""},
        "po_number": "",
        "lines": [],
        **dict.fromkeys(
            (
                "price_cents",
                "tps_cents",
                "tvq_cents",
                "total_cents",
                "draw_cents",
                "envelope_cents",
            ),
            0,
        ),
    }
    return Invoice.objects.create(
        hub=order.cycle.hub,
        buyer=order.buyer,
        order=order,
        kind=Invoice.Kind.CREDIT_NOTE if corrects else Invoice.Kind.INVOICE,
        corrects=corrects,
        number=number,
        service_on=on,
        effective_on=on,
        posting_key=f"bare:{order.public_id}:{number}",
        document=document,
        **(parts or Parts()).as_dict(),
    )
