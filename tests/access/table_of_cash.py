"""The lines of the pages of cash, loans, terms and limits; see `tests.access.table`."""

CASH = """
GET  orders:cash                   -             s  .  .  .  .  .  y  y  .  .  .  .  .
POST orders:cash                   -             s  .  .  .  .  .  x  x  .  .  .  .  .
GET  orders:payouts                -             s  .  .  .  .  .  y  y  .  .  .  .  .
POST orders:payouts                -             s  .  .  .  .  .  x  x  .  .  .  .  .
GET  orders:coming                 -             s  .  y  y  .  .  .  .  .  .  .  .  .
GET  orders:loans                  -             s  .  .  .  .  .  y  y  .  .  .  .  .
POST orders:loans                  -             s  .  .  .  .  .  x  x  .  .  .  .  .
GET  orders:loan                   farm_loan     s  .  y. .  .  .  y. .y .  .  .  .  .
POST orders:loan                   farm_loan     s  .  .. .. .  .  x. .x .  .  .  .  .
POST orders:take_back              repayment     s  .  .  .  .  .  >. .> .  .  .  .  .
GET  orders:terms                  -             s  .  .  .  .  .  y  y  .  .  .  .  .
POST orders:terms                  -             s  .  .  .  .  .  x  x  .  .  .  .  .
GET  pricing:limits                -             s  .  .  .  .  .  y  y  .  .  .
POST pricing:limits                -             s  .  .  .  .  .  x  x  .  .  .
POST pricing:limit_end             limit         s  .  .  .  .  .  >. .> .  .  .
"""
