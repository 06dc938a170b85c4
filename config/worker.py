"""Where workers and beat start: `celery -A config.worker worker`.

Celery itself starts whatever Django's checks say; here a complaint stops the start.
"""

import django
from django.core.management import call_command

from config.celery import app

__all__ = ["app"]

django.setup()
call_command("check", verbosity=0)
