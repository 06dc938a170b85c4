"""Product families."""

from __future__ import annotations

from django.db.models import QuerySet

from hub.models import ProductFamily


def families() -> QuerySet[ProductFamily]:
    """Product families, common to the whole installation."""
    return ProductFamily.objects.all()
