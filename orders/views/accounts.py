"""What buyers owe and farms are owed: statements, and payments written down."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hub import selectors as hub_selectors
from hub.core.errors import DomainError
from hub.core.ids import new_public_id
from hub.doors import (
    acting_as,
    acting_of,
    page_of,
    person_of,
    say_done,
    say_warning,
    sentence_of,
    table_file,
    wants_file,
)
from hub.ledger import proving
from orders import selectors, services
from orders.exchange import tables
from orders.exchange.farm_statement import FarmStatement, farm_statement, pdf
from orders.forms import PaymentForm, PeriodForm
from orders.views.common import book_lines

if TYPE_CHECKING:
    from hub.models import Organization

MEMBERS_PER_PAGE = 100


@require_GET
@acting_as("coordinator")
def accounts(request: HttpRequest) -> HttpResponse:
    """Every buyer and farm of the hub with what is owed."""
    hub = acting_of(request).organization
    buyers = selectors.debts_of(selectors.buyers_billed_by(hub))
    farms = selectors.debts_of(selectors.farms_paid_by(hub))
    if wants_file(request):
        offered = ((tables.BUYERS_OWE, buyers), (tables.FARMS_OWED, farms))
        return table_file(request, *offered)
    context = {
        "buyers": page_of(request, buyers, MEMBERS_PER_PAGE, name="buyers"),
        "farms": page_of(request, farms, MEMBERS_PER_PAGE, name="farms"),
    }
    return render(request, "orders/accounts.html", context)


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def account(request: HttpRequest, public_id: str) -> HttpResponse:
    """One member's account; a payment received or made is written down here."""
    member = get_object_or_404(
        hub_selectors.organizations_run_by(person_of(request)).filter(
            kind__in=["producer", "buyer_group", "institution"]
        ),
        public_id=public_id,
    )
    if request.method == "GET":
        form = PaymentForm(None, initial={"key": new_public_id()})
        return _account(request, member, form, status=200)
    form = PaymentForm(request.POST)
    if not form.is_valid():
        return _account(request, member, form, status=422)
    today = timezone.localdate()
    asked: dict[str, Any] = form.cleaned_data | {"on": today, "today": today}
    try:
        if member.kind == "producer":
            services.record_payout(farm=member, **asked)
        else:
            payment = services.record_payment(buyer=member, **asked)
            if payment.is_undecided:
                return _looks_like_another(request, payment.public_id)
    except DomainError as error:
        form.add_error("amount_cents", sentence_of(error))
        return _account(request, member, form, status=409)
    say_done(request, _("The payment is written down."))
    return redirect("orders:account", public_id)


def _looks_like_another(request: HttpRequest, public_id: str) -> HttpResponse:
    """It is in the books, and somebody has to say whether it is the same again."""
    say_warning(
        request,
        _("The payment is written down, and looks like an earlier one: decide here."),
    )
    return redirect("orders:payment", public_id)


def _account(
    request: HttpRequest, member: "Organization", form: PaymentForm, *, status: int
) -> HttpResponse:
    today = timezone.localdate()
    book = selectors.book_of(
        member, since=today - timedelta(days=92), until=today + timedelta(days=1)
    )
    if wants_file(request):
        return table_file(request, (tables.MOVEMENTS, book_lines(book)))
    context = {
        "member": member,
        "is_farm": member.kind == "producer",
        "form": form,
        "lines": book_lines(book),
        "balance_cents": selectors.balance_of(member),
    }
    return render(request, "orders/account.html", context, status=status)


@require_GET
@acting_as("producer")
def statements(request: HttpRequest) -> HttpResponse:
    """The days on which the farm sold, and what it is owed now."""
    farm = acting_of(request).organization
    days = selectors.statement_days(farm)
    if wants_file(request):
        return table_file(request, (tables.STATEMENTS, days))
    context = {
        "farm": farm,
        "page": page_of(request, days),
        "balance_cents": selectors.balance_of(farm),
    }
    return render(request, "orders/statements.html", context)


@require_GET
@acting_as("producer")
def statement(request: HttpRequest) -> HttpResponse:
    """The farm's statement of a day or a period."""
    form = PeriodForm(request.GET or None)
    sheet = _sheet(request, form)
    if wants_file(request):
        return table_file(request, (tables.STATEMENT, sheet.sales))
    context = {"sheet": sheet, "form": form, "query": request.GET.urlencode()}
    return render(request, "orders/statement.html", context)


@require_GET
@acting_as("producer")
def statement_pdf(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    sheet = _sheet(request, PeriodForm(request.GET or None))
    answer = HttpResponse(pdf(sheet), content_type="application/pdf")
    name = f"{sheet.since:%Y-%m-%d}-{sheet.until:%Y-%m-%d}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _sheet(request: HttpRequest, form: PeriodForm) -> FarmStatement:
    farm = acting_of(request).organization
    since, until = form.period(timezone.localdate())
    return farm_statement(
        farm=farm.name,
        hub=str(farm.hub or farm),
        book=selectors.book_of(farm, since=since, until=until + timedelta(days=1)),
        until=until,
        sales=selectors.farm_sales(farm, since=since, until=until),
        proof=proving.latest_proof(),
    )
