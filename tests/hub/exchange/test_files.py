"""Tables as files: what a spreadsheet reads in each language and in each type."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from hub.core.errors import TableTooLong
from hub.exchange import files
from hub.exchange.files import sheet_name, written
from hub.exchange.table import Table, column

TABLE = Table(
    name="proof",
    title="Proof",
    columns=(
        column("Name", "who.name"),
        column("Price", "cents", "cents"),
        column("Mass", "mass_g", "grams"),
        column("Rate", "rate", "basis_points"),
        column("Opens", "start_s", "clock"),
        column("Day", "on", "day"),
        column("At", "at", "moment"),
        column("Sold", "units", "count"),
        column("Organic", "organic", "yes"),
        column("Farms", "farms"),
    ),
)
ROW = SimpleNamespace(
    who={"name": 'Ferme "Blé; d’Or", été'},
    cents=-123_456_789,
    mass_g=1_250,
    rate=1_525,
    start_s=30_600,
    on=date(2026, 6, 18),
    at=datetime(2026, 6, 18, 18, 5, 59, tzinfo=UTC),
    units=1_200,
    organic=True,
    farms=("A", "B"),
)
NOTHING = SimpleNamespace(
    **dict.fromkeys(("cents", "mass_g", "rate", "start_s", "on", "at", "units")),
    who=None,
    organic=None,
    farms=(),
)


def test_a_french_csv_has_semicolons_and_decimal_commas():
    with override("fr-ca"):
        text = written(TABLE, [ROW, NOTHING], "csv").decode()

    assert (
        text
        == (
            "\ufeffName;Price ($);Mass (kg);Rate (%);Opens (h);Day;At;Sold;Organic;"
            "Farms\r\n"
            '"Ferme ""Blé; d’Or"", été";-1234567,89;1,250;15,25;8:30;2026-06-18;'
            "2026-06-18 14:05;1200;oui;A; B\r\n"
        ).replace("A; B", '"A; B"')
        + ";" * 9
        + "\r\n"
    )


def test_an_english_csv_has_commas_and_points():
    with override("en"):
        text = written(TABLE, [ROW], "csv").decode()

    assert text.splitlines()[1] == (
        '"Ferme ""Blé; d’Or"", été",-1234567.89,1.250,15.25,8:30,2026-06-18,'
        "2026-06-18 14:05,1200,yes,A; B"
    )


def test_cells_of_an_xlsx_have_types():
    with override("en"):
        made = written(TABLE, [ROW, NOTHING], "xlsx")

    sheet = CalamineWorkbook.from_filelike(BytesIO(made)).get_sheet_by_index(0)
    assert sheet.to_python()[1:] == [
        [
            'Ferme "Blé; d’Or", été',
            -1_234_567.89,
            1.25,
            15.25,
            timedelta(hours=8, minutes=30),
            date(2026, 6, 18),
            datetime(2026, 6, 18, 14, 5),  # noqa: DTZ001 - a sheet knows no zone
            1_200.0,
            "yes",
            "A; B",
        ],
        [""] * len(TABLE.columns),
    ]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ce que paie chaque pôle", "Ce que paie chaque pôle"),
        ("Prix/kg : [tous]", "Prix kg    tous"),
        (
            "Totaux par palier de prix et par organisme",
            "Totaux par palier de prix et pa",
        ),
    ],
)
def test_a_sheet_of_a_workbook_has_the_name_of_its_table(title, name):
    assert sheet_name(title) == name


def test_more_rows_than_a_file_may_hold_are_refused(monkeypatch):
    monkeypatch.setattr(files, "MOST_ROWS", 2)

    assert written(TABLE, [ROW] * 2, "csv").count(b"\r\n") == 3
    with pytest.raises(TableTooLong) as refused:
        written(TABLE, [ROW] * 3, "csv")
    assert refused.value.data == {"most": 2}
