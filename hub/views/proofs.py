"""What Charroi promises, and how each promise is shown: open to everyone."""

from babel.numbers import format_decimal
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from hub.core.proofs import FIGURES, FIGURES_ON, PARTS, PROMISES, SOAK
from hub.templatetags.words import reader_locale


@require_GET
def proofs(request: HttpRequest) -> HttpResponse:
    """Promises, figures and commands, from the source of `docs/proofs.md`."""
    locale = reader_locale()
    found = [
        (
            figure,
            gettext(figure.found)
            % {
                name: format_decimal(number, locale=locale)
                for name, number in figure.numbers.items()
            },
        )
        for figure in FIGURES
    ]
    context = {
        "promises": PROMISES,
        "figures": found,
        "figures_on": FIGURES_ON,
        "soak": SOAK,
        "hours": format_decimal(SOAK.hours, locale=locale) if SOAK else "",
        "parts": [(part, PARTS[part.name]) for part in SOAK.parts] if SOAK else [],
    }
    return render(request, "hub/proofs.html", context)
