"""Holds: what was drawn is captured, given back where it came from, or still there."""

from django.db.models import Case, CharField, F, Prefetch, Value, When
from django.db.models.functions import Concat

from hub.ledger.audit.report import Finding
from hub.ledger.core.accounts import HOLD_PREFIX, hold_account, net_by_code
from hub.ledger.core.content import Verb
from hub.ledger.core.holds import given_back
from hub.ledger.models import Entry, Posting
from hub.ledger.records import moves_in, whole


def wrong_holds() -> list[Finding]:
    """Find holds whose money cannot be followed from where it came to where it went."""
    uses = Posting.objects.prefetch_related(
        Prefetch("entries", queryset=Entry.objects.select_related("account"))
    )
    held = Posting.objects.filter(verb=Verb.HOLD).order_by("pk")
    findings = _strangers()
    for hold in whole(held.prefetch_related(Prefetch("uses", queryset=uses))):
        findings += _faults(hold)
    return findings


def _strangers() -> list[Finding]:
    """Entries in the account of a hold that neither made nor used that hold."""
    own_code = Case(
        When(posting__verb=Verb.HOLD, then=F("posting__key")),
        When(
            posting__verb=Verb.REVERSE,
            then=F("posting__reversal_of__original__hold__key"),
        ),
        default=F("posting__hold__key"),
        output_field=CharField(),
    )
    entries = Entry.objects.filter(account__code__startswith=HOLD_PREFIX)
    strangers = entries.alias(own=Concat(Value(HOLD_PREFIX), own_code)).exclude(
        account__code=F("own")
    )
    rows = strangers.order_by("pk").values_list("posting__key", "account__code")
    return [Finding(key, f"moves money of {code}") for key, code in rows]


def _faults(hold: Posting) -> list[Finding]:
    code = hold_account(hold.key).code
    moves = moves_in(hold)
    draws = [(m.account, -m.amount_cents) for m in moves if m.account.code != code]
    findings = []
    if any(cents < 0 for _, cents in draws):
        findings.append(Finding(hold.key, "has a negative draw"))
    returned: dict[str, int] = {}
    for use in hold.uses.all():
        net = net_by_code(moves_in(use))
        used_cents = -net.pop(code, 0)
        if use.amount_cents not in (None, used_cents):
            findings.append(
                Finding(use.key, f"uses {used_cents} cents, not {use.amount_cents}")
            )
        if use.verb == Verb.RELEASE:
            for account, cents in net.items():
                returned[account] = returned.get(account, 0) + cents
    due: dict[str, int] = {}
    for account_ref, cents in given_back(
        draws, released_before_cents=0, amount_cents=sum(returned.values())
    ):
        due[account_ref.code] = due.get(account_ref.code, 0) + cents
    if returned != due:
        told = dict(sorted(returned.items()))
        should = dict(sorted(due.items()))
        findings.append(Finding(hold.key, f"gave back {told}, not {should}"))
    return findings
