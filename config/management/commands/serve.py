"""`manage.py serve`: web, worker and beat of this site, until Ctrl-C."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from config import serving


class Command(BaseCommand):
    """Migrate, then start all processes of the site and watch over them."""

    help = "Migrate, then serve the site with its worker and its clock until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        """The port is the only choice."""
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Start, say where, and leave nothing behind."""
        call_command("migrate", verbosity=0)
        call_command("createcachetable", database="owner", verbosity=0)
        site = serving.Site(port=serving.free_port(options["port"]))
        try:
            site.start()
            self.stdout.write(f"Charroi: http://localhost:{site.port}/")
            self.stdout.flush()
            site.watch()
        finally:
            site.stop()
        self.stdout.write("Everything is stopped.")
