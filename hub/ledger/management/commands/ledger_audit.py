"""`manage.py ledger_audit`: prove the books, or say where they are wrong."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from hub.ledger.audit import Report, audit


class Command(BaseCommand):
    """Compute every promise of the ledger again; end with 1 if one does not hold."""

    help = "Prove the ledger; ends with 1 when one cent or one record is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option: the report as JSON."""
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Audit, print, and end with what was found."""
        report = audit()
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            self._print(report)
        if not report.is_clean:
            sys.exit(1)

    def _print(self, report: Report) -> None:
        self.stdout.write(
            f"{report.num_postings} postings, {report.num_entries} entries,"
            f" {report.num_accounts} accounts, {report.num_refusals} refused keys,"
            f" {report.num_sealed} sealed"
        )
        for check, findings in report.checks.items():
            self.stdout.write(f"{'WRONG' if findings else 'ok   '}  {check}")
            for finding in findings:
                self.stdout.write(f"       {finding.subject} {finding.fault}")
        if report.seal_sequence:
            self.stdout.write(f"seal {report.seal_sequence}: {report.seal_sha256}")
