"""Products from a hub's own sheet: judged, written, taken back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from hub import selectors as hub_selectors
from hub.core.imports import Action, Verdict, read_lines
from producers import selectors
from producers.core.details import ProductDetails, VariantDetails
from producers.core.sheet import PRODUCT_COLUMNS, PRODUCTS, judge_products
from producers.models import Offer, Product, Variant
from producers.services.catalogue import (
    add_variant,
    create_product,
    edit_product,
    edit_variant,
)
from producers.services.offers import create_offer, edit_offer

if TYPE_CHECKING:
    from hub.models import ImportBatch, Organization

Goods = Product | Variant | Offer
Effect = dict[str, Any]
PACKING = (
    "unit",
    "units_per_case",
    "mass_g",
    "volume_ml",
    "temperature_class",
    "is_organic",
)


def preview_products(batch: ImportBatch, *, today: date) -> list[Verdict]:
    """What each row of a sheet of products would do now."""
    lines = read_lines(PRODUCTS, batch.table, hub_selectors.header_mapping(batch))
    return judge_products(lines, selectors.shelves_of(batch.hub, today))


def write_products(
    batch: ImportBatch, verdicts: Sequence[Verdict], *, today: date
) -> list[list[Effect]]:
    """Do what the preview said, row by row; call it inside a transaction."""
    return [_write(batch.hub, verdict, today) for verdict in verdicts]


def _write(hub: Organization, verdict: Verdict, today: date) -> list[Effect]:
    if verdict.action == Action.CREATE:
        return _add(hub, verdict.after)
    if verdict.action != Action.CHANGE:
        return []
    row = _variant(verdict.target)
    effect: Effect = {
        "table": "variant",
        "id": row.public_id,
        "hub": hub.public_id,
        "before": dict(verdict.before),
        "after": dict(verdict.after),
    }
    made = []
    price_cents = verdict.after.get("price_cents")
    if price_cents is not None and not row.offers.filter(hub=hub).exists():
        offer = create_offer(variant=row, hub=hub, price_cents=price_cents)
        made = [_made("offer", offer.public_id, {"price_cents": price_cents})]
        del effect["after"]["price_cents"], effect["before"]["price_cents"]
    _correct(row, hub, effect["after"], today)
    return [effect, *made]


def _add(hub: Organization, facts: Mapping[str, Any]) -> list[Effect]:
    """A new packing, and its product when this row is the first to name it."""
    farm = hub_selectors.members_of(hub).get(name=facts["farm"], kind="producer")
    effects = []
    product = Product.objects.filter(producer=farm, name_fr=facts["name_fr"]).first()
    if product is None:
        product = create_product(producer=farm, details=_product_details(facts))
        effects.append(_made("product", product.public_id, facts))
    variant = add_variant(
        product=product,
        details=VariantDetails(
            label_fr=facts["label_fr"], **{name: facts[name] for name in PACKING}
        ),
    )
    effects.append(_made("variant", variant.public_id, facts))
    if facts["price_cents"] is not None:
        offer = create_offer(variant=variant, hub=hub, price_cents=facts["price_cents"])
        price = {"price_cents": facts["price_cents"]}
        effects.append(_made("offer", offer.public_id, price))
    return effects


def _made(table: str, public_id: str, after: Mapping[str, Any]) -> Effect:
    return {"table": table, "id": public_id, "before": None, "after": dict(after)}


def _product_details(facts: Mapping[str, Any], description: str = "") -> ProductDetails:
    family = hub_selectors.families().get(code=facts["family"])
    return ProductDetails(
        family_id=family.pk,
        name_fr=facts["name_fr"],
        name_en=facts["name_en"],
        taxability=facts["taxability"],
        description=description,
    )


def _variant(public_id: str) -> Variant:
    rows = Variant.objects.select_related("product__producer", "product__family")
    return rows.get(public_id=public_id)


def _correct(
    row: Variant, hub: Organization, changed: Mapping[str, Any], today: date
) -> None:
    """Write what changed of a packing, of its product and of its usual price."""
    product = row.product
    if set(changed) & set(PRODUCT_COLUMNS):
        told = selectors.product_facts(product) | dict(changed)
        details = _product_details(told, product.description)
        edit_product(product=product, details=details)
    if set(changed) & set(PACKING):
        facts = {name: changed.get(name, getattr(row, name)) for name in PACKING}
        details_of_pack = VariantDetails(
            label_fr=row.label_fr,
            label_en=row.label_en,
            is_seconds=row.is_seconds,
            **facts,
        )
        edit_variant(variant=row, details=details_of_pack, today=today)
    if changed.get("price_cents") is not None:
        offer = row.offers.get(hub=hub)
        edit_offer(
            offer=offer,
            price_cents=changed["price_cents"],
            pooled_offer=offer.pooled_offer,
            today=today,
        )


def row_of_goods(effect: Effect) -> Goods | None:
    """What a row of an import made or changed, if it is still there."""
    match effect["table"]:
        case "product":
            products = Product.objects.select_related("producer", "family")
            return products.filter(public_id=effect["id"]).first()
        case "variant":
            return Variant.objects.filter(public_id=effect["id"]).first()
        case "offer":
            return Offer.objects.filter(public_id=effect["id"]).first()
    return None


def facts_of_goods(row: Goods, hub: Organization) -> dict[str, Any]:
    """A product, a packing or an offer in the words of the sheet."""
    if isinstance(row, Product):
        return selectors.product_facts(row)
    if isinstance(row, Offer):
        return {"price_cents": row.price_cents}
    price = row.offers.filter(hub=hub).values_list("price_cents", flat=True).first()
    return selectors.variant_facts(row, price)


def goods_hanging(
    rows: Sequence[Goods], *, leaving: Mapping[str, Collection[int]]
) -> dict[int, list[str]]:
    """What would stay behind if goods of one table went away; by key."""
    return hub_selectors.what_hangs(rows, leaving=leaving)


def take_back_goods(effect: Effect, *, hub: Organization, today: date) -> None:
    """Remove what a row made, or put back what it changed."""
    row = row_of_goods(effect)
    if row is None:
        return
    if effect["before"] is None:
        row.delete()
        return
    _correct(_variant(row.public_id), hub, effect["before"], today)
