"""`manage.py ledger_split`: keep the balance of a busy account in several parts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hub.ledger.splitting import NUM_PARTS_MAX, split


class Command(BaseCommand):
    """Split an account, split it otherwise, or merge it again."""

    help = "Split the balance of a busy floored account, or merge it with 0."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the account and its number of parts."""
        parser.add_argument("code", help="the account, as fund:<hub>:<lot>")
        parser.add_argument(
            "num_parts", type=int, help=f"2 to {NUM_PARTS_MAX}; 0 merges the account"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Split, and say what the account holds."""
        code, num_parts = options["code"], options["num_parts"]
        try:
            balance_cents = split(code=code, num_parts=num_parts)
        except ValueError as mistake:
            raise CommandError(str(mistake)) from mistake
        how = f"in {num_parts} parts" if num_parts else "in one piece"
        self.stdout.write(f"{code}: {balance_cents} cents {how}")
