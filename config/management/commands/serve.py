"""`manage.py serve`: web, worker and beat of this site, until Ctrl-C."""

from typing import Any

import structlog
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from config import production, serving

log = structlog.get_logger("site")


class Command(BaseCommand):
    """Migrate, then start all processes of the site and watch over them."""

    help = "Migrate, then serve the site with its worker and its clock until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        """A port for a trial; with --production, how many processes and where."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--production", action="store_true")
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--web", type=int, default=2, choices=range(1, 33))
        parser.add_argument("--tasks", type=int, default=1, choices=range(1, 33))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Start, say where, and leave nothing behind."""
        if options["production"]:
            self._last(options)
            return
        call_command("migrate", verbosity=0)
        site = serving.Site(port=serving.free_port(options["port"]))
        try:
            site.start()
            self.stdout.write(f"Charroi: http://localhost:{site.port}/")
            self.stdout.flush()
            site.watch()
        finally:
            site.stop()
        self.stdout.write("Everything is stopped.")

    def _last(self, options: dict[str, Any]) -> None:
        production.prepare()
        site = production.LastingSite(
            port=options["port"],
            stop_limit_s=production.STOP_LIMIT_S,
            num_web=options["web"],
            num_tasks=options["tasks"],
            host=options["host"],
        )
        try:
            site.start()
            log.info("site_up", port=site.port, web=site.num_web)
            site.watch()
        finally:
            site.stop()
        log.info("site_stopped")
