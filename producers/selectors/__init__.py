"""Every read of the producers' floor; a row is reached through the person asking."""

from producers.selectors.catalogue import availabilities_of_pool, goods_of, offers_for
from producers.selectors.memory import units_offered

__all__ = ["availabilities_of_pool", "goods_of", "offers_for", "units_offered"]
