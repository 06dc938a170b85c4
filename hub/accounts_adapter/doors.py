"""Which forms of the site count: a second factor is demanded before they are read.

Doors are named by their URL name, those of the floors above included, which this floor
does not import. A new form that moves money, prices or rights is one more line here;
tests/access/factors.py says of every form whether it does. A door of the API says so
itself (`counts=True`, in `hub.api.doors`), a table that is taken home too
(`is_personal`, in `hub.exchange.table`).
"""

MONEY_DOORS = frozenset(
    {
        "hub:invite",
        "hub:membership_end",
        "hub:organization_pause",
        "orders:account",
        "orders:cash",
        "orders:close_rule",
        "orders:correct",
        "orders:credit",
        "orders:loan",
        "orders:loans",
        "orders:payment",
        "orders:payment_file",
        "orders:payment_files",
        "orders:payment_new",
        "orders:payment_rule",
        "orders:payments",
        "orders:payouts",
        "orders:seller",
        "orders:settle_day",
        "orders:take_back",
        "orders:terms",
        "pricing:agreement_end",
        "pricing:agreements",
        "pricing:deposit",
        "pricing:fee",
        "pricing:fund_open",
        "pricing:limit_end",
        "pricing:limits",
        "pricing:lot_new",
        "pricing:lot_prolong",
        "pricing:lot_return",
        "pricing:margin",
        "pricing:runway",
        "pricing:start",
        "pricing:stop_rule",
        "pricing:tiers",
        "pricing:transport",
        "routing:import_confirm",
        "routing:import_undo",
        "routing:reopen_day",
        "routing:settle",
        "routing:settlement_rule",
        "vouchers:envelope_new",
        "vouchers:programme_part",
        "vouchers:programmes",
        "vouchers:top_up",
        "vouchers:withdraw",
    }
)
"""Demanded of people who move money (`hub.core.second_factor`)."""

FRESH_DOORS = frozenset({"routing:import_confirm", "routing:import_undo"})
"""Of those, what changes a whole hub at once: the factor is shown anew."""

LASTING_DOORS = frozenset(
    {"hub:api_keys", "hub:webhook", "hub:webhook_rotate", "hub:webhooks"}
)
"""Demanded of everybody: what they open stays open without anyone being there."""
