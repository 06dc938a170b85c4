"""The tables of the ledger. Rows are only ever added; triggers and rights say so.

Nothing here names a person: codes and keys are built from random public ids.
"""

from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import F, Q

from hub.ledger.core.accounts import CODE_LENGTH_MAX, CODE_PATTERN, KEY_LENGTH_MAX
from hub.ledger.core.content import KIND_LENGTH_MAX, MEMO_LENGTH_MAX, Verb


class Account(models.Model):
    """A place where money can be, opened at its first use."""

    code = models.CharField(max_length=CODE_LENGTH_MAX, unique=True)
    floored = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ledger_account_code_grammar",
                condition=Q(code__regex=CODE_PATTERN),
            )
        ]

    def __str__(self) -> str:
        return self.code


class Balance(models.Model):
    """The balance of a floored account: zero at first, moved by each of its entries.

    It is also the lock that a posting takes on the account. An account with parts
    keeps its money there, and nothing here.
    """

    account = models.OneToOneField(Account, models.PROTECT, primary_key=True)
    balance_cents = models.BigIntegerField(default=0)
    num_parts = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ledger_balance_not_below_zero",
                condition=Q(balance_cents__gte=0),
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.balance_cents}"


class Part(models.Model):
    """A sub-account: one of the rows in which a busy account keeps its balance.

    How much lies in which part says nothing; entries name the account alone.
    """

    account = models.ForeignKey(
        Account, models.PROTECT, related_name="parts", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    balance_cents = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="ledger_part_once", fields=["account", "number"]
            ),
            models.CheckConstraint(
                name="ledger_part_not_below_zero", condition=Q(balance_cents__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} part {self.number}: {self.balance_cents}"


class Posting(models.Model):
    """One effect of one key. Its entries sum to zero."""

    VERBS = [(str(verb), str(verb)) for verb in Verb]

    key = models.CharField(max_length=KEY_LENGTH_MAX, unique=True)
    verb = models.CharField(max_length=10, choices=VERBS)
    kind = models.CharField(max_length=KIND_LENGTH_MAX)
    hold = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="uses", editable=False
    )
    """The hold that a capture or a release draws on."""
    amount_cents = models.BigIntegerField(null=True)
    """What a capture or release asked for; empty when the rest was released."""
    effective_on = models.DateField(db_index=True)
    meant_on = models.DateField(null=True)
    """The day that was asked for, when its period was closed by then."""
    expires_at = models.DateTimeField(null=True)
    memo = models.CharField(max_length=MEMO_LENGTH_MAX, blank=True)
    content_sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(db_default=TransactionNow())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ledger_posting_verb_and_hold",
                condition=Q(
                    verb__in=[Verb.CAPTURE.value, Verb.RELEASE.value],
                    hold__isnull=False,
                )
                | Q(
                    verb__in=[Verb.POST.value, Verb.REVERSE.value, Verb.HOLD.value],
                    hold__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="ledger_posting_falls_forward",
                condition=Q(meant_on__isnull=True) | Q(meant_on__lt=F("effective_on")),
            ),
        ]
        indexes = [
            models.Index(
                name="ledger_posting_expiring",
                fields=["expires_at"],
                condition=Q(expires_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.key


class Entry(models.Model):
    """Cents into or out of one account, in the order in which they were posted."""

    posting = models.ForeignKey(
        Posting, models.PROTECT, related_name="entries", db_index=False
    )
    position = models.PositiveIntegerField()
    account = models.ForeignKey(Account, models.PROTECT, related_name="entries")
    amount_cents = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="ledger_entry_one_per_position", fields=["posting", "position"]
            ),
            models.CheckConstraint(
                name="ledger_entry_moves_something",
                condition=~Q(amount_cents=0),
            ),
        ]
        indexes = [
            models.Index(
                name="ledger_entry_sum",
                fields=["account", "id"],
                include=["amount_cents"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.posting} {self.account} {self.amount_cents}"


class Reversal(models.Model):
    """Which posting undid which: at most one for each original."""

    original = models.OneToOneField(
        Posting, models.PROTECT, primary_key=True, related_name="reversed_by"
    )
    posting = models.OneToOneField(Posting, models.PROTECT, related_name="reversal_of")

    def __str__(self) -> str:
        return f"{self.posting} undoes {self.original}"


class Refusal(models.Model):
    """A key that was refused and stays so; written on a connection of its own."""

    key = models.CharField(max_length=KEY_LENGTH_MAX, primary_key=True)
    content_sha256 = models.CharField(max_length=64)
    code = models.CharField(max_length=40)
    data = models.JSONField()
    recorded_at = models.DateTimeField(db_default=TransactionNow())

    def __str__(self) -> str:
        return f"{self.key}: {self.code}"


class Seal(models.Model):
    """A posting's place in the chain of hashes: each seal repeats the one before."""

    sequence = models.BigIntegerField(primary_key=True)
    posting = models.OneToOneField(Posting, models.PROTECT)
    chain_sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.sequence}: {self.posting}"


class PeriodEnd(models.Model):
    """The last day of a closed period: nothing is posted up to it any more.

    `num_postings` and `postings_sha256` are the period as it was when it was closed:
    how many postings it has, and the hash of their fingerprints in their order.
    """

    ends_on = models.DateField(primary_key=True)
    closed_at = models.DateTimeField(db_default=TransactionNow())
    num_postings = models.PositiveIntegerField()
    postings_sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"closed until {self.ends_on}"


class Rollup(models.Model):
    """What an account's entries up to and with one sum to: written once, never waited
    for. No entry with a lower id comes afterwards."""

    account = models.ForeignKey(
        Account, models.PROTECT, related_name="rollups", db_index=False
    )
    through_entry = models.BigIntegerField()
    balance_cents = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="ledger_rollup_once", fields=["account", "through_entry"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.balance_cents} until {self.through_entry}"


class DayProof(models.Model):
    """The audit at the end of a day, and the head of the chain of seals by then."""

    ended_on = models.DateField(primary_key=True)
    sequence = models.BigIntegerField()
    chain_sha256 = models.CharField(max_length=64)
    is_clean = models.BooleanField()
    report = models.JSONField()
    proved_at = models.DateTimeField(db_default=TransactionNow())

    def __str__(self) -> str:
        return f"{self.ended_on}: {self.chain_sha256}"
