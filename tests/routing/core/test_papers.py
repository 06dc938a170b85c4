"""Papers on a day, by hand."""

from datetime import date

import pytest

from routing.core.papers import PaperFault, by_urgency, faults_of, scan_kind

THURSDAY, FRIDAY = date(2026, 6, 18), date(2026, 6, 19)
ASKED = ("insurance", "registration")


def test_a_paper_holds_until_the_end_of_its_last_day():
    ends = {"insurance": THURSDAY, "registration": FRIDAY}

    assert faults_of("Frigo", ASKED, ends, THURSDAY) == []


def test_what_ended_or_is_missing_is_named():
    faults = faults_of("Frigo", ASKED, {"insurance": THURSDAY}, FRIDAY)

    assert faults == [
        PaperFault(
            code="expired", paper="insurance", holder="Frigo", expires_on=THURSDAY
        ),
        PaperFault(code="missing", paper="registration", holder="Frigo"),
    ]


@pytest.mark.parametrize(
    ("ends_on", "codes"), [(date(2026, 7, 18), ["ending"]), (date(2026, 7, 19), [])]
)
def test_a_paper_that_ends_within_the_warning_is_named(ends_on, codes):
    faults = faults_of(
        "Dan",
        ("licence",),
        {"licence": ends_on},
        THURSDAY,
        warn_until=date(2026, 7, 18),
    )

    assert [fault.code for fault in faults] == codes


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\x89PNG\r\n\x1a\n....", "png"),
        (b"\xff\xd8\xff\xe0", "jpg"),
        (b"<html>", ""),
        (b"", ""),
    ],
)
def test_a_scan_is_what_its_first_bytes_say(head, kind):
    assert scan_kind(head) == kind


def test_what_is_over_comes_first_and_what_ends_soon_last():
    faults = [
        PaperFault(code=code, paper="insurance", holder=code, expires_on=expires_on)
        for code, expires_on in [
            ("ending", FRIDAY),
            ("missing", None),
            ("expired", THURSDAY),
        ]
    ]

    found = [fault.code for fault in by_urgency(faults)]

    assert found == ["expired", "missing", "ending"]
