"""The links under which a page gives its tables as files."""

from typing import Any

from django import template
from django.core.paginator import Page
from django.utils.translation import gettext

register = template.Library()


@register.inclusion_tag("hub/_pages.html", takes_context=True)
def pages(context: Any, page: Page[Any], name: str = "page") -> dict[str, Any]:
    """Links to the page before and after, with the filters of this address.

    `name` tells the lists of one page apart in its address.
    """
    kept = context["request"].GET.copy()
    kept.pop(name, None)
    before = f"{kept.urlencode()}&" if kept else ""
    return {"page": page, "lead": f"?{before}{name}="}


@register.inclusion_tag("hub/_downloads.html", takes_context=True)
def downloads(context: Any, name: str, of: str = "") -> dict[str, Any]:
    """Links to a table of this page, with the filters of its address.

    `of` says which table where a page has several, by the title that the table has
    in the `exchange/tables.py` of its app.
    """
    request = context["request"]
    kept = request.GET.copy()
    for part in ("page", "format", "table"):
        kept.pop(part, None)
    kept["table"] = name
    links = []
    for form, label in (("csv", "CSV"), ("xlsx", "Excel")):
        kept["format"] = form
        links.append((f"{request.path}?{kept.urlencode()}", label))
    return {"links": links, "of": gettext(of) if of else ""}
