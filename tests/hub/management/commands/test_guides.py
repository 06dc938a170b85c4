"""Every guide is written as a file to print."""

from pathlib import Path

from django.core.management import call_command

from hub.exchange.guide_paper import pdf
from hub.exchange.guides import NAMES


def test_every_guide_is_written_in_both_languages(tmp_path: Path) -> None:
    call_command("guides", tmp_path / "new")

    written = {
        path.relative_to(tmp_path / "new").as_posix(): path.read_bytes()
        for path in tmp_path.rglob("*.pdf")
    }
    assert written == {
        f"{language}/{name}.pdf": pdf(name, language)
        for language in ("fr", "en")
        for name in NAMES
    }
