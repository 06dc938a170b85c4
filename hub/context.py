"""What every page shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """The organization acted for, and whether the demo's one-click accounts show."""
    return {"acting": getattr(request, "acting", None), "is_demo": settings.DEMO}
