"""A letter that waits for the first farm of a side."""

from typing import Any

from hub.core.letters import Kind
from hub.models import Notice, Organization
from hub.services.notices import leave
from tests.access.figures import FIGURES


def leave_a_notice(mark: str, hub: Organization, *, rows: dict[str, Any]) -> None:
    """One notice that waits, with an amount that is the farm's own."""
    leave(
        kind=Kind.STATEMENT_READY,
        key=f"statement:{mark}",
        data={
            "service_on": "2026-06-18",
            "total_cents": FIGURES[mark].statement_cents,
            "hub": mark,
        },
        hub=hub,
        organization=rows["farm"],
    )
    rows["notice"] = Notice.objects.get(hub=hub, organization=rows["farm"])
