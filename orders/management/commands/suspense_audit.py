"""`manage.py suspense_audit`: prove that money which waits is what its records say."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from orders.selectors import suspense_faults


class Command(BaseCommand):
    """Compare each suspense account with its payments; end with 1 at one cent."""

    help = "Prove that suspense is the sum of unmatched payments; ends with 1 if not."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option: the findings as JSON."""
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Audit, print, and end with what was found."""
        faults = suspense_faults()
        if options["json"]:
            found = [asdict(fault) for fault in faults]
            self.stdout.write(json.dumps({"is_clean": not faults, "faults": found}))
        else:
            for fault in faults:
                self.stdout.write(
                    f"WRONG  {fault.subject}: {fault.kept_cents} kept,"
                    f" {fault.counted_cents} counted"
                )
            if not faults:
                self.stdout.write("ok     suspense is the sum of unmatched payments")
        if faults:
            sys.exit(1)
