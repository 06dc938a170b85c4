"""`manage.py begin`: the first hub and its coordinator, on an empty database."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from hub.services import beginnings


class Command(BaseCommand):
    """Make a hub, the person who coordinates it, and the first product families."""

    help = "Make the first hub and its coordinator."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the hub's name and the coordinator's address."""
        parser.add_argument("--hub", required=True, help="name of the hub")
        parser.add_argument("--email", required=True, help="who coordinates it")
        parser.add_argument("--name", default="", help="the person's name")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Refuse a bad address, make the rows, say what comes next."""
        try:
            validate_email(options["email"])
        except ValidationError as error:
            raise CommandError(
                f"{options['email']} is not an email address."
            ) from error
        membership = beginnings.begin(
            hub_name=options["hub"], email=options["email"], person_name=options["name"]
        )
        self.stdout.write(
            f"{membership.person.email} coordinates {membership.organization.name}: "
            "sign in with this address."
        )
