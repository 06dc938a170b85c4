"""`manage.py ledger_verify`: prove an export, as `python verify.py` does anywhere."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from hub.ledger.verify import main


class Command(BaseCommand):
    """The verifier for those who have Charroi; it asks no database."""

    help = "Prove an exported ledger; ends with 1 at the first fault."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """A file, and roots that were printed."""
        parser.add_argument("file", help="what ledger_export wrote")
        parser.add_argument(
            "roots", nargs="*", help="2026-11-21:<root printed on a statement>"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Prove, print, and end as the verifier does."""
        if code := main([options["file"], *options["roots"]]):
            sys.exit(code)
