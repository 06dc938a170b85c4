"""Every read of the producers' floor; a row is reached through the person asking."""

from producers.selectors.catalogue import (
    availabilities_of_pools,
    goods_of,
    offers_for,
)
from producers.selectors.editable import (
    availabilities_editable_by,
    catalogue_of,
    farms_editable_by,
    hubs_open_to,
    offers_editable_by,
    pooled_offers_editable_by,
    pools_open_to,
    pools_with_members,
    products_editable_by,
    variants_editable_by,
)
from producers.selectors.importing import product_facts, shelves_of, variant_facts
from producers.selectors.listing import listing_for
from producers.selectors.memory import units_offered
from producers.selectors.minimums import minimum_of, minimums_of_hub
from producers.selectors.week import (
    FarmWeek,
    GridRow,
    blank_row,
    expected_income_cents,
    farm_weeks,
    grid_rows,
    has_said_nothing,
    hubs_offered_to,
    last_week_posted,
    offers_by_id,
    short_rows,
)

__all__ = [
    "product_facts",
    "shelves_of",
    "variant_facts",
    "minimum_of",
    "minimums_of_hub",
    "availabilities_editable_by",
    "FarmWeek",
    "GridRow",
    "blank_row",
    "availabilities_of_pools",
    "catalogue_of",
    "expected_income_cents",
    "farm_weeks",
    "farms_editable_by",
    "goods_of",
    "grid_rows",
    "has_said_nothing",
    "hubs_offered_to",
    "hubs_open_to",
    "last_week_posted",
    "offers_by_id",
    "offers_editable_by",
    "listing_for",
    "offers_for",
    "pooled_offers_editable_by",
    "pools_open_to",
    "pools_with_members",
    "products_editable_by",
    "short_rows",
    "units_offered",
    "variants_editable_by",
]
