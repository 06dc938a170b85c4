"""What people can do on the producers' floor, one file per noun."""

from producers.services.stock import (
    give_back,
    lock_availabilities,
    reserve,
    settle_reserved,
)

__all__ = [
    "give_back",
    "lock_availabilities",
    "reserve",
    "settle_reserved",
]
