"""The help of the page that is shown, above its content."""

from typing import Any

from django import template
from django.utils.translation import gettext

from hub.core.page_help import help_of

register = template.Library()


@register.inclusion_tag("hub/_page_help.html", takes_context=True)
def page_help(context: Any) -> dict[str, Any]:
    """What this page is for, what pressing does and how to go back, in its language.

    Nothing where the page needs none, or where no page was found.
    """
    match = getattr(context.get("request"), "resolver_match", None)
    told = help_of(match.view_name) if match else None
    if told is None:
        return {"sentences": []}
    words = {name: gettext(label) for name, label in told.buttons.items()}
    sentences = [gettext(each) % words for each in (told.about, told.then, told.back)]
    return {"sentences": sentences, "guide_url": context.get("guide_url", "")}
