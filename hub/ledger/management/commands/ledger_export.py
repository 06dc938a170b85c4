"""`manage.py ledger_export`: the sealed ledger in a file that an outsider can prove."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hub.ledger.export import lines


class Command(BaseCommand):
    """Write the export, or nothing: a file that exists already is kept."""

    help = "Write the sealed ledger and its daily roots; proved by verify.py."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask where to."""
        parser.add_argument("file", type=Path, help="a new file of JSON lines")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write line by line under another name first."""
        path: Path = options["file"]
        draft = path.with_name(f".{path.name}.part")
        try:
            if path.exists():
                raise CommandError(f"{path} exists already: name a new file.")
            with draft.open("w", encoding="utf-8") as file:
                num_lines = sum(1 for line in lines() if file.write(line))
            draft.rename(path)
        except OSError as error:
            raise CommandError(
                f"{path} cannot be written: {error.strerror}."
            ) from error
        finally:
            draft.unlink(missing_ok=True)
        self.stdout.write(f"{num_lines} lines in {path}")
