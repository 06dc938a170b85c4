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
GET  api:cycles                     -             s  s  y  y  y  y  y  y  y  y  s
GET  api:cycle                      cycle         s  s  y. y. y. y. y. .y y. y. s
GET  api:cycle                      draft         s  s  .  .  .  .  y. .y .  .  s
POST api:create_cycle               -             s  s  .  .  .  .  y  y  .  .  s
POST api:open_cycle                 draft         s  s  .  .  .  .  y. .y .  .  s
POST api:give_up_cycle              draft         s  s  .  .  .  .  y. .y .  .  s
POST api:close_cycle                cycle         s  s  .  .  .  .  y. .y .  .  s
GET  api:offers                     -             s  s  y  y  y  y  y  y  y  y  s
GET  api:availability               -             s  s  y  y  y  y  y  y  y  y  s
POST api:post_availability          -             s  s  y  .  .  .  y  .  .  .  s
GET  api:envelopes                  -             s  s  .  .  y  .  .  .  .  .  s  y  y
GET  api:envelope                   envelope      s  s  .  .  y. .  .  .  .  .  s  y. y.
POST api:top_up                     envelope      s  s  .  .  .  .  .  .  .  .  s  y. .
POST api:withdraw                   envelope      s  s  .  .  .  .  .  .  .  .  s  y. .
GET  api:items                      cycle         s  s  .  .  y. y. y. .y .  .  s
GET  api:drop_points                cycle         s  s  .  .  y. y. .  .  .  .  s
GET  api:orders                     -             s  s  .  .  y  y  y  y  .  .  s
GET  api:order                      group_order   s  s  .  .  y. .  y. .y .  .  s
POST api:place_order                -             s  s  .  .  y  .  y  .  .  .  s
POST api:change_order               group_order   s  s  .  .  y. .  y. .y .  .  s
POST api:cancel_order               group_order   s  s  .  .  y. .  y. .y .  .  s
GET  api:invoices                   -             s  s  .  .  y  y  y  y  .  .  s
GET  api:pools                      -             s  s  .  .  .  .  y  y  .  .  s
GET  api:plans                      -             s  s  .  .  .  .  y  y  .  .  s
GET  api:plan                       plan          s  s  .  .  .  .  y. .y .  .  s
POST api:propose_plan               -             s  s  .  .  .  .  y  .  .  .  s
GET  api:job                        job           s  s  .  .  .  .  y. .y .  .  s
POST api:publish_plan               plan          s  s  .  .  .  .  y. .y .  .  s
POST api:dispatch_plan              plan          s  s  .  .  .  .  c. .c .  .  s
GET  api:routes                     -             s  s  y  y  y  y  y  y  y  y  s
POST api:send_taps                  driven        s  s  .  .  .  .  .  .  y. .  s
"""

BODIES: dict[str, dict[str, Any]] = {
    "api:create_cycle": {
        "name": "Par le logiciel",
        "opens_at": MOMENT,
        "closes_at": MOMENT.replace("T12", "T13"),
        "service_on": DAY,
    },
    "api:post_availability": {
        "offer_id": "@offer",
        "week_on": (WEEK_ON + timedelta(weeks=1)).isoformat(),
        "quantity": 4,
    },
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
    "api:propose_plan": {"pool_id": "@fleet", "service_on": DAY, "seconds": 1},
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
