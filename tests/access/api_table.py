"""Who may what through the API: one line for each operation, as in the other table.

People ask by their session here; a program has the role of whoever speaks for its
organization, so the same lines hold for it. POST sends the body that is written below,
which names rows of the first hub: a stranger's body is `tests/access/test_api_bodies`.
"""

from datetime import timedelta
from typing import Any

from tests.access.world import WEEK_ON

DAY = (WEEK_ON + timedelta(days=6)).isoformat()
MOMENT = f"{WEEK_ON.isoformat()}T12:00:00-05:00"

TABLE = """
#    address                        row           an st fa fb gr in co ot dr fu op pr di
GET  api:api-root                   -             .  .  .  .  .  .  .  .  .  .  .
GET  api:openapi-json               -             y  y  y  y  y  y  y  y  y  y  y
GET  api:me                         -             s  s  y  y  y  y  y  y  y  y  s
GET  api:organizations              -             s  s  y  y  y  y  y  y  y  y  s
GET  api:places                     -             s  s  y  y  y  y  y  y  y  y  s
GET  api:webhooks                   -             s  s  y  y  y  y  y  y  .  .  s  y  .
POST api:add_webhook                -             s  s  y  y  y  y  y  y  .  .  s  y  .
GET  api:webhook                    endpoint      s  s  y. .  .  .  .  .  .  .  s
GET  api:webhook_secret             endpoint      s  s  y. .  .  .  .  .  .  .  s
POST api:change_webhook             endpoint      s  s  y. .  .  .  .  .  .  .  s
POST api:rotate_webhook             endpoint      s  s  y. .  .  .  .  .  .  .  s
POST api:pause_webhook              endpoint      s  s  y. .  .  .  .  .  .  .  s
POST api:resume_webhook             endpoint      s  s  y. .  .  .  .  .  .  .  s
POST api:remove_webhook             endpoint      s  s  y. .  .  .  .  .  .  .  s
POST api:send_test_webhook          endpoint      s  s  y. .  .  .  .  .  .  .  s
GET  api:webhook_deliveries         endpoint      s  s  y. .  .  .  .  .  .  .  s
POST api:replay_webhook             endpoint      s  s  y. .  .  .  .  .  .  .  s
POST api:replay_delivery            message       s  s  y. .  .  .  .  .  .  .  s
GET  api:trail                      -             s  s  y  y  y  y  y  y  y  y  s
GET  api:cycles                     -             s  s  y  y  y  y  y  y  y  y  s
GET  api:cycle                      cycle         s  s  y. y. y. y. y. .y y. y. s
GET  api:cycle                      draft         s  s  .  .  .  .  y. .y .  .  s
POST api:create_cycle               -             s  s  .  .  .  .  y  y  .  .  s
POST api:edit_cycle                 draft         s  s  .  .  .  .  y. .y .  .  s
POST api:open_cycle                 draft         s  s  .  .  .  .  y. .y .  .  s
POST api:give_up_cycle              draft         s  s  .  .  .  .  y. .y .  .  s
POST api:close_cycle                cycle         s  s  .  .  .  .  y. .y .  .  s
GET  api:offers                     -             s  s  y  y  y  y  y  y  y  y  s
GET  api:availability               -             s  s  y  y  y  y  y  y  y  y  s
POST api:post_availability          -             s  s  y  .  .  .  y  .  .  .  s
POST api:nothing_this_week          -             s  s  y  .  .  .  y  .  .  .  s
GET  api:envelopes                  -             s  s  .  .  y  .  .  .  .  .  s  y  y
GET  api:envelope                   envelope      s  s  .  .  y. .  .  .  .  .  s  y. y.
GET  api:envelope_movements         envelope      s  s  .  .  y. .  .  .  .  .  s  y. y.
GET  api:groups                     -             s  s  .  .  .  .  .  .  .  .  s  y  .
POST api:grant_envelope             -             s  s  .  .  .  .  .  .  .  .  s  y  .
GET  api:programmes                 -             s  s  .  .  .  .  y  y  .  .  s  .  .
POST api:welcome_programme          -             s  s  .  .  .  .  c  c  .  .  s  .  .
POST api:part_with_programme        programme     s  s  .  .  .  .  y. .y .  .  s  .  .
GET  api:prices                     -             s  s  y  y  y  y  y  y  y  y  s
GET  api:fund                       -             s  s  .  .  .  .  y  y  .  .  s
GET  api:fund_movements             -             s  s  .  .  .  .  y  y  .  .  s
GET  api:results                    -             s  s  .  .  .  .  y  y  .  y  s  .  .
POST api:top_up                     envelope      s  s  .  .  .  .  .  .  .  .  s  y. .
POST api:withdraw                   envelope      s  s  .  .  .  .  .  .  .  .  s  y. .
GET  api:items                      cycle         s  s  .  .  y. y. y. .y .  .  s
GET  api:drop_points                cycle         s  s  .  .  y. y. .  .  .  .  s
GET  api:orders                     -             s  s  .  .  y  y  y  y  .  .  s
GET  api:order                      group_order   s  s  .  .  y. .  y. .y .  .  s
POST api:place_order                -             s  s  .  .  y  .  y  .  .  .  s
POST api:change_order               group_order   s  s  .  .  y. .  y. .y .  .  s
POST api:cancel_order               group_order   s  s  .  .  y. .  y. .y .  .  s
GET  api:allocation                 closed        s  s  .  .  .  .  y. .y .  .  s
GET  api:sold                       cycle         s  s  y. y. .  .  .  .  .  .  s
GET  api:invoices                   -             s  s  .  .  y  y  y  y  .  .  s
GET  api:invoice                    invoice       s  s  .  .  y. .  y. .y .  .  s
POST api:preview_correction         invoice       s  s  .  .  .  .  c. .c .  .  s
POST api:correct_invoice            invoice       s  s  .  .  .  .  c. .c .  .  s
GET  api:days_to_bill               -             s  s  .  .  .  .  y  y  .  .  s
GET  api:bills_of_day               -             s  s  .  .  .  .  y  y  .  .  s
POST api:bill_day                   -             s  s  .  .  .  .  y  y  .  .  s
GET  api:accounts                   -             s  s  y  y  y  y  y  y  .  .  s
GET  api:statement                  group         s  s  .  .  y. .  y. .y .  .  s
GET  api:statement                  farm          s  s  y. .  .  .  y. .y .  .  s
POST api:record_payment             -             s  s  .  .  .  .  y  .  .  .  s
GET  api:received_payments          -             s  s  .  .  .  .  y  y  .  .  s
POST api:record_received_payment    -             s  s  .  .  .  .  y  y  .  .  s
GET  api:payment_proposals          payment       s  s  .  .  .  .  y. .y .  .  s
POST api:match_payment              payment       s  s  .  .  .  .  y. .  .  .  s
POST api:unmatch_payment            match         s  s  .  .  .  .  y. .y .  .  s
POST api:decide_payment             double        s  s  .  .  .  .  y. .y .  .  s
POST api:refund_payment             payment       s  s  .  .  .  .  y. .y .  .  s
POST api:record_payout              -             s  s  .  .  .  .  c  .  .  .  s
GET  api:pools                      -             s  s  .  .  .  .  y  y  .  .  s
GET  api:plans                      -             s  s  .  .  .  .  y  y  .  .  s
GET  api:plan                       plan          s  s  .  .  .  .  y. .y .  .  s
POST api:propose_plan               -             s  s  .  .  .  .  y  .  .  .  s
GET  api:job                        job           s  s  .  .  .  .  y. .y .  .  s
POST api:stop_job                   job           s  s  .  .  .  .  y. .y .  .  s
POST api:discard_job                job           s  s  .  .  .  .  y. .y .  .  s
POST api:publish_plan               plan          s  s  .  .  .  .  y. .y .  .  s
POST api:dispatch_plan              plan          s  s  .  .  .  .  c. .c .  .  s
POST api:adjust_plan                plan          s  s  .  .  .  .  y. .y .  .  s
POST api:edit_plan                  plan          s  s  .  .  .  .  c. .c .  .  s
POST api:undo_edit                  plan          s  s  .  .  .  .  c. .c .  .  s
POST api:redo_edit                  plan          s  s  .  .  .  .  c. .c .  .  s
POST api:lock_stop                  plan          s  s  .  .  .  .  c. .c .  .  s
POST api:improve_plan               plan          s  s  .  .  .  .  y. .y .  .  s
POST api:decide_unserved            plan          s  s  .  .  .  .  y. .y .  .  s
POST api:undo_unserved              plan          s  s  .  .  .  .  c. .c .  .  s
GET  api:progress                   driven        s  s  .  .  .  .  y. .y .  .  s
GET  api:drivers                    plan          s  s  .  .  .  .  y. .y .  .  s
POST api:name_driver                plan          s  s  .  .  .  .  y. .  .  .  s
GET  api:breakdowns                 -             s  s  .  .  .  .  y  y  .  .  s
GET  api:breakdown                  breakdown     s  s  .  .  .  .  y. .y .  .  s
POST api:report_breakdown           plan          s  s  .  .  .  .  c. .  .  .  s
POST api:approve_breakdown          breakdown     s  s  .  .  .  .  c. .c .  .  s
POST api:plan_rest_again            breakdown     s  s  .  .  .  .  y. .y .  .  s
POST api:abandon_breakdown          breakdown     s  s  .  .  .  .  y. .y .  .  s
POST api:resume_breakdown           breakdown     s  s  .  .  .  .  c. .c .  .  s
GET  api:settlement                 fleet         s  s  .  .  .  .  y. .y .  .  s
POST api:settle_day                 fleet         s  s  .  .  .  .  y. .y .  .  s
GET  api:preview_day_reopening      fleet         s  s  .  .  .  .  y. .y .  .  s
POST api:reopen_day                 fleet         s  s  .  .  .  .  y. .y .  .  s
GET  api:preview_cycle_reopening    closed        s  s  .  .  .  .  c. .c .  .  s
POST api:reopen_cycle               closed        s  s  .  .  .  .  c. .c .  .  s
GET  api:preview_plan_withdrawal    driven        s  s  .  .  .  .  c. .c .  .  s
POST api:withdraw_plan              driven        s  s  .  .  .  .  c. .c .  .  s
GET  api:my_shares                  -             s  s  y  y  y  y  .  .  .  .  s
GET  api:my_pay                     -             s  s  y  y  y  y  y  y  y  .  s
GET  api:routes                     -             s  s  y  y  y  y  y  y  y  y  s
GET  api:cycle_calendar             -             s  s  y  y  y  y  y  y  y  y  s
GET  api:route_calendar             -             s  s  .  .  .  .  y  y  y  .  s
GET  api:booking_calendar           -             s  s  y  y  y  y  y  y  y  .  s
GET  api:plan_geojson               plan          s  s  .  .  .  .  y. .y .  .  s
GET  api:route_geojson              driven        s  s  .  .  .  .  y. .y y. .  s
GET  api:route_gpx                  driven        s  s  .  .  .  .  y. .y y. .  s
GET  api:route_sheet                driven        s  s  .  .  .  .  y. .y y. .  s
POST api:send_taps                  driven        s  s  .  .  .  .  y. .y y. .  s
"""

WEBHOOK = {"name": "Boutique", "url": "https://shop.example/hook", "kinds": ["*"]}
BODIES: dict[str, dict[str, Any]] = {
    "api:create_cycle": {
        "name": "Par le logiciel",
        "opens_at": MOMENT,
        "closes_at": MOMENT.replace("T12", "T13"),
        "service_on": DAY,
    },
    "api:edit_cycle": {
        "name": "Corrigé par le logiciel",
        "opens_at": MOMENT,
        "closes_at": MOMENT.replace("T12", "T13"),
        "service_on": DAY,
    },
    "api:nothing_this_week": {
        "week_on": (WEEK_ON + timedelta(weeks=3)).isoformat(),
        "producer_id": "@farm",
    },
    "api:post_availability": {
        "offer_id": "@offer",
        "week_on": (WEEK_ON + timedelta(weeks=1)).isoformat(),
        "quantity": 4,
    },
    "api:grant_envelope": {
        "group_id": "@group",
        "amount_cents": 100,
        "starts_on": WEEK_ON.isoformat(),
    },
    "api:welcome_programme": {"code": "222222222222"},
    "api:add_webhook": WEBHOOK,
    "api:change_webhook": WEBHOOK,
    "api:replay_webhook": {"since": MOMENT},
    "api:top_up": {"amount_cents": 100},
    "api:withdraw": {"amount_cents": 100},
    "api:place_order": {
        "cycle_id": "@cycle",
        "buyer_id": "@group",
        "drop_point_id": "@drop_point",
        "tier": "juste_prix",
        "lines": [{"item_id": "@offer", "quantity": 1}],
    },
    "api:change_order": {
        "version": 1,
        "tier": "juste_prix",
        "lines": [{"item_id": "@own:offer", "quantity": 1}],
    },
    "api:preview_correction": {"quantities": {"222222222222": 1}},
    "api:correct_invoice": {"quantities": {"222222222222": 1}, "reason": "essai"},
    "api:record_payment": {
        "buyer_id": "@group",
        "amount_cents": 100,
        "method": "virement",
    },
    "api:record_received_payment": {"amount_cents": 100, "payer": "Caisse"},
    "api:match_payment": {
        "buyer_id": "@group",
        "amount_cents": 100,
        "pays": [],
    },
    "api:decide_payment": {"is_another": True},
    "api:refund_payment": {"amount_cents": 100, "method": "virement"},
    "api:record_payout": {
        "farm_id": "@farm",
        "amount_cents": 100,
        "method": "virement",
    },
    "api:propose_plan": {"pool_id": "@fleet", "service_on": DAY, "seconds": 1},
    "api:edit_plan": {
        "edit_version": 0,
        "move": {"kind": "take_out", "shipment_ids": ["@shipment"]},
    },
    "api:undo_edit": {"edit_version": 0},
    "api:redo_edit": {"edit_version": 0},
    "api:lock_stop": {"edit_version": 0, "vehicle_id": "@vehicle"},
    "api:reopen_cycle": {"closes_at": MOMENT, "reason": "oubli"},
    "api:withdraw_plan": {"reason": "verglas"},
    "api:reopen_day": {"reason": "deux caisses"},
    "api:improve_plan": {"seconds": 1},
    "api:decide_unserved": {"decision": "own_transport", "note": "essai"},
    "api:name_driver": {"driver_id": "@trucker"},
    "api:report_breakdown": {"vehicle_id": "@vehicle", "place_id": "@drop_point"},
    "api:approve_breakdown": {},
    "api:send_taps": {
        "sent_at": MOMENT,
        "taps": [
            {
                "local_id": "3f0e7a8c-4b1d-4a57-9d7e-2f6b1c0d9e8f",
                "device": "logiciel",
                "device_seq": 1,
                "stop": "222222222222",
                "kind": "arrived",
                "tapped_at": MOMENT,
            }
        ],
    },
}
"""What each operation is sent; `@row` is of the first hub, `@own:row` of the hub that
the address names."""
