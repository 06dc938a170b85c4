"""A hub's own sheets: sent, looked at, imported, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub import selectors as hub_selectors
from hub.core.errors import DomainError
from hub.core.imports import RowError, Sheet, digest_of
from hub.doors import (
    acting_as,
    acting_of,
    person_of,
    say_done,
    say_refusal,
    sentence_of,
)
from hub.exchange.model_sheet import model_workbook
from hub.services import imports as sheets
from hub.templatetags.cell_words import Names, choices_in_words
from routing import selectors, services
from routing.forms import ColumnsForm, SheetForm
from routing.services.imports import SHEETS

if TYPE_CHECKING:
    from hub.models import ImportBatch

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@acting_as("coordinator")
def imports(request: HttpRequest) -> HttpResponse:
    """The kinds of sheets a hub may bring, and those it brought."""
    hub = acting_of(request).organization
    kinds = [(kind, hub_selectors.kind_of_sheet(kind)) for kind in SHEETS]
    done = hub_selectors.imports_of(hub)[: hub_selectors.SHEETS_SHOWN]
    context = {
        "kinds": kinds,
        "batches": done,
        "drafts": hub_selectors.drafts_of(hub)[: hub_selectors.SHEETS_SHOWN],
        "waiting": hub_selectors.places_waiting(hub),
    }
    return render(request, "routing/imports.html", context)


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def import_new(request: HttpRequest, kind: str) -> HttpResponse:
    """Send a sheet of one kind, as a file or as pasted cells."""
    sheet = _sheet(kind)
    is_sent = request.method == "POST"
    form = SheetForm(*(request.POST, request.FILES) if is_sent else ())
    if is_sent and form.is_valid():
        batch = sheets.keep_sheet(
            hub=acting_of(request).organization,
            sheet=sheet,
            table=form.cleaned_data["table"],
            by=person_of(request),
            now=timezone.now(),
            file_name=form.file_name,
        )
        return redirect("routing:import_batch", batch.public_id)
    context = {
        "form": form,
        "kind": kind,
        "title": hub_selectors.kind_of_sheet(kind),
        "columns": [(column, _(column.label)) for column in sheet.columns],
    }
    status = 422 if is_sent else 200
    return render(request, "routing/import_new.html", context, status=status)


@require_GET
@acting_as("coordinator")
def import_model(request: HttpRequest, kind: str) -> HttpResponse:
    """A workbook to fill in, whose examples fit this hub."""
    sheet = _sheet(kind)
    examples = selectors.example_rows(acting_of(request).organization, kind)
    title = hub_selectors.kind_of_sheet(kind)
    book = model_workbook(
        title=title,
        headers=[_(column.label) for column in sheet.columns],
        helps=[_(column.help) if column.help else "" for column in sheet.columns],
        examples=selectors.in_reader_words(sheet, examples),
    )
    answer = HttpResponse(book, content_type=XLSX)
    name = f"charroi-{slugify(title)}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def import_batch(request: HttpRequest, public_id: str) -> HttpResponse:
    """A sheet before it is imported, with its preview; after, what each row did."""
    batch = _batch(request, public_id)
    if batch.status != "draft":
        return _done_page(request, batch)
    sheet = _sheet(batch.kind)
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        sheet=sheet,
        headers=batch.table[0],
        known=hub_selectors.header_mapping(batch),
    )
    if request.method == "POST" and form.is_valid():
        try:
            sheets.choose_columns(batch=batch, sheet=sheet, chosen=form.chosen())
        except DomainError as error:
            form.add_error(None, sentence_of(error))
        else:
            return redirect("routing:import_batch", public_id)
    return _draft_page(request, batch, form)


@require_POST
@acting_as("coordinator")
def import_confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """Do what the preview showed, when it is still so."""
    batch = _batch(request, public_id)
    try:
        services.run_import(
            batch=batch,
            digest=request.POST.get("digest", ""),
            only_good=request.POST.get("only_good") == "yes",
            now=timezone.now(),
            page=request.build_absolute_uri(reverse("hub:invitations")),
        )
    except DomainError as error:
        say_refusal(request, error)
    else:
        say_done(request, _("Imported."))
    return redirect("routing:import_batch", public_id)


@require_POST
@acting_as("coordinator")
def import_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a whole import back, when nothing hangs on it."""
    batch = _batch(request, public_id)
    try:
        services.undo_imports(
            batches=[batch], by=person_of(request), now=timezone.now()
        )
    except DomainError as error:
        say_refusal(request, error)
    else:
        say_done(request, _("Taken back: everything is as it was before."))
    return redirect("routing:import_batch", public_id)


@require_POST
@acting_as("coordinator")
def import_discard(request: HttpRequest, public_id: str) -> HttpResponse:
    """Throw away a sheet that was not imported."""
    sheets.discard(batch=_batch(request, public_id))
    return redirect("routing:imports")


def _sheet(kind: str) -> Sheet:
    if kind not in SHEETS:
        raise Http404
    return SHEETS[kind]


def _batch(request: HttpRequest, public_id: str) -> ImportBatch:
    batch: ImportBatch = get_object_or_404(
        hub_selectors.imports_run_by(person_of(request)), public_id=public_id
    )
    return batch


def _draft_page(
    request: HttpRequest, batch: ImportBatch, form: ColumnsForm
) -> HttpResponse:
    verdicts = services.preview(batch)
    titles = [services.title_of(verdict) for verdict in verdicts]
    sheet = _sheet(batch.kind)
    names = selectors.names_of_codes()
    shown = selectors.seen(sheet, verdicts, titles, names)
    context: dict[str, Any] = {
        "batch": batch,
        "form": form,
        "seen": shown,
        "rows": [
            (row, _errors(sheet, row.verdict.errors, names)) for row in shown.rows
        ],
        "digest": digest_of(verdicts),
        "missing": selectors.columns_missing(
            sheet, hub_selectors.header_mapping(batch)
        ),
    }
    status = 422 if form.errors else 200
    return render(request, "routing/import_draft.html", context, status=status)


def _errors(
    sheet: Sheet, errors: Sequence[RowError], names: Names
) -> list[tuple[str, str]]:
    """Each error of a row: the column it is about, and what to write there."""
    told = []
    for error in errors:
        column = sheet.column(error.column)
        label = _(column.label)
        data = {**error.data}
        if "column" in data:
            data["column"] = label
        if data.get("choices"):
            data["choices"] = ", ".join(choices_in_words(column, names))
        told.append((label, _(error.sentence) % data))
    return told


def _left_out(batch: ImportBatch) -> list[tuple[int, str, list[tuple[str, str]]]]:
    """Each row that was not imported: its number, what it is, what to mend in it."""
    if not batch.left_out:
        return []
    sheet, names = _sheet(batch.kind), selectors.names_of_codes()
    return [
        (
            row["number"],
            row["title"],
            _errors(sheet, [RowError(**error) for error in row["errors"]], names),
        )
        for row in batch.left_out
    ]


def _done_page(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    is_done = batch.status == "done"
    context = {
        "batch": batch,
        "rows": batch.rows.all(),
        "left_out": _left_out(batch),
        "stops": services.stops_of([batch]) if is_done else [],
        "is_done": is_done,
    }
    return render(request, "routing/import_done.html", context)
