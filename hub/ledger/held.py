"""What is still held of a group of accounts, by the account it came from."""

from collections import Counter

from hub.ledger.core.accounts import HOLD_PREFIX
from hub.ledger.models import Balance
from hub.ledger.statements import left_in_holds


def held_by_account(hold_prefix: str) -> dict[str, int]:
    """Cents held under holds whose account begins with `hold_prefix`, by the account
    that they came from; three queries, however many holds were ever made."""
    holding = Balance.objects.filter(
        account__code__startswith=hold_prefix, balance_cents__gt=0
    )
    keys = [
        code.removeprefix(HOLD_PREFIX)
        for code in holding.values_list("account__code", flat=True)
    ]
    held: Counter[str] = Counter()
    for rows in left_in_holds(keys).values() if keys else ():
        for code, cents in rows:
            held[code] += cents
    return dict(held)
