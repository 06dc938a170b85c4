"""Default orders: agreed to beforehand, placed at a close for a buyer that forgot.

They go through `place_order` like any other, at the hour when no other order passes
any more, so that nobody gets two. What cannot be had whole is ordered as far as there
is, and told; what cannot be ordered at all is told with its reason.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext, override

from hub.core.errors import DomainError
from hub.core.letters import Kind
from hub.core.trail import Kind as Kinds
from hub.services import notices
from orders import selectors
from orders.core.errors import OrderEmpty
from orders.core.states import require_transition
from orders.models import DefaultOrder, Order, OrderLine
from orders.services import trails
from orders.services.placing import Change, place_order

if TYPE_CHECKING:
    from hub.models import Cycle, Organization, Person

Title = dict[str, str]


@transaction.atomic
def agree_to_default(*, order: Order, by: "Person", now: datetime) -> DefaultOrder:
    """Agree that an order is placed again in cycles where its buyer orders nothing.

    It takes the place of the one agreed to before. Raises TransitionRefused for an
    order that is not confirmed.
    """
    order = Order.objects.select_for_update().get(pk=order.pk)
    if order.status != Order.Status.ALLOCATED:
        require_transition(order.status, Order.Status.ALLOCATED)
    kept, _is_new = DefaultOrder.objects.update_or_create(
        buyer_id=order.buyer_id,
        defaults={"order": order, "agreed_by": by, "agreed_at": now},
    )
    after = trails.said(order, selectors.lines_of(order))
    trails.leave(Kinds.DEFAULT_AGREED, order, after=after, by=by)
    return kept


@transaction.atomic
def stop_default(*, buyer: "Organization") -> None:
    """Take the agreement back: nothing more is ordered for this buyer by itself."""
    standing = DefaultOrder.objects.select_related(
        "order__buyer", "order__cycle", "order__drop_point"
    )
    for agreed in standing.filter(buyer=buyer):
        agreed.delete()
        trails.leave(Kinds.DEFAULT_STOPPED, agreed.order)


def place_due(*, cycle: "Cycle", now: datetime) -> None:
    """Place the default orders of a closing cycle's buyers that ordered nothing.

    Each in a transaction of its own, once however often the close is asked for.
    """
    if cycle.status != cycle.Status.CLOSING:
        return
    for pk in selectors.defaults_due(cycle).values_list("pk", flat=True):
        _place(pk, cycle, now)


@transaction.atomic
def _place(pk: int, cycle: "Cycle", now: datetime) -> None:
    """Place one default order, unless another press of the close just did."""
    row = DefaultOrder.objects.select_for_update().filter(pk=pk).first()
    if row is None or not selectors.defaults_due(cycle).filter(pk=pk).exists():
        return
    model = Order.objects.select_related("buyer", "drop_point", "envelope").get(
        pk=row.order_id
    )
    lines = list(selectors.lines_of(model))
    wanted = {line.item_public_id for line in lines}
    left = {item.public_id: item.left for item in selectors.rows_of(cycle, wanted)}
    wants = {
        line.item_public_id: min(line.ordered, left.get(line.item_public_id, 0))
        for line in lines
    }
    facts: dict[str, Any] = {
        "cycle": cycle.name,
        "service_on": cycle.service_on.isoformat(),
        "drop_point": model.drop_point.name,
        "total_cents": 0,
        "items": [],
        "missing": [
            {
                "title": _title(line),
                "asked": line.ordered,
                "given": wants[line.item_public_id],
            }
            for line in lines
            if wants[line.item_public_id] < line.ordered
        ],
        "refusal": None,
    }
    try:
        with transaction.atomic():
            order = _order(model, row, cycle, wants, now)
    except DomainError as refusal:
        facts["refusal"] = _in_both_languages(refusal)
    else:
        placed = list(selectors.lines_of(order))
        facts["items"] = [{"title": _title(ln), "units": ln.ordered} for ln in placed]
        facts["total_cents"] = sum(line.buyer_cents for line in placed)
    notices.leave(
        kind=Kind.DEFAULT_ORDER,
        key=f"default-order:{selectors.name_of_close(cycle)}:{model.buyer.public_id}",
        data=facts,
        hub=cycle.hub,
        organization=model.buyer,
    )


def _order(
    model: Order,
    row: DefaultOrder,
    cycle: "Cycle",
    wants: Mapping[str, int],
    now: datetime,
) -> Order:
    """The order itself. Raises OrderEmpty, and whatever `place_order` refuses."""
    asked = {public_id: units for public_id, units in wants.items() if units}
    if not asked:
        raise OrderEmpty
    order = place_order(
        cycle=cycle,
        buyer=model.buyer,
        drop_point=model.drop_point,
        change=Change(
            wants=asked,
            tier_code=model.tier_code,
            by=row.agreed_by,
            now=now,
            note=model.note,
            envelope=model.envelope,
            envelope_cents=model.envelope_cents,
            at_close=True,
        ),
        key=f"default:{cycle.public_id}:{model.buyer.public_id}",
    )
    order.is_default = True
    order.num_households = model.num_households
    order.save(update_fields=["is_default", "num_households"])
    return order


def _title(line: OrderLine) -> Title:
    titles = {}
    for name, language in (("fr", "fr-ca"), ("en", "en")):
        with override(language):
            titles[name] = str(line.offer or line.pooled_offer)
    return titles


def _in_both_languages(refusal: DomainError) -> Title:
    sentences = {}
    for name, language in (("fr", "fr-ca"), ("en", "en")):
        with override(language):
            sentences[name] = gettext(refusal.sentence) % refusal.data
    return sentences
