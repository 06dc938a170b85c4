"""A closed cycle whose shortage gave money back to the fund, spent by others."""

from dataclasses import replace

from hub.ledger import posting
from hub.ledger.core.accounts import AccountRef, Move
from orders import services
from pricing import selectors as pricing_selectors
from tests.factories import hub as ground
from tests.factories.vouchers import make_envelope
from tests.factories.week import NOW, Week, change, make_stock

TODAY = NOW.date()


def spend(week: Week, cents: int) -> None:
    """Money that the fund has free goes elsewhere."""
    lot = AccountRef(pricing_selectors.account_code(week.lot), floored=True)
    funder = AccountRef(f"funder:{week.hub.public_id}", floored=False)
    moves = [Move(lot, -cents), Move(funder, cents)]
    if cents:
        posting.post(key="spent", kind="fund-deposit", moves=moves, effective_on=TODAY)


def close_short(
    week: Week, *, num_buyers: int = 1, with_envelopes: bool = False
) -> None:
    """Each buyer orders four cases at the solidarity tier; two of each do not come.

    A case costs the fund 2,50 $: for each buyer, 5 $ come back to it at the close. What
    is left for a buyer to pay is paid from an envelope of their own, if so asked.
    """
    stock = make_stock(week, quantity=50)
    for number in range(num_buyers):
        buyer = week.buyer if number == 0 else ground.make_buyer(hub=week.hub)
        asked = change(week, {stock.offer.public_id: 4}, tier_code="solidaire")
        if with_envelopes:
            asked = replace(asked, envelope=make_envelope(buyer))
        services.place_order(
            cycle=week.cycle,
            buyer=buyer,
            drop_point=ground.make_place(buyer),
            change=asked,
            key=f"order-{buyer.pk}",
        )
    stock.refresh_from_db()
    stock.quantity = stock.reserved - 2 * num_buyers
    stock.short_quantity = 2 * num_buyers
    stock.save()
    services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    week.cycle.refresh_from_db()
