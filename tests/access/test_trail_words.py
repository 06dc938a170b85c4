"""The journal says every code of every floor in words, in both languages."""

import pytest
from django.utils.translation import override

from hub.core.trail import Kind
from hub.core.trail_facts import CODES
from hub.models import Trace, WebhookEndpoint
from hub.models.organization import Flow
from hub.sentences import trace_changes, trace_sentence
from orders.models import CloseRule, Shipment
from pricing.core.tiers import DEFAULT_TIERS
from pricing.models import MarginRule
from routing.models import SettlementRule

CHOSEN = {
    "basis": MarginRule.Basis,
    "decision": Shipment.Decision,
    "difference": SettlementRule.Difference,
    "flow": Flow,
    "payer": SettlementRule.Payer,
    "policy": SettlementRule.Policy,
    "rule": CloseRule.Minimum,
    "status": WebhookEndpoint.Status,
}
"""Where the floors keep the codes that their services hand to the trail."""


@pytest.mark.parametrize("name", sorted(CHOSEN))
def test_a_code_is_said_as_on_the_page_where_it_was_chosen(name: str) -> None:
    with override("en"):
        words = {code: str(label) for code, label in CHOSEN[name].choices}

    assert CODES[name] == words


def test_a_tier_is_said_as_on_the_page_of_prices() -> None:
    assert CODES["tier"] == {tier.code: tier.label for tier in DEFAULT_TIERS}


@pytest.mark.parametrize("language", ["en", "fr-ca"])
def test_no_code_is_left_in_a_sentence_of_the_journal(language: str) -> None:
    with override(language):
        said = {
            (name, code): trace_changes(Trace(before={}, after={name: code}))
            for name, codes in CODES.items()
            for code in codes
        }
        sentence = trace_sentence(Trace(kind=Kind.TIER_SET, subject="juste_prix"))

    assert [key for key, ((_n, _b, word),) in said.items() if word == key[1]] == []
    assert "juste_prix" not in sentence


def test_several_codes_are_each_said() -> None:
    trace = Trace(before={}, after={"scopes": ["orders:read", "routes:read"]})

    with override("fr-ca"):
        ((_name, _before, said),) = trace_changes(trace)

    assert said == "Lire les commandes, Lire les tournées"
