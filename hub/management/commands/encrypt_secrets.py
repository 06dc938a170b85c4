"""`manage.py encrypt_secrets`: secrets of second factors under the newest key."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hub.core.errors import SecretUnreadable
from hub.services.second_factors import encrypt_anew


class Command(BaseCommand):
    """Encrypt every kept secret anew with the first of SECOND_FACTOR_KEYS."""

    help = "Encrypt the secrets of second factors anew with the first key."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Change all or nothing, and say how many."""
        try:
            num_rows = encrypt_anew(keys=settings.SECOND_FACTOR_KEYS)
        except SecretUnreadable as error:
            raise CommandError(
                "A secret opens with none of the keys: put the former key back"
                " at the end of SECOND_FACTOR_KEYS."
            ) from error
        self.stdout.write(f"{num_rows} secrets are encrypted with the first key.")
