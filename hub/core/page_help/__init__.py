"""Help in context: what each page on which somebody decides something is for.

One help serves pages that do one thing together, and the addresses that their forms
post to, for a refused form is shown again under its own address. A page with a form
has its help here, or its reason in `without.py`; a test insists.
"""

from hub.core.page_help import (
    buying,
    cycles,
    farms,
    first_day,
    money,
    people,
    prices,
    received,
    routes,
    trucks,
)
from hub.core.page_help.help import Help
from hub.core.page_help.without import WITHOUT, WITHOUT_SECTION

__all__ = ["HELPS", "WITHOUT", "WITHOUT_SECTION", "Help", "help_of"]

HELPS: tuple[Help, ...] = (
    *people.HELP,
    *cycles.HELP,
    *buying.HELP,
    *farms.HELP,
    *prices.HELP,
    *money.HELP,
    *received.HELP,
    *routes.HELP,
    *trucks.HELP,
    *first_day.HELP,
)
_OF = {name: told for told in HELPS for name in (*told.forms, *told.pages)}


def help_of(address: str) -> Help | None:
    """The help of a page, or of the page from which a form comes, by its name."""
    return _OF.get(address)
