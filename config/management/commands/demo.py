"""`manage.py demo`: a believable hub, played for weeks, planned and served."""

import json
import time
from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone, translation

from config import serving
from config.demo import database, load
from config.demo.world import SIZES


class Command(BaseCommand):
    """Load, play and plan a fictional hub in a database of its own, and serve it."""

    help = (
        "Load a fictional hub into a database of its own, play its past weeks, plan"
        " the day, and serve it until Ctrl-C."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The same seed, size and day always give the same week."""
        parser.add_argument("--size", choices=sorted(SIZES), default="hub")
        parser.add_argument("--seed", type=_seed, default=1)
        parser.add_argument("--today", type=_day, default=None, metavar="YYYY-MM-DD")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true")
        parser.add_argument("--forget", action="store_true")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load unless this very demo is there already; then print or serve."""
        today: date = options["today"] or timezone.localdate()
        story = load.Story(size=options["size"], seed=options["seed"], today=today)
        if options["forget"]:
            database.drop(story.database)
            return
        with translation.override("fr-ca"):
            if options["no_serve"]:
                self._prove(story, as_json=options["as_json"])
                return
            self._serve(story, port=options["port"])

    def _prove(self, story: load.Story, *, as_json: bool) -> None:
        figures = load.load(story, say=self._say)
        if as_json:
            self.stdout.write(json.dumps(figures, ensure_ascii=False))
            return
        for name, value in figures.items():
            self.stdout.write(f"{name}: {value}")

    def _serve(self, story: load.Story, *, port: int) -> None:
        began = time.monotonic()
        if database.is_ready(story.database):
            database.switch_to(story.database)
        else:
            load.load(story, say=self._say)
        site = serving.Site(
            port=serving.free_port(port),
            environment=database.environment_of(story.database),
        )
        try:
            site.start()
            self._welcome(site.port, time.monotonic() - began)
            site.watch()
        finally:
            site.stop()
        self.stdout.write("Everything is stopped.")

    def _welcome(self, port: int, took_s: float) -> None:
        self.stdout.write(f"\nCharroi: http://localhost:{port}/  ({took_s:.0f} s)\n")
        self.stdout.write("Comptes d’un clic / one-click accounts:")
        accounts = load.accounts()
        width = max(len(account.role) for account in accounts)
        for account in accounts:
            self.stdout.write(
                f"  {account.role:<{width}}  {account.name:<22} {account.organization}"
            )
        self.stdout.write("Ctrl-C arrête tout / stops everything.\n")
        self.stdout.flush()

    def _say(self, sentence: str) -> None:
        self.stderr.write(sentence)


def _seed(text: str) -> int:
    try:
        seed = int(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a whole number.") from error
    if not 0 <= seed < 2**31:
        raise ArgumentTypeError("The seed lies between 0 and 2147483647.")
    return seed


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a day like 2026-11-21.") from error
