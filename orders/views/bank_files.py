"""Files of a bank: sent, read, confirmed, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hub.core.errors import DomainError
from hub.doors import (
    acting_as,
    acting_of,
    person_of,
    say_done,
    say_refusal,
    sentence_of,
)
from orders import selectors, services
from orders.core.bank_table import ERRORS, LEFT_OUT, Reading, digest_of
from orders.forms.payments import BankFileForm, ReadingForm
from orders.views.received import absent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orders.core.bank_table import BankRow
    from orders.models import PaymentFile

ROWS_SHOWN = 300


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def payment_files(request: HttpRequest) -> HttpResponse:
    """The files that were sent; another one is sent here."""
    hub = acting_of(request).organization
    is_sent = request.method == "POST"
    form = BankFileForm(*(request.POST, request.FILES) if is_sent else ())
    if is_sent and form.is_valid():
        kept = services.keep_bank_file(
            hub=hub,
            rows=form.cleaned_data["file"],
            encoding=form.encoding,
            file_name=form.file_name,
            by=person_of(request),
            now=timezone.now(),
        )
        return redirect("orders:payment_file", kept.public_id)
    files = selectors.bank_files_of(hub)[: selectors.FILES_SHOWN]
    status = 422 if is_sent else 200
    context = {"form": form, "files": files}
    return render(request, "orders/payment_files.html", context, status=status)


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def payment_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """One file: its preview before it is taken, what it brought after."""
    file: PaymentFile = get_object_or_404(
        selectors.payment_files_run_by(person_of(request)), public_id=public_id
    )
    if request.method == "GET":
        return _page(request, file)
    match request.POST.get("act"):
        case "read" if file.status == "draft":
            return _read(request, file)
        case "take":
            return _take(request, file)
        case "undo":
            return _undo(request, file)
        case "discard":
            services.discard_bank_file(file=file)
            return redirect("orders:payment_files")
    return absent()


def _page(
    request: HttpRequest, file: PaymentFile, form: ReadingForm | None = None
) -> HttpResponse:
    if file.status != "draft":
        context: dict[str, Any] = {
            "file": file,
            "payments": file.payments.all(),
            "left_out": _told(
                (row["number"], row["code"], row["data"]) for row in file.left_out
            ),
        }
        return render(request, "orders/payment_file_done.html", context)
    reading = Reading.of(file.reading)
    form = form or ReadingForm(None, rows=file.table, reading=reading)
    context = {"file": file, "form": form}
    try:
        rows = selectors.bank_rows(file, today=timezone.localdate())
    except DomainError as error:
        context["refusal"] = sentence_of(error)
    else:
        context |= _seen(rows)
    status = 422 if form.errors else 200
    return render(request, "orders/payment_file.html", context, status=status)


def _seen(rows: list[BankRow]) -> dict[str, Any]:
    """What the file would bring, row by row."""
    new = [row for row in rows if not row.code]
    codes = [row.code for row in rows]
    return {
        "digest": digest_of(rows),
        "num_new": len(new),
        "new_cents": sum(row.amount_cents for row in new),
        "num_known": codes.count("known"),
        "num_out": codes.count("money_out") + codes.count("no_money"),
        "num_wrong": sum(code in ERRORS for code in codes),
        "wrong": _told((r.number, r.code, r.data) for r in rows if r.code in ERRORS),
        "new": new[:ROWS_SHOWN],
        "num_more": max(len(new) - ROWS_SHOWN, 0),
    }


def _told(
    rows: Iterable[tuple[int, str, Mapping[str, Any]]],
) -> list[tuple[int, str]]:
    """Each row with why it brings nothing, in words."""
    return [
        (number, _(LEFT_OUT[code]) % data if data else _(LEFT_OUT[code]))
        for number, code, data in rows
    ]


def _read(request: HttpRequest, file: PaymentFile) -> HttpResponse:
    form = ReadingForm(request.POST, rows=file.table, reading=Reading.of(file.reading))
    if not form.is_valid():
        return _page(request, file, form)
    try:
        services.choose_reading(file=file, reading=form.reading())
    except DomainError as error:
        form.add_error(None, sentence_of(error))
        return _page(request, file, form)
    return redirect("orders:payment_file", file.public_id)


def _take(request: HttpRequest, file: PaymentFile) -> HttpResponse:
    today, now = timezone.localdate(), timezone.now()
    try:
        made = services.take_bank_file(
            file=file,
            digest=request.POST.get("digest", ""),
            only_good=request.POST.get("only_good") == "yes",
            by=person_of(request),
            today=today,
            now=now,
        )
        services.match_exact(hub=file.hub, payments=made, on=today, now=now)
    except DomainError as error:
        say_refusal(request, error)
    else:
        say_done(request, _("The payments are in the books."))
    return redirect("orders:payment_file", file.public_id)


def _undo(request: HttpRequest, file: PaymentFile) -> HttpResponse:
    try:
        services.undo_bank_file(
            file=file,
            by=person_of(request),
            today=timezone.localdate(),
            now=timezone.now(),
        )
    except DomainError as error:
        say_refusal(request, error)
    else:
        say_done(request, _("The whole file left the books."))
    return redirect("orders:payment_file", file.public_id)
