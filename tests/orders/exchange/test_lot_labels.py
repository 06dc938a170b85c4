"""What stands on a crate, and in its code."""

import re
from dataclasses import replace
from datetime import date

import pytest

from orders.exchange.lot_labels import LotLabel, pdf

LABEL = LotLabel(
    lot="C-12",
    product="Carottes",
    packing="caisse de 10 kg",
    farm="Ferme du Rang",
    service_on=date(2026, 6, 18),
    temperature_class="chilled",
    drop_point="Quai Nord",
    buyer="Cuisine",
    num_crates=11,
)


def test_the_code_says_lot_farm_product_day_and_class():
    assert LABEL.code.split("\n") == [
        "C-12",
        "Ferme du Rang",
        "Carottes, caisse de 10 kg",
        "2026-06-18",
        "chilled",
    ]


def test_goods_without_a_lot_have_a_label_too():
    assert replace(LABEL, lot="").code.split("\n")[0] == "-"


@pytest.mark.parametrize(("num_crates", "num_pages"), [(10, 1), (11, 2)])
def test_ten_labels_stand_on_a_page(num_crates, num_pages):
    made = pdf([replace(LABEL, num_crates=num_crates)])

    assert re.findall(rb"/Count (\d+)", made) == [b"%d" % num_pages]
