"""The help of the page that is shown, above its content."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext

from hub.core.page_help import Help, help_of

register = template.Library()


@register.inclusion_tag("hub/_page_help.html", takes_context=True)
def page_help(context: Any) -> dict[str, Any]:
    """What this page is for, what pressing does and how to go back, in its language.

    Then where the guide of the reader's role tells more, by its section if it has one.
    Nothing where the page needs none, or where no page was found.
    """
    match = getattr(context.get("request"), "resolver_match", None)
    told = help_of(match.view_name) if match else None
    if told is None:
        return {"sentences": []}
    words = {name: gettext(label) for name, label in told.buttons.items()}
    sentences = [gettext(each) % words for each in (told.about, told.then, told.back)]
    section_url = _section_url(told, context.get("acting"))
    return {
        "sentences": sentences,
        "guide_url": section_url or context.get("guide_url", ""),
        "is_section": bool(section_url),
    }


def _section_url(told: Help, acting: Any) -> str:
    found = told.section_for(acting.now.roles if acting else ())
    if found is None:
        return ""
    guide, section = found
    return f"{reverse('hub:guide', args=[guide])}#{section}"
