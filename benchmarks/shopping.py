"""What a buyer does, page by page: look at a long list, and order eight products."""

import re
from dataclasses import dataclass
from typing import Protocol

QUANTITY = "2"
Answer = tuple[int, str, str]
"""Status, address one is sent to, words."""


class Asking(Protocol):
    """Somebody who asks pages: over HTTP, or within Django."""

    def ask(self, path: str, form: dict[str, str] | None = None) -> Answer:
        """Status, address one is sent to, words."""


@dataclass(slots=True)
class Shopper:
    """A buyer before a cycle."""

    asking: Asking
    cycle: str

    def open_basket(self) -> str:
        """Take up the basket of the cycle; its address."""
        _status, to, _words = self._sends(f"/orders/cycle/{self.cycle}/open/", {})
        return to.removesuffix("list/")

    def reads(self, path: str) -> str:
        """The words of a page that must be there."""
        status, _to, words = self.asking.ask(path)
        if status != 200:
            raise RuntimeError(f"{status} for {path}")
        return words

    def _sends(self, path: str, form: dict[str, str]) -> Answer:
        answer = self.asking.ask(path, form)
        if answer[0] != 302:
            raise RuntimeError(f"{answer[0]} after {path}")
        return answer

    def sends(self, path: str, form: dict[str, str]) -> str:
        """Press a button that must lead elsewhere; where it leads."""
        return self._sends(path, form)[1]


def look(shopper: Shopper, basket: str) -> str:
    """The first page of the list: fifty products of a thousand."""
    return shopper.reads(f"{basket}list/")


def buy(shopper: Shopper, offers: list[str]) -> None:
    """A whole order: six requests, from the open cycle to the page of the order.

    The buyer takes up the basket, reads the list, sends the quantities, reads what
    will be ordered (products, tier, drop point, total), confirms it and reads the
    order. The page of the basket, where the tier and the drop point can be changed, is
    passed by, as it is in the measure of our peer.
    """
    basket = shopper.open_basket()
    look(shopper, basket)
    wants = {f"q-{offer}": QUANTITY for offer in offers} | {"then": "confirm"}
    page = shopper.reads(shopper.sends(f"{basket}list/", wants))
    names = "seen|total|envelope"
    fields = dict(re.findall(rf'name="({names})" value="([^"]*)"', page))
    shopper.reads(shopper.sends(f"{basket}confirm/", fields))
