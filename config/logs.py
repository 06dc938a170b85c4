"""Structured logs: one event a line, JSON in production, readable elsewhere.

Nobody's address stands in them, and no token, whatever a library or the database
complains of.
"""

import logging
import logging.config
import re
from typing import Any

import structlog
from django.core.exceptions import ImproperlyConfigured

_LEVELS = {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}
_ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(\.[\w-]+)*")
_TOKEN = re.compile(r"(/calendars/(?=[^/\s]+\.ics)|/letters/stop/)[^/\s\"'?.]+")
"""What lets somebody in without signing in, in the addresses that carry it."""
HIDDEN = "(address)"
STRUCK_OUT = r"\1(token)"


def hide_addresses(_logger: Any, _method: str, line: Any) -> str:
    """Strike out every email address of a line that is ready to be written."""
    return _ADDRESS.sub(HIDDEN, line)


def hide_tokens(_logger: Any, _method: str, line: Any) -> str:
    """Strike out the tokens that stand in addresses of the site."""
    return _TOKEN.sub(STRUCK_OUT, line)


def configure(*, level: str, as_json: bool, quiet: bool) -> None:
    """Send our events and those of the libraries through one chain of processors.

    Raises ImproperlyConfigured for an unknown level.
    """
    if level not in _LEVELS:
        raise ImproperlyConfigured(
            f"LOG_LEVEL is {level!r}: write one of {', '.join(sorted(_LEVELS))}."
        )
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "events": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        structlog.processors.format_exc_info,
                        last,
                        hide_addresses,
                        hide_tokens,
                    ],
                }
            },
            "handlers": {
                "out": {"class": "logging.StreamHandler", "formatter": "events"}
            },
            # Our own line says the status of every request already.
            "loggers": {"django.request": {"level": "ERROR"}},
            "root": {
                "handlers": ["out"],
                "level": "CRITICAL" if quiet else level,
            },
        }
    )
