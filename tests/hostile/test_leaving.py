"""What leaves the house stays text: mails, papers, names of files."""

import pytest

from hub.core.letters import Kind
from hub.exchange.sheet import Part, Sheet, pdf
from hub.notices import compose
from tests.hostile.payloads import PAYLOADS

TYPST = (
    '#panic("ran")',
    '#read("/etc/passwd")',
    '#import "@preview/x:0.1.0": *',
    "$ #panic() $",
    "]#panic()[",
    '")) #panic() ((("',
    "*a* _b_ `c` <d> @e = f",
)


def test_a_name_is_no_command_of_a_paper() -> None:
    for text in (*TYPST, *PAYLOADS):
        part = Part(heading=text, columns=(text,), rows=((text,),), notes=(text,))

        made = pdf([Sheet(title=text, about=(text,), parts=(part,), blanks=(text,))])

        assert made.startswith(b"%PDF-")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_notice_is_plain_text_with_the_very_words(payload: str) -> None:
    letter = compose(
        kind=Kind.STATEMENT_READY,
        data={"service_on": "2026-06-18", "total_cents": 1_000, "hub": payload},
        hub_name=f"{payload}\r\nBcc: x@x.test",
        language="fr-ca",
    )

    assert payload in letter.body
    assert "\n" not in letter.subject
