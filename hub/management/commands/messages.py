"""`manage.py messages`: gather the strings of every app into two catalogues."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from hub.management import catalogues


class Command(BaseCommand):
    """Write `hub/locale` again from the code and the apps' fragments."""

    help = "Gather the strings of every app into hub/locale, and name what is missing."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write each language; name the strings that nobody has translated."""
        root = Path(settings.BASE_DIR)
        for language in catalogues.LANGUAGES:
            missing = catalogues.write(root, language)
            self.stdout.write(f"{language}: {len(missing)} missing")
            for source in missing:
                self.stdout.write(f"  {source}")
