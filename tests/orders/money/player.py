"""One hub whose money is played with: how it is asked, and what must hold after."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine, invariant

from hub.core.errors import DomainError
from hub.ledger import sealing, statements
from hub.ledger.audit import audit
from orders.models import Order
from pricing import services as pricing_services
from tests.factories import hub as ground
from tests.factories.week import NOW, make_stock, make_week
from tests.orders.money.oracle import LOTS, OPEN_DAYS, PRICES, STOCK, Pots
from tests.soak.figures import count, count_answer


class OneHub(RuleBasedStateMachine):
    """Two lots of a fund, three buyers and a farm; undone when the example ends."""

    def __init__(self) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        super().__init__()
        self.pots = Pots()
        self.num_asked = 0
        self.week = make_week(fund_cents=0)
        hub, fund = self.week.hub, self.week.lot.fund
        self.first_on = NOW.date()
        cycle = self.week.cycle
        cycle.closes_at = NOW + timedelta(days=OPEN_DAYS, hours=-1)
        cycle.service_on = self.first_on + timedelta(days=4)
        cycle.save()
        self.offers = [
            make_stock(self.week, quantity=number, price_cents=price).offer
            for price, number in zip(PRICES, STOCK, strict=True)
        ]
        self.buyers = [ground.make_buyer(hub=hub) for _ in range(3)]
        self.doors = [ground.make_place(buyer) for buyer in self.buyers]
        city = pricing_services.add_lot(
            fund=fund,
            source="Ville",
            on=self.first_on,
            ends_on=self.first_on + timedelta(days=LOTS["city"] or 0),
            eligible=self.buyers[:2],
        )
        self.lots = {"city": city, "gifts": self.week.lot}
        self.deposits: list[tuple[str, str, int]] = []
        self.undone: set[str] = set()
        self.closed_until: date | None = None

    def teardown(self) -> None:
        try:
            sealing.seal(limit=1_000_000)
            assert audit().is_clean
            count("all the money")
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    # How things are asked

    @property
    def today(self) -> Any:
        return self.first_on + timedelta(days=self.pots.day)

    @property
    def now(self) -> Any:
        return NOW + timedelta(days=self.pots.day)

    def key(self) -> str:
        self.num_asked += 1
        return f"money{self.num_asked}"

    def ask(self, faults: set[str], service: Any, **asked: Any) -> Any:
        """Ask; it must be done when the pots know no fault, else refused for one."""
        before = statements.balances("")
        done, refused = None, ""
        try:
            with transaction.atomic():
                done = service(**asked)
        except DomainError as refusal:
            refused = refusal.code
        count_answer(f"all the money, {service.__name__}", refused)
        assert refused in (faults or {""})
        assert not refused or statements.balances("") == before
        return done

    def order_of(self, buyer: int) -> Order | None:
        standing = Order.objects.filter(buyer=self.buyers[buyer])
        return standing.exclude(status="cancelled").first()

    # What holds after each step

    @invariant()
    def the_ledger_has_what_the_pots_have(self) -> None:
        hub = self.week.hub.public_id
        books = Counter(statements.balances(""))
        lots = {name: f"fund:{hub}:{lot.public_id}" for name, lot in self.lots.items()}
        found = {name: books[code] for name, code in lots.items()}
        found |= {
            f"buyer{number}": books[f"buyer:{buyer.public_id}"]
            for number, buyer in enumerate(self.buyers)
        }
        found |= {
            "farm": books[f"farm:{self.week.farm.public_id}"],
            "transport": books[f"hub:{hub}:transport"],
            "margin": books[f"hub:{hub}:margin"],
            "bank": books[f"bank:{hub}"],
            "suspense": books[f"suspense:{hub}"],
            "outside": books[f"funder:{hub}"],
        }
        assert found == {name: self.pots.pots[name] for name in found}
        assert sum(books.values()) == 0
        held = sum(
            number for code, number in books.items() if code.startswith("hold:fund:")
        )
        wishes = self.pots.orders.values()
        assert held == sum(wish.held.total() for wish in wishes)

    @invariant()
    def each_lot_knows_what_is_held_of_it(self) -> None:
        for buyer, wish in self.pots.orders.items():
            order = self.order_of(buyer)
            assert order is not None
            left = statements.left_in_hold(order.hold_key) if order.hold_key else []
            mine = {code.rsplit(":", 1)[1]: number for code, number in left if number}
            assert mine == {
                self.lots[name].public_id: number
                for name, number in wish.held.items()
                if number
            }
