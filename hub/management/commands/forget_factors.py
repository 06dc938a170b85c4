"""`manage.py forget_factors`: somebody lost their device and their recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hub.services.second_factors import forget_factors


class Command(BaseCommand):
    """Remove every second factor of one person and sign their devices out."""

    help = "Remove the second factors of a person who lost them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the person's address."""
        parser.add_argument("--email", required=True, help="the person's address")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Refuse an address that nobody has, else say what was removed."""
        num_rows = forget_factors(address=options["email"])
        if num_rows is None:
            raise CommandError("Nobody has this address.")
        self.stdout.write(f"{num_rows} factors were removed; every device signed out.")
