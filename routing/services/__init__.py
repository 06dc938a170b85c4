"""What coordinators and carriers do with trucks and plans, one file per noun."""

from routing.services.adjusting import (
    adjust_plan,
    draw_plan,
    edit_plan,
    is_adjustable,
    redo_edit,
    undo_edit,
)
from routing.services.breakdown import (
    Report,
    abandon_breakdown,
    approve_rest,
    plan_rest_again,
    report_breakdown,
    resume_breakdown,
)
from routing.services.closing import (
    close_with_costs,
    pickup_costs,
    request_close,
    request_due_closes,
)
from routing.services.deciding import decide_unserved, undo_unserved
from routing.services.dispatching import (
    dispatch_plan,
)
from routing.services.drivers import name_driver
from routing.services.driving import TapAnswer, apply_taps
from routing.services.fleet import (
    VehicleFacts,
    add_vehicle,
    change_pool,
    change_vehicle,
    create_pool,
    join_pool,
    leave_pool,
)
from routing.services.imports import (
    preview,
    run_import,
    stops_of,
    title_of,
    undo_imports,
)
from routing.services.lending import (
    LoanTerms,
    cancel_loan,
    confirm_loan,
    keep_vehicle,
    offer_vehicle,
    pool_with_code,
)
from routing.services.locking import set_lock
from routing.services.papers import (
    PaperFacts,
    keep_driver_paper,
    keep_vehicle_paper,
)
from routing.services.planning import (
    discard_planning,
    improve_plan,
    propose_plan,
    stop_planning,
)
from routing.services.publishing import publish_plan
from routing.services.reopening import (
    WayBack,
    reopen_cycle,
    require_reopenable,
    require_withdrawable,
    withdraw_plan,
)
from routing.services.running import run_close, run_plan, run_rest
from routing.services.samples import load_sample, remove_samples
from routing.services.settling import set_settlement_rule, settle_day
from routing.services.settling_again import look_at_day, reopen_day, tellings_of_day

__all__ = [
    "look_at_day",
    "reopen_day",
    "tellings_of_day",
    "WayBack",
    "reopen_cycle",
    "require_reopenable",
    "require_withdrawable",
    "withdraw_plan",
    "load_sample",
    "preview",
    "remove_samples",
    "run_import",
    "stops_of",
    "title_of",
    "undo_imports",
    "PaperFacts",
    "keep_driver_paper",
    "keep_vehicle_paper",
    "name_driver",
    "TapAnswer",
    "VehicleFacts",
    "add_vehicle",
    "adjust_plan",
    "abandon_breakdown",
    "approve_rest",
    "plan_rest_again",
    "resume_breakdown",
    "Report",
    "apply_taps",
    "LoanTerms",
    "cancel_loan",
    "change_pool",
    "change_vehicle",
    "close_with_costs",
    "confirm_loan",
    "create_pool",
    "decide_unserved",
    "discard_planning",
    "dispatch_plan",
    "draw_plan",
    "edit_plan",
    "improve_plan",
    "is_adjustable",
    "join_pool",
    "keep_vehicle",
    "leave_pool",
    "offer_vehicle",
    "pickup_costs",
    "pool_with_code",
    "propose_plan",
    "publish_plan",
    "redo_edit",
    "report_breakdown",
    "request_close",
    "request_due_closes",
    "run_close",
    "run_plan",
    "set_lock",
    "set_settlement_rule",
    "settle_day",
    "run_rest",
    "stop_planning",
    "undo_edit",
    "undo_unserved",
]
