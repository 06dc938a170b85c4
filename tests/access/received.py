"""Money that came to a hub: one payment that waits, and one that was matched."""

from typing import Any

from django.utils import timezone

from hub.models import Organization
from orders import services


def receive_money(mark: str, hub: Organization, *, rows: dict[str, Any]) -> None:
    """A payment that a proposal is made for, one matched, one that looks like it."""
    today, now = timezone.localdate(), timezone.now()
    for name, cents in [("matched", 700), ("payment", 1_300), ("double", 1_300)]:
        rows[name] = services.record_received(
            hub=hub,
            told=services.Received(
                on=today, amount_cents=cents, payer=f"Caisse {mark}", reference=name[:0]
            ),
            source=services.Source.HAND,
            key=f"{mark}-{name}",
            today=today,
            by=None,
            now=now,
        )
    rows["match"] = services.match_payment(
        payment=rows["matched"],
        buyer=rows["group"],
        pays={},
        key=f"{mark}-match".lower(),
        on=today,
        now=now,
        by=None,
    )
    rows["bank_file"] = services.keep_bank_file(
        hub=hub,
        rows=[
            ["Date", "Description", "Montant"],
            ["2026-06-18", f"Dépôt {mark}", "12,50"],
        ],
        encoding="UTF-8",
        file_name=f"{mark}.csv",
        by=None,
        now=now,
    )
