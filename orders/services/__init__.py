"""What buyers and coordinators do with orders, one file per noun."""

from orders.services.bank_files import (
    choose_reading,
    discard_bank_file,
    keep_bank_file,
    take_bank_file,
    undo_bank_file,
)
from orders.services.baskets import (
    BasketTerms,
    Seen,
    confirm_basket,
    copy_last_order,
    empty_basket,
    fill_basket,
    keep_fair_price,
    look_again,
    open_basket,
    start_change,
    take_offer,
)
from orders.services.billing import bill_day, bill_hubs
from orders.services.cash import state_cash, watch_cash, watch_every_hub
from orders.services.closing import close_cycle
from orders.services.correction_preview import (
    BeforeCorrection,
    before_correction,
    money_behind,
)
from orders.services.corrections import correct_invoice, require_in_force
from orders.services.credit import (
    give_credit_back,
    refund_credit,
    refund_payment,
    use_credit,
)
from orders.services.decisions import decide_shipment, undo_decision
from orders.services.default_orders import agree_to_default, stop_default
from orders.services.delivery import (
    forget_delivery,
    record_delivery,
    record_short_delivery,
)
from orders.services.figures import leave_figures
from orders.services.households import tell_households
from orders.services.loans import (
    LoanAsked,
    grant_loan,
    repay_early,
    take_back_repayment,
)
from orders.services.locks import lock_orders_of
from orders.services.matching import (
    confirm_proposal,
    match_exact,
    match_payment,
    unmatch_payment,
)
from orders.services.minimums import state_minimum_rule
from orders.services.payments import (
    describe_seller,
    record_payment,
    record_payout,
)
from orders.services.payouts import RunAsked, pay_farms
from orders.services.placing import (
    Change,
    cancel_order,
    change_order,
    place_order,
)
from orders.services.preview import look_at
from orders.services.receiving import (
    Received,
    Source,
    decide_double,
    record_received,
    state_payment_rule,
    take_back,
)
from orders.services.reopening import Reopening, reopen_cycle, require_reopenable
from orders.services.reopening_preview import before_reopening
from orders.services.suspense import prove_suspense
from orders.services.terms import Agreement, agree_terms

__all__ = [
    "keep_fair_price",
    "take_offer",
    "Agreement",
    "agree_terms",
    "LoanAsked",
    "RunAsked",
    "grant_loan",
    "state_cash",
    "watch_cash",
    "watch_every_hub",
    "pay_farms",
    "repay_early",
    "take_back_repayment",
    "BeforeCorrection",
    "Reopening",
    "before_correction",
    "before_reopening",
    "money_behind",
    "require_in_force",
    "require_reopenable",
    "reopen_cycle",
    "agree_to_default",
    "stop_default",
    "state_minimum_rule",
    "BasketTerms",
    "Change",
    "Seen",
    "bill_day",
    "bill_hubs",
    "cancel_order",
    "change_order",
    "close_cycle",
    "confirm_basket",
    "copy_last_order",
    "correct_invoice",
    "decide_shipment",
    "describe_seller",
    "empty_basket",
    "fill_basket",
    "forget_delivery",
    "leave_figures",
    "lock_orders_of",
    "look_again",
    "look_at",
    "open_basket",
    "place_order",
    "record_delivery",
    "record_payment",
    "record_payout",
    "record_short_delivery",
    "start_change",
    "tell_households",
    "undo_decision",
    "Received",
    "prove_suspense",
    "Source",
    "confirm_proposal",
    "decide_double",
    "give_credit_back",
    "match_exact",
    "match_payment",
    "record_received",
    "refund_credit",
    "refund_payment",
    "state_payment_rule",
    "take_back",
    "unmatch_payment",
    "use_credit",
    "choose_reading",
    "discard_bank_file",
    "keep_bank_file",
    "take_bank_file",
    "undo_bank_file",
]
