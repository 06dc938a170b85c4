"""Whoever changes stock, a price, a role or money leaves a trace, or says why not."""

from tests.house.inspect_trail import silent_services
from tests.house.sources import House, Plant

SILENT = {
    "The row is its own history: a job, a notice, an answer, a fact of a report.": (
        "hub.api_answers.keep_answer",
        "hub.api_answers.one_answer",
        "hub.clock.say_it_ticks",
        "hub.indicators.record",
        "hub.indicators.replace",
        "hub.jobs.beat_job",
        "hub.jobs.claim_job",
        "hub.jobs.drop_job",
        "hub.jobs.fail_job",
        "hub.jobs.finish_job",
        "hub.jobs.request_job",
        "hub.jobs.stop_job",
        "hub.jobs.sweep_jobs",
        "hub.notices.leave",
        "hub.notices.leave_all",
        "hub.notices.overtake",
        "hub.notices.send_again",
        "hub.notices.send_waiting",
    ),
    "What is told to programs: the event and the delivery are their own history.": (
        "hub.cycle_events.tell_cycle",
        "hub.happenings.leave",
        "hub.happenings.leave_for",
        "hub.webhook_sending.claim_next",
        "hub.webhook_sending.record",
        "hub.webhook_sending.send_due",
        "hub.webhooks.forget_old",
        "hub.webhooks.replay",
        "hub.webhooks.replay_failed",
        "hub.webhooks.send_test",
    ),
    "One's own name, language and calendars, the facts of a place or of a paper.": (
        "hub.api_keys.note_use",
        "hub.calendars.make_calendar",
        "hub.calendars.note_reading",
        "hub.calendars.number_events",
        "hub.calendars.revoke_calendar",
        "hub.families.plant_first_families",
        "hub.notices.choose_notices",
        "hub.notices.stop_kind",
        "hub.people.choose_language",
        "hub.people.introduce_oneself",
        "hub.places.save_place",
        "routing.papers.keep_driver_paper",
        "routing.papers.keep_vehicle_paper",
    ),
    "One's own ways to sign in, no organization's; their owner is told by mail.": (
        "hub.devices.forget_device",
        "hub.devices.forget_devices",
        "hub.devices.remember_device",
        "hub.devices.sign_out",
        "hub.devices.sign_out_others",
        "hub.second_factors.encrypt_anew",
        "hub.second_factors.forget_factors",
        "hub.second_factors.note_asked",
        "hub.sign_in_codes.forget_codes",
        "hub.sign_in_codes.issue_code",
        "hub.sign_in_codes.try_code",
        "hub.sign_in_watch.forget_attempts",
    ),
    "A step of a close or of a reopening, which leaves one trace for the whole.": (
        "hub.cycle_gate.count_change",
        "hub.cycle_gate.mark_closed",
        "hub.cycle_gate.open_again",
        "hub.cycle_gate.pass_open_gate",
        "hub.cycle_gate.pass_shut_gate",
        "hub.cycle_gate.shut_gate",
        "orders.shipments.write_load",
        "orders.shipments.write_shipments",
    ),
    "What a hub notes of its own bank to look ahead, and the lock before money: no"
    " money, price or role changes by it.": (
        "orders.cash.state_cash",
        "orders.cash.watch_cash",
        "orders.cash.watch_every_hub",
        "orders.loans.lock_money",
    ),
    "A basket is a draft: the order that is confirmed from it leaves a trace.": (
        "orders.basket_lines.write_line",
        "orders.basket_lines.write_quantities",
        "orders.baskets.copy_last_order",
        "orders.baskets.empty_basket",
        "orders.baskets.fill_basket",
        "orders.baskets.keep_fair_price",
        "orders.baskets.look_again",
        "orders.baskets.open_basket",
        "orders.baskets.start_change",
        "orders.baskets.take_offer",
        "orders.requests.settle",
    ),
    "Stock and money that follow an order, a decision or an invoice, traced there;"
    " the ledger keeps each movement.": (
        "orders.decisions.settle_if_over",
        "orders.envelopes.hold_as_ordered",
        "orders.envelopes.secure_again",
        "orders.envelopes.secure_part",
        "orders.envelopes.take_back",
        "orders.holds.secure_draw",
        "orders.invoices.post_sale",
        "orders.matching.write_match",
        "orders.matching.write_pays",
        "orders.receiving.leave_books",
        "orders.receiving.lock_hub",
        "orders.receiving.lock_payment",
        "orders.receiving.receive",
        "orders.loans.repay",
        "pricing.fund.replace_draw",
        "pricing.fund.shrink_draw",
        "producers.stock.give_back",
        "producers.stock.reserve",
        "producers.stock.reserve_of",
        "producers.stock.settle_promises",
        "routing.settling_money.post",
        "routing.settling_money.take_back",
        "routing.settling_rows.write",
        "vouchers.holds.capture_for_invoice",
        "vouchers.holds.release_hold",
        "vouchers.holds.replace_hold",
        "vouchers.holds.shrink_hold",
    ),
    "The shipment keeps who noted it and when; what is billed of it is traced.": (
        "orders.delivery.record_delivery",
        "orders.delivery.record_short_delivery",
        "orders.delivery.write_quantities",
        "orders.households.tell_households",
        "routing.driving.apply_taps",
        "routing.stop_records.write_records",
    ),
    "A sheet and its rows keep who brought them or took them back, when, and every"
    " fact before and after; the services they call leave their own traces.": (
        "hub.beginnings.hide_step",
        "orders.bank_files.choose_reading",
        "orders.bank_files.discard_bank_file",
        "orders.bank_files.keep_bank_file",
        "hub.imports.choose_columns",
        "hub.imports.discard",
        "hub.imports.keep_sheet",
        "hub.imports.mark_undone",
        "hub.imports.open_sample",
        "hub.imports.record",
        "routing.imports.run_import",
        "routing.imports.undo_imports",
        "routing.samples.load_sample",
        "routing.samples.remove_samples",
    ),
    "A look at a fund keeps what was told last; the letter is its record.": (
        "pricing.watch.watch_funds",
    ),
    "An invitation keeps who and when; the role is traced when it is accepted.": (
        "hub.import_drivers.take_back",
        "hub.import_drivers.write",
        "hub.invitations.invite",
        "hub.invitations.send_again",
        "hub.invitations.withdraw",
    ),
    "Goods are described, not counted or priced.": (
        "producers.catalogue.create_product",
        "producers.catalogue.edit_product",
        "producers.catalogue.edit_variant",
    ),
    "The orders' floor decides the shipment, and leaves the trace.": (
        "routing.deciding.decide_unserved",
        "routing.deciding.undo_unserved",
    ),
    "A plan keeps its own steps, each with who and when; trucks and drivers.": (
        "routing.adjusting.draw_plan",
        "routing.adjusting.edit_plan",
        "routing.adjusting.redo_edit",
        "routing.adjusting.undo_edit",
        "routing.breakdown.abandon_breakdown",
        "routing.breakdown.approve_rest",
        "routing.breakdown.plan_rest_again",
        "routing.breakdown.propose_rest",
        "routing.breakdown.report_breakdown",
        "routing.breakdown.resume_breakdown",
        "routing.breakdown_trucks.require_trucks",
        "routing.drivers.keep_drivers",
        "routing.drivers.name_driver",
        "routing.drivers.require_free",
        "routing.fleet.change_pool",
        "routing.fleet.create_pool",
        "routing.locking.set_lock",
        "routing.running.run_rest",
    ),
}
"""Services that change rows and leave no trace: why, and which."""


def test_every_service_that_changes_something_leaves_a_trace(house: House) -> None:
    reasoned = {name for names in SILENT.values() for name in names}
    silent = silent_services(house)

    assert (silent - reasoned, reasoned - silent) == (set(), set())


def test_a_service_that_says_nothing_is_found(plant: Plant) -> None:
    house = plant(
        {
            "pricing/services/rules.py": (
                "from hub.services.trail import record\n"
                "from pricing.services import told\n"
                "def set_loud(row): row.save(); _tell(row)\n"
                "def set_told(row): row.save(); told.tell(row)\n"
                "def set_silent(row): row.save(); _keep(row)\n"
                "def read_only(row): return row\n"
                "def _keep(row): row.save()\n"
                "def _tell(row): record(row)\n"
            ),
            "pricing/services/told.py": (
                "from hub.services.trail import record\n"
                "def tell(row): record(row)\n"
                "def _keep(row): record(row)\n"
            ),
        }
    )

    assert silent_services(house) == {"pricing.rules.set_silent"}
