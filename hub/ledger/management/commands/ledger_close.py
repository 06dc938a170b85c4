"""`manage.py ledger_close`: close the books up to a day, for ever."""

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from hub.core.errors import DomainError
from hub.ledger.periods import close_period


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError as error:
        raise ArgumentTypeError(f"{word!r}: write a day as 2026-10-31") from error


class Command(BaseCommand):
    """Close a period, or say why it stays as it is."""

    help = "Close the books up to a day; a closed period is never opened again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the last day of the period."""
        parser.add_argument(
            "--until", required=True, type=_day, help="its last day, as 2026-10-31"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Close, and say what the period holds."""
        try:
            period = close_period(ends_on=options["until"], today=timezone.localdate())
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"closed until {period.ends_on}: {period.num_postings} postings,"
            f" {period.postings_sha256}"
        )
