"""The demo's proof: figures read back from the database, not from the play."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from hub.ledger import statements
from orders import indicators as order_indicators
from pricing import accounts as pricing_accounts
from producers import indicators as producer_indicators
from routing import indicators as routing_indicators

if TYPE_CHECKING:
    from hub.models import Cycle, Organization
    from routing.models import FleetPool


@dataclass(frozen=True, slots=True)
class Proof:
    """What to read the figures of; `settled_on` is the last day that was settled."""

    hub: "Organization"
    cycle: "Cycle"
    plan_id: int
    pool: "FleetPool"
    settled_on: date


def figures(proof: Proof) -> dict[str, Any]:
    """A week in figures: orders, money, stock, the plan of its day, a settled day."""
    hub = proof.hub.public_id
    free_cents = statements.total_cents(pricing_accounts.fund_prefix(hub=hub))
    held_cents = statements.total_cents(pricing_accounts.fund_holds_prefix(hub=hub))
    reserved = producer_indicators.units_reserved()
    return {
        "cycle": proof.cycle.name,
        **order_indicators.cycle_figures(cycle_id=proof.cycle.pk),
        "ledger_sum_cents": sum(statements.balances("").values()),
        "fund_balance_cents": free_cents,
        "fund_held_cents": held_cents,
        "stock_reserved_ok": reserved == order_indicators.units_behind_lines(),
        **routing_indicators.plan_figures(plan_id=proof.plan_id),
        **(
            routing_indicators.settled_figures(
                pool=proof.pool, service_on=proof.settled_on
            )
            or {}
        ),
    }
