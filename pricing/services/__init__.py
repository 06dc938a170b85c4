"""What hubs do with prices and with the solidarity fund, one file per noun."""

from pricing.services.fund import (
    add_lot,
    deposit,
    lock_fund,
    open_fund,
    replace_draw,
    set_runway,
    shrink_draw,
)
from pricing.services.rules import (
    agree_tier,
    end_agreement,
    set_margin,
    set_tiers,
    set_transport,
    set_transport_table,
    start_pricing,
)

__all__ = [
    "add_lot",
    "agree_tier",
    "deposit",
    "end_agreement",
    "lock_fund",
    "open_fund",
    "replace_draw",
    "set_margin",
    "set_runway",
    "set_tiers",
    "set_transport",
    "set_transport_table",
    "shrink_draw",
    "start_pricing",
]
