"""A site that lasts: two web processes, workers and the clock, started again for ever.

`manage.py serve --production` prepares and watches over it. Whatever supervises this
one process (systemd, a container) has one thing to start and one to stop, and one log.
"""

import signal
import time
from dataclasses import dataclass, field

import structlog
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from config import serving
from config.keeper import signal_group

STOP_LIMIT_S = 30
LASTED_S = 60
DELAYS_S = (0.0, 1.0, 2.0, 5.0, 10.0, 30.0)
"""How long a process waits that ended again and again within a minute."""
UNUSED = ["leaflet-src*"]
"""Files of libraries that no page asks for and that take seconds to compress."""

log = structlog.get_logger("site")


def prepare() -> None:
    """What must hold before anybody is served: settings, tables, files.

    Raises CommandError outside production, and for a setting that opens a door.
    """
    if not settings.PRODUCTION:
        raise CommandError(
            "Set CHARROI_PRODUCTION=yes and what it asks for (docs/operating.md), or"
            " leave --production out."
        )
    call_command("check", deploy=True, fail_level="WARNING", verbosity=0)
    call_command("migrate", verbosity=0, interactive=False)
    call_command(
        "collectstatic", verbosity=0, interactive=False, ignore_patterns=UNUSED
    )


@dataclass(slots=True)
class Fall:
    """What is known of one process that may be started again."""

    name: str
    began: float = field(default_factory=time.monotonic)
    num_falls: int = 0
    due: float | None = None

    def fell(self, now: float) -> float:
        """Note an end; the seconds to wait before the next start."""
        self.num_falls = 0 if now - self.began >= LASTED_S else self.num_falls
        delay = DELAYS_S[min(self.num_falls, len(DELAYS_S) - 1)]
        self.num_falls += 1
        self.due = now + delay
        return delay

    def rose(self, now: float) -> None:
        """Note a new start."""
        self.began, self.due = now, None


@dataclass(slots=True)
class LastingSite(serving.Site):
    """A site whose processes are started again when they end.

    The web and the workers are not told who owns the database: only `migrate` needs
    the owner's address.
    """

    num_web: int = 2
    num_tasks: int = 1
    host: str = "127.0.0.1"
    falls: list[Fall] = field(
        default_factory=lambda: [Fall(name) for name in ("web", "worker", "clock")]
    )

    def commands(self) -> list[list[str]]:
        """Granian starts a web process again by itself; we start granian again."""
        self.environment = {**self.environment, "DATABASE_OWNER_URL": None}
        web = serving.web_command(self.host, self.port)
        web += ["--workers", str(self.num_web), "--respawn-failed-workers"]
        web += ["--respawn-interval", "1", "--workers-kill-timeout", "10"]
        tasks = ["--concurrency", str(self.num_tasks), "--without-gossip"]
        return [
            web,
            serving.celery_command("worker", *tasks),
            serving.celery_command("beat"),
        ]

    def watch(self) -> None:
        """Stay until Ctrl-C or a stop signal; start again whatever ends before."""
        commands = self.commands()
        try:
            while True:
                for index, command in enumerate(commands):
                    self._look_after(index, command)
                time.sleep(0.2)
        except KeyboardInterrupt:
            return

    def _look_after(self, index: int, command: list[str]) -> None:
        process, fall = self.processes[index], self.falls[index]
        now = time.monotonic()
        if process.poll() is None:
            return
        if fall.due is None:
            # Children of a killed head may still hold its port or its tasks.
            signal_group(process.pid, signal.SIGKILL)
            self.tell_keeper(f"-{process.pid}")
            delay = fall.fell(now)
            log.error(
                "process_ended",
                name=fall.name,
                code=process.returncode,
                again_in_s=delay,
            )
        if fall.due is not None and now >= fall.due:
            self.processes[index] = self.launch(command)
            fall.rose(now)
            log.warning("process_started", name=fall.name)
