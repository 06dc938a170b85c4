"""Programs that act for an organization: let in, seen, put out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hub import selectors
from hub.core.errors import DomainError
from hub.doors import (
    acting_as,
    acting_of,
    person_of,
    say_done,
    sentence_of,
    table_file,
    wants_file,
)
from hub.exchange import tables
from hub.forms import ApiKeyForm, scope_labels
from hub.services import api_keys as services


@require_http_methods(["GET", "POST"])
@never_cache
@acting_as(*selectors.ISSUERS)
def api_keys(request: HttpRequest) -> HttpResponse:
    """The organization's keys; a new one is shown this once, in the answer itself."""
    form = ApiKeyForm(request.POST or None)
    shown = ""
    if request.method == "POST" and form.is_valid():
        try:
            _row, shown = services.issue_key(
                organization=acting_of(request).organization,
                by=person_of(request),
                now=timezone.now(),
                **form.cleaned_data,
            )
        except DomainError as error:
            form.add_error(None, sentence_of(error))
        else:
            form = ApiKeyForm()
    keys = selectors.api_keys_of(acting_of(request).organization)
    if wants_file(request):
        rows = [{"key": key, "scopes": scope_labels(key.scopes)} for key in keys]
        return table_file(request, (tables.API_KEYS, rows))
    context = {
        "form": form,
        "shown": shown,
        "rows": [(key, scope_labels(key.scopes)) for key in keys],
        "now": timezone.now(),
    }
    status = 422 if form.errors else 200
    return render(request, "hub/api_keys.html", context, status=status)


@require_POST
@acting_as(*selectors.ISSUERS)
def api_key_revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put a program out, at once."""
    keys = selectors.api_keys_run_by(person_of(request))
    key = get_object_or_404(keys, public_id=public_id)
    services.revoke_key(key=key, now=timezone.now())
    say_done(request, _("“%(name)s” no longer comes in.") % {"name": key.name})
    return redirect("hub:api_keys")
