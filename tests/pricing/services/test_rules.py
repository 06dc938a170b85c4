"""Prices are set from a day on; agreements follow one another; nothing is half done."""

from datetime import date

import pytest

from pricing import selectors, services
from pricing.core.errors import (
    AgreementBackwards,
    AgreementOverlaps,
    MarginOutOfRange,
    MultiplierOutOfRange,
    NegativePrice,
    NotAMemberOfHub,
    TierNotOpen,
    TierUnknown,
)
from pricing.core.tiers import TierSetting
from pricing.models import MarginRule, PriceTier, TierAgreement, TransportRule
from tests.factories.hub import make_buyer, make_hub

pytestmark = pytest.mark.django_db

SUMMER = date(2026, 7, 1)
FALL = date(2026, 10, 1)


@pytest.fixture
def hub():
    made = make_hub()
    services.start_pricing(hub=made, on=date(2026, 1, 1))
    return made


@pytest.fixture
def group(hub):
    return make_buyer(hub=hub)


def tier(hub, code="solidaire"):
    return PriceTier.objects.get(hub=hub, code=code)


def agreed(group):
    return list(
        TierAgreement.objects.filter(buyer=group)
        .order_by("starts_on")
        .values_list("tier__code", "starts_on", "ends_on")
    )


def test_a_start_gives_three_tiers_and_a_markup_and_leaves_what_is_set(hub):
    services.set_margin(
        hub=hub, basis="commission_on_price", rate_bps=2_200, starts_on=SUMMER
    )

    services.start_pricing(hub=hub, on=FALL)

    margins = MarginRule.objects.filter(hub=hub).values_list("rate_bps", "starts_on")
    assert list(margins) == [(2_200, SUMMER), (1_500, date(2026, 1, 1))]
    assert PriceTier.objects.filter(hub=hub).count() == 3


def test_a_margin_of_the_same_day_replaces_the_figure(hub):
    for rate_bps in (1_800, 1_900):
        services.set_margin(
            hub=hub, basis="markup_on_cost", rate_bps=rate_bps, starts_on=SUMMER
        )

    set_then = MarginRule.objects.filter(hub=hub, starts_on=SUMMER)
    assert [rule.rate_bps for rule in set_then] == [1_900]


@pytest.mark.parametrize(
    ("basis", "rate_bps"),
    [
        ("markup_on_cost", -1),
        ("markup_on_cost", 10_000),
        ("commission_on_price", 10_000),
    ],
)
def test_a_margin_under_zero_or_of_the_whole_price_is_refused(hub, basis, rate_bps):
    with pytest.raises(MarginOutOfRange):
        services.set_margin(hub=hub, basis=basis, rate_bps=rate_bps, starts_on=SUMMER)

    assert MarginRule.objects.filter(hub=hub).count() == 1


def test_a_transport_part_holds_from_its_day_on_and_not_before(hub):
    for cents, day in [(10, date(2026, 1, 1)), (16, SUMMER)]:
        services.set_transport_table(
            hub=hub, cents_per_kg={"chilled": cents}, starts_on=day
        )

    books = [
        selectors.terms_book(hub_id=hub.pk, on=day)
        for day in (date(2026, 6, 30), SUMMER)
    ]
    assert [book.transport_cents_per_kg for book in books] == [
        {"chilled": 10},
        {"chilled": 16},
    ]


def test_a_negative_transport_part_sets_none_of_the_table(hub):
    with pytest.raises(NegativePrice):
        services.set_transport_table(
            hub=hub, cents_per_kg={"frozen": 20, "chilled": -1}, starts_on=SUMMER
        )

    assert TransportRule.objects.filter(hub=hub).count() == 0


def test_a_tier_above_twice_the_price_cannot_even_be_asked_for():
    with pytest.raises(MultiplierOutOfRange):
        TierSetting(code="soutien", multiplier_bps=20_001, needs_agreement=False)


def test_a_new_agreement_ends_the_earlier_one_the_day_before(hub, group):
    services.agree_tier(tier=tier(hub), buyer=group, starts_on=SUMMER)

    services.agree_tier(tier=tier(hub, "soutien"), buyer=group, starts_on=FALL)

    assert agreed(group) == [
        ("solidaire", SUMMER, date(2026, 9, 30)),
        ("soutien", FALL, None),
    ]


def test_an_agreement_that_would_run_into_a_later_one_is_refused(hub, group):
    services.agree_tier(tier=tier(hub), buyer=group, starts_on=FALL)

    with pytest.raises(AgreementOverlaps) as refusal:
        services.agree_tier(tier=tier(hub, "soutien"), buyer=group, starts_on=SUMMER)

    assert refusal.value.data == {"starts_on": "2026-10-01"}
    assert agreed(group) == [("solidaire", FALL, None)]


def test_an_agreement_that_stops_before_a_later_one_is_granted(hub, group):
    services.agree_tier(tier=tier(hub), buyer=group, starts_on=FALL)

    services.agree_tier(
        tier=tier(hub, "soutien"),
        buyer=group,
        starts_on=SUMMER,
        ends_on=date(2026, 9, 30),
    )

    assert agreed(group) == [
        ("soutien", SUMMER, date(2026, 9, 30)),
        ("solidaire", FALL, None),
    ]


def test_an_agreement_that_ends_before_it_begins_is_refused(hub, group):
    with pytest.raises(AgreementBackwards):
        services.agree_tier(tier=tier(hub), buyer=group, starts_on=FALL, ends_on=SUMMER)

    assert agreed(group) == []


def test_a_buyer_of_another_hub_is_refused(hub):
    stranger = make_buyer()

    with pytest.raises(NotAMemberOfHub):
        services.agree_tier(tier=tier(hub), buyer=stranger, starts_on=SUMMER)

    assert agreed(stranger) == []


def test_an_agreement_that_ends_leaves_its_days_and_one_to_come_is_withdrawn(
    hub, group
):
    running = services.agree_tier(
        tier=tier(hub), buyer=group, starts_on=SUMMER, ends_on=date(2026, 9, 30)
    )
    to_come = services.agree_tier(tier=tier(hub), buyer=group, starts_on=FALL)

    for agreement in (running, to_come):
        services.end_agreement(agreement=agreement, ends_on=date(2026, 7, 15))

    assert agreed(group) == [("solidaire", SUMMER, date(2026, 7, 15))]


def test_a_tier_by_agreement_opens_on_the_days_of_the_agreement_only(hub, group):
    services.set_tiers(
        hub=hub,
        starts_on=SUMMER,
        settings=[
            TierSetting(code="solidaire", multiplier_bps=8_000, needs_agreement=True)
        ],
    )
    services.agree_tier(tier=tier(hub), buyer=group, starts_on=SUMMER, ends_on=FALL)

    open_on = [
        day
        for day in (date(2026, 6, 30), SUMMER, FALL, date(2026, 10, 2))
        if "solidaire"
        in {
            open_tier.code
            for open_tier in selectors.tiers_open_to(
                hub_id=hub.pk, buyer_id=group.pk, on=day
            )
        }
    ]

    assert open_on == [SUMMER, FALL]


def test_one_query_reads_what_tiers_and_rules_say_apart(
    hub, group, django_assert_num_queries
):
    services.set_tiers(
        hub=hub,
        starts_on=SUMMER,
        settings=[
            TierSetting(code="solidaire", multiplier_bps=8_000, needs_agreement=True),
            TierSetting(code="soutien", multiplier_bps=11_500, needs_agreement=True),
        ],
    )
    services.agree_tier(tier=tier(hub), buyer=group, starts_on=SUMMER)
    services.set_transport(
        hub=hub, temperature_class="frozen", cents_per_kg=40, starts_on=SUMMER
    )
    asked = {"hub_id": hub.pk, "on": FALL}

    with django_assert_num_queries(1):
        terms = selectors.terms_for(buyer_id=group.pk, **asked)

    assert [(each.tier.code, each.is_open) for each in terms.choices] == [
        ("solidaire", True),
        ("juste_prix", True),
        ("soutien", False),
    ]
    assert terms.book() == selectors.terms_book(**asked)
    assert terms.book().transport_cents_per_kg["frozen"] == 40


def test_a_tier_that_is_not_open_or_not_there_is_refused(hub, group):
    services.set_tiers(
        hub=hub,
        starts_on=SUMMER,
        settings=[
            TierSetting(code="solidaire", multiplier_bps=8_000, needs_agreement=True)
        ],
    )
    terms = selectors.terms_for(hub_id=hub.pk, buyer_id=group.pk, on=FALL)

    terms.require_tier("juste_prix")
    with pytest.raises(TierNotOpen):
        terms.require_tier("solidaire")
    with pytest.raises(TierUnknown):
        terms.require_tier("gratuit")
