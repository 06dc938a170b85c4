"""What people can do on the producers' floor, one file per noun."""

from producers.services.availability import clear_availability, post_availability
from producers.services.catalogue import (
    add_variant,
    create_product,
    edit_product,
    edit_variant,
    set_active,
)
from producers.services.importing import (
    facts_of_goods,
    goods_hanging,
    preview_products,
    row_of_goods,
    take_back_goods,
    write_products,
)
from producers.services.minimums import set_minimum
from producers.services.offers import (
    create_offer,
    create_pooled_offer,
    edit_offer,
    edit_pooled_offer,
    set_pool_active,
)
from producers.services.stock import (
    give_back,
    lock_availabilities,
    reserve,
    reserve_of,
    settle_promises,
)
from producers.services.week import (
    copy_last_week,
    nothing_this_week,
    post_week,
    save_cell,
)

__all__ = [
    "facts_of_goods",
    "goods_hanging",
    "preview_products",
    "row_of_goods",
    "take_back_goods",
    "write_products",
    "add_variant",
    "clear_availability",
    "copy_last_week",
    "create_offer",
    "create_pooled_offer",
    "create_product",
    "edit_offer",
    "edit_pooled_offer",
    "edit_product",
    "edit_variant",
    "give_back",
    "lock_availabilities",
    "nothing_this_week",
    "post_availability",
    "post_week",
    "reserve",
    "reserve_of",
    "save_cell",
    "set_active",
    "set_minimum",
    "set_pool_active",
    "settle_promises",
]
