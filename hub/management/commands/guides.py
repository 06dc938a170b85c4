"""`manage.py guides FOLDER`: every guide as a file to print, one folder a language."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from hub.exchange.guide_paper import pdf
from hub.exchange.guides import NAMES


class Command(BaseCommand):
    """Write the guides as PDF, those of a folder from before written over."""

    help = "Write every guide as a PDF, in French and in English, below a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask where."""
        parser.add_argument("folder", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write one file for each guide and language, and say how many."""
        paths = [
            options["folder"] / language / f"{name}.pdf"
            for language in ("fr", "en")
            for name in NAMES
        ]
        for path in paths:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(pdf(path.stem, path.parent.name))
        self.stdout.write(f"{len(paths)} guides are in {options['folder']}.")
