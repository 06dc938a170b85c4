"""`manage.py restore SAVE`: bring a save back into an empty database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config import saves


class Command(BaseCommand):
    """Restore, grant, prove, and say how long each step took."""

    help = "Bring a save back into an empty database and prove its ledger."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder that `backup` named."""
        parser.add_argument("save", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Restore and say how long it took."""
        steps = saves.restore(folder=options["save"])
        told = ", ".join(f"{step} {seconds:.1f} s" for step, seconds in steps.items())
        self.stdout.write(f"Restored in {sum(steps.values()):.1f} s ({told}).")
