"""`manage.py backup FOLDER`: save the database and the files, keep the newest saves."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config import saves


class Command(BaseCommand):
    """One more save; see `config.saves` for what it holds."""

    help = "Save the database and the files into a new folder; needs the owner role."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where, and how many to keep."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--keep", type=int, default=30)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Save and say where."""
        if options["keep"] < 1:
            raise CommandError("Keep one save at least.")
        began = time.monotonic()
        made = saves.save(
            folder=options["folder"], keep=options["keep"], now=timezone.now()
        )
        size = sum(path.stat().st_size for path in made.iterdir())
        took_s = time.monotonic() - began
        self.stdout.write(f"{made} ({size / 1e6:.1f} MB, {took_s:.1f} s)")
