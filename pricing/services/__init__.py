"""What hubs do with prices and with the solidarity fund, one file per noun."""

from pricing.services.fees import set_fee
from pricing.services.fund import (
    Bid,
    add_lot,
    deposit,
    lock_fund,
    open_fund,
    publish_fund,
    replace_draw,
    set_runway,
    set_stop_rule,
    shrink_draw,
)
from pricing.services.importing import (
    facts_of_tiers,
    preview_tiers,
    row_of_tiers,
    take_back_tiers,
    write_tiers,
)
from pricing.services.limits import LimitFigures, end_limit, set_limit
from pricing.services.rules import (
    agree_tier,
    end_agreement,
    set_margin,
    set_tiers,
    set_transport,
    set_transport_table,
    start_pricing,
)
from pricing.services.sources import prolong_lot, return_lot
from pricing.services.watch import watch_funds

__all__ = [
    "Bid",
    "LimitFigures",
    "end_limit",
    "set_fee",
    "set_limit",
    "add_lot",
    "agree_tier",
    "deposit",
    "end_agreement",
    "facts_of_tiers",
    "lock_fund",
    "open_fund",
    "preview_tiers",
    "prolong_lot",
    "publish_fund",
    "replace_draw",
    "return_lot",
    "row_of_tiers",
    "set_margin",
    "set_runway",
    "set_stop_rule",
    "set_tiers",
    "set_transport",
    "set_transport_table",
    "shrink_draw",
    "start_pricing",
    "take_back_tiers",
    "watch_funds",
    "write_tiers",
]
