"""Going back through the API: what it changes and for whom is read first, then done.

A preview is refused as the act would be, with the same code. Want of money is no
refusal of a preview but one of its fields: the figures are what somebody needs then.
"""

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Schema

from hub.api import Day, Door, Id, Moment, PublicId, Sent, caller_of, effect_key
from hub.core.scopes import Scope
from orders import services as order_services
from routing import selectors, services
from routing.api.shapes import COORDINATION, PlanOut, plan_run_by
from routing.core.errors import DayNotSettled
from routing.selectors import Telling

router = Door(tags=["going back"])
ONE_DAY = timedelta(days=1)
Reason = Annotated[
    str,
    Field(
        min_length=1,
        max_length=200,
        pattern=r"^[^\x00]*\S[^\x00]*$",
        description="Everybody who is told reads it, in these words.",
    ),
]


class ToldOut(Schema):
    """Somebody who would be told."""

    kind: str = Field(description="Which notice, such as `cycle_reopened`.")
    organization_id: PublicId | None = Field(description="Null for a driver.")
    name: str = Field(description="The organization, or the truck that is driven.")
    num_people: int = Field(description="Zero: nobody has an account, call them.")


class LackingOut(Schema):
    """Goods that are promised to others since the close."""

    item: str
    units: int


class OrderAgainOut(Schema):
    """An order as the close left it, and as it would be again, before taxes."""

    order_id: PublicId = Field(alias="order.public_id")
    buyer_id: PublicId = Field(alias="order.buyer.public_id")
    buyer: str = Field(alias="order.buyer.name")
    allocated_cents: int
    ordered_cents: int
    lacking: list[LackingOut] = Field(description="Not promised again.")

    @staticmethod
    def resolve_lacking(row: Any) -> list[dict[str, Any]]:
        return [{"item": item, "units": units} for item, units in row.lacking]


class OutdatedOut(Schema):
    """A plan that would be out of date."""

    plan_id: PublicId = Field(alias="public_id")
    pool: str = Field(alias="pool.name")
    service_on: date
    status: str


class FundAgainOut(Schema):
    """What the solidarity fund would hold again for the orders of a cycle."""

    free_cents: int = Field(description="Held for nobody now.")
    held_cents: int = Field(description="Held for these orders now.")
    needed_cents: int = Field(description="Held for them once the cycle is open again.")
    missing_cents: int = Field(
        description="What is lacking of it: spent, ended, or meant for others."
    )
    free_after_cents: int = Field(description="Left for others, were it not refused.")


class EnvelopeAgainOut(Schema):
    """What an envelope would hold again for the orders of a cycle."""

    programme: str = Field(alias="envelope.programme.name")
    buyer_id: PublicId = Field(alias="envelope.group.public_id")
    held_cents: int = Field(description="Held for these orders now.")
    needed_cents: int = Field(description="Held for them before the close.")
    missing_cents: int = Field(description="No longer there: the buyer would owe it.")


class MoneyAgainOut(Schema):
    """The money that a reopening takes."""

    fund: FundAgainOut | None = Field(description="Null: it pays for none of them.")
    envelopes: list[EnvelopeAgainOut]
    refusal_code: str | None = Field(
        description="With which code the reopening would be refused for want of money: "
        "`fund_too_low`, `not_enough_money` (an envelope); null, it would not."
    )


class CycleReopeningPreview(Schema):
    """What opening a cycle again would change."""

    cycle_id: PublicId
    closes_at: datetime
    orders: list[OrderAgainOut]
    money: MoneyAgainOut
    outdated_plans: list[OutdatedOut]
    told: list[ToldOut]


class CycleReopeningIn(Sent):
    """Until when orders pass again, and why."""

    closes_at: Moment
    reason: Reason


class CycleReopeningOut(Schema):
    """A close that was undone."""

    cycle_id: PublicId
    closes_at: datetime
    reopened_at: datetime
    reason: str
    num_orders: int
    lacking_units: int = Field(description="Units promised to others since.")
    missing_cents: int = Field(description="What envelopes no longer have for it.")


class WayBackIn(Sent):
    """Why something is taken back."""

    reason: Reason


class WithdrawalPreview(Schema):
    """What withdrawing a published plan would change."""

    plan_id: PublicId
    service_on: date
    was_dispatched: bool = Field(description="Its trucks would be called back.")
    num_routes: int = Field(description="Trucks and drivers that would be free.")
    told: list[ToldOut]


class DayLineOut(Schema):
    """What the day credits to one organization, as settled and as counted now."""

    organization_id: PublicId = Field(alias="organization.public_id")
    organization: str = Field(alias="organization.name")
    is_carrier: bool = Field(description="The pay of its trucks; else transport back.")
    settled_cents: int
    counted_cents: int


class DayReopeningPreview(Schema):
    """What reopening a settled day would change."""

    pool_id: PublicId
    service_on: date
    reversed_cents: int = Field(description="The cost that was shared.")
    lines: list[DayLineOut]
    told: list[ToldOut]


class DayReopenedOut(Schema):
    """A settlement that was taken back; `settle` settles the day anew."""

    settlement_id: PublicId
    pool_id: PublicId
    service_on: date
    reversed_cents: int
    reopened_at: datetime
    reason: str


@router.read(
    "/cycles/{cycle_id}/reopening",
    scope=Scope.ORDERS_READ,
    roles=COORDINATION,
    out=CycleReopeningPreview,
)
def preview_cycle_reopening(
    request: HttpRequest,
    cycle_id: Id,
    closes_at: Annotated[Moment | None, Query()] = None,
) -> dict[str, Any]:
    """What opening a closed cycle again would change, and whom it concerns.

    `closes_at` is the new hour, in a day unless told. Refused as the act is, but for
    want of money, which `money` tells with its figures.
    """
    seen = selectors.cycles_run_by(caller_of(request).person)
    cycle = get_object_or_404(seen, public_id=cycle_id)
    now = timezone.now()
    until = closes_at or now + ONE_DAY
    services.require_reopenable(cycle=cycle, closes_at=until, now=now)
    before = order_services.before_reopening(cycle, on=timezone.localdate(now))
    tellings = selectors.reopening_tellings(
        cycle, farms=before.farms, buyers=before.buyers, closes_at=until, reason=""
    )
    return {
        "cycle_id": cycle.public_id,
        "closes_at": until,
        "orders": before.orders,
        "money": before.money,
        "outdated_plans": selectors.plans_outdated_by(cycle),
        "told": _told(tellings),
    }


@router.act(
    "/cycles/{cycle_id}/reopen",
    scope=Scope.CYCLES_WRITE,
    roles=COORDINATION,
    out=CycleReopeningOut,
)
def reopen_cycle(
    request: HttpRequest, cycle_id: Id, asked: CycleReopeningIn
) -> CycleReopeningOut:
    """Undo the close of a cycle and let orders pass again; farms and buyers are told.

    Refused, with nothing done, as `cycle_not_closed`, `cycle_has_dispatched_route`,
    `goods_under_way`, `cycle_past`, `cycle_out_of_order`, `fund_too_low` or
    `not_enough_money`.
    """
    person = caller_of(request).person
    seen = selectors.cycles_run_by(person)
    cycle = get_object_or_404(seen, public_id=cycle_id)
    ask = order_services.Reopening(
        closes_at=asked.closes_at, reason=asked.reason, by=person, now=timezone.now()
    )
    done = services.reopen_cycle(cycle=cycle, ask=ask, key=effect_key(request))
    return CycleReopeningOut(
        cycle_id=cycle.public_id,
        closes_at=done.closes_at,
        reopened_at=done.reopened_at,
        reason=done.reason,
        num_orders=done.summary["orders"],
        lacking_units=done.summary["lacking_units"],
        missing_cents=done.summary["missing_cents"],
    )


@router.read(
    "/plans/{plan_id}/withdrawal",
    scope=Scope.PLANS_READ,
    roles=COORDINATION,
    out=WithdrawalPreview,
)
def preview_plan_withdrawal(request: HttpRequest, plan_id: Id) -> dict[str, Any]:
    """Whom withdrawing a published plan would concern; refused as the act is."""
    plan = plan_run_by(request, plan_id)
    services.require_withdrawable(plan)
    return {
        "plan_id": plan.public_id,
        "service_on": plan.service_on,
        "was_dispatched": plan.dispatched_at is not None,
        "num_routes": plan.routes.count(),
        "told": _told(selectors.withdrawal_tellings(plan, "")),
    }


@router.act(
    "/plans/{plan_id}/withdraw",
    scope=Scope.PLANS_WRITE,
    roles=COORDINATION,
    out=PlanOut,
)
def withdraw_plan(request: HttpRequest, plan_id: Id, asked: WayBackIn) -> PlanOut:
    """Let a published plan be a proposal again; trucks that were sent are called back.

    Refused, with nothing done, as `plan_not_published`, `plan_begun` or
    `another_version_open`.
    """
    plan = plan_run_by(request, plan_id)
    services.withdraw_plan(plan=plan, ask=_ask(request, asked), key=effect_key(request))
    return PlanOut.from_orm(plan_run_by(request, plan_id))


@router.read(
    "/pools/{pool_id}/days/{service_on}/reopening",
    scope=Scope.STATEMENTS_READ,
    roles=COORDINATION,
    out=DayReopeningPreview,
)
def preview_day_reopening(
    request: HttpRequest, pool_id: Id, service_on: Day
) -> dict[str, Any]:
    """What a settled day credits to whom, and what it would if it were settled now.

    Refused as the act is.
    """
    person = caller_of(request).person
    pool = get_object_or_404(selectors.pools_run_by(person), public_id=pool_id)
    settled = selectors.settlement_of(pool, service_on)
    if settled is None:
        raise DayNotSettled(pool=pool.name, on=service_on)
    told = services.tellings_of_day(pool, settled, "", person=person)
    return {
        "pool_id": pool.public_id,
        "service_on": service_on,
        "reversed_cents": settled.cost_cents,
        "lines": services.look_at_day(pool, service_on, person=person),
        "told": _told(told),
    }


@router.act(
    "/pools/{pool_id}/days/{service_on}/reopen",
    scope=Scope.BILLING_WRITE,
    roles=COORDINATION,
    out=DayReopenedOut,
    counts=True,
)
def reopen_day(
    request: HttpRequest, pool_id: Id, service_on: Day, asked: WayBackIn
) -> DayReopenedOut:
    """Reverse all that the settlement of a day posted; it can be settled anew.

    Refused, with nothing done, as `day_not_settled`.
    """
    person = caller_of(request).person
    pool = get_object_or_404(selectors.pools_run_by(person), public_id=pool_id)
    ask = _ask(request, asked)
    done = services.reopen_day(
        pool=pool, service_on=service_on, ask=ask, key=effect_key(request)
    )
    return DayReopenedOut(
        settlement_id=done.public_id,
        pool_id=pool.public_id,
        service_on=done.service_on,
        reversed_cents=done.cost_cents,
        reopened_at=ask.now,
        reason=done.withdrawn_reason,
    )


def _ask(request: HttpRequest, asked: WayBackIn) -> services.WayBack:
    return services.WayBack(
        reason=asked.reason, by=caller_of(request).person, now=timezone.now()
    )


def _told(tellings: list[Telling]) -> list[dict[str, Any]]:
    return [
        {
            "kind": telling.kind.value,
            "organization_id": telling.organization.public_id
            if telling.organization
            else None,
            "name": telling.organization.name
            if telling.organization
            else telling.data["vehicle"],
            "num_people": len(readers),
        }
        for telling, readers in selectors.with_readers(tellings)
    ]
