"""`manage.py ledger_export`: the sealed ledger in a file that an outsider can prove."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from hub.ledger.export import lines


class Command(BaseCommand):
    """Write the export, or nothing: a file that exists already is kept."""

    help = "Write the sealed ledger and its daily roots; proved by verify.py."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask where to."""
        parser.add_argument("file", type=Path, help="a new file of JSON lines")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write line by line."""
        num_lines = 0
        with options["file"].open("x", encoding="utf-8") as file:
            for line in lines():
                file.write(line)
                num_lines += 1
        self.stdout.write(f"{num_lines} lines in {options['file']}")
