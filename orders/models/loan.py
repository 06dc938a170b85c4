"""Loans to farms, what came back of them, and the runs that pay farms."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id


class FarmLoan(models.Model):
    """Money that a hub lends a farm without interest.

    `repaid_cents` is written with each posting of it, under the lock of this row; it
    never goes below nothing nor above what was lent.
    """

    class Every(models.TextChoices):
        WEEK = "week", _("every week")
        MONTH = "month", _("every month")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    hub = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="loans_granted"
    )
    farm = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="loans"
    )
    purpose = models.CharField(_("what for"), max_length=160)
    amount_cents = models.BigIntegerField(_("amount"))
    repaid_cents = models.BigIntegerField(_("repaid"), default=0)
    num_instalments = models.PositiveSmallIntegerField(_("instalments"))
    every = models.CharField(_("how often"), max_length=5, choices=Every.choices)
    first_on = models.DateField(_("first instalment"))
    share_bps = models.PositiveIntegerField(_("share of a payout"))
    granted_on = models.DateField(_("paid out on"))
    granted_by = models.ForeignKey(
        "hub.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    granted_at = models.DateTimeField(default=timezone.now)
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        verbose_name = _("loan to a farm")
        verbose_name_plural = _("loans to farms")
        ordering = ["-granted_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="orders_loan_repaid_within",
                condition=Q(amount_cents__gt=0)
                & Q(repaid_cents__gte=0)
                & Q(repaid_cents__lte=F("amount_cents")),
            ),
            models.CheckConstraint(
                name="orders_loan_share_possible",
                condition=Q(share_bps__gt=0, share_bps__lte=10_000),
            ),
            models.CheckConstraint(
                name="orders_loan_ends",
                condition=Q(num_instalments__gte=1, num_instalments__lte=120),
            ),
        ]

    def __str__(self) -> str:
        return self.purpose

    @property
    def left_cents(self) -> int:
        """What is still to come back."""
        return self.amount_cents - self.repaid_cents


class PayoutRun(models.Model):
    """Farms paid together, once: all that was due to them by a day."""

    APPEND_ONLY: ClassVar = True

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    hub = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="payout_runs"
    )
    key = models.CharField(max_length=80, unique=True)
    asked = models.CharField(max_length=64)
    through_on = models.DateField(_("due by"))
    paid_on = models.DateField(_("paid on"))
    method = models.CharField(_("how"), max_length=80)
    paid_by = models.ForeignKey(
        "hub.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    run_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("payment run")
        verbose_name_plural = _("payment runs")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.hub} {self.paid_on}"


class Payout(models.Model):
    """What one farm got in a run: what was due, less what its loans withheld."""

    APPEND_ONLY: ClassVar = True

    run = models.ForeignKey(
        "orders.PayoutRun", on_delete=models.PROTECT, related_name="payouts"
    )
    farm = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="payouts"
    )
    gross_cents = models.BigIntegerField(_("due"))
    withheld_cents = models.BigIntegerField(_("withheld"))
    carried_cents = models.BigIntegerField(_("carried over"), default=0)

    class Meta:
        verbose_name = _("payout")
        verbose_name_plural = _("payouts")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "farm"], name="orders_paid_once_a_run"
            ),
            models.CheckConstraint(
                name="orders_payout_within",
                condition=Q(gross_cents__gt=0)
                & Q(withheld_cents__gte=0)
                & Q(withheld_cents__lte=F("gross_cents")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.farm} {self.net_cents}"

    @property
    def net_cents(self) -> int:
        """What left the bank."""
        return self.gross_cents - self.withheld_cents


class LoanRepayment(models.Model):
    """What came back of a loan once: withheld on a payout, or paid by the farm.

    One that was taken back keeps its row; `taken_back_on` says since when.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    loan = models.ForeignKey(
        "orders.FarmLoan", on_delete=models.PROTECT, related_name="repayments"
    )
    payout = models.ForeignKey(
        "orders.Payout",
        on_delete=models.PROTECT,
        related_name="repayments",
        null=True,
        blank=True,
    )
    amount_cents = models.BigIntegerField(_("amount"))
    repaid_on = models.DateField(_("day"))
    posting_key = models.CharField(max_length=200, unique=True)
    taken_back_on = models.DateField(_("taken back on"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("repayment of a loan")
        verbose_name_plural = _("repayments of loans")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="orders_repayment_of_something",
                condition=Q(amount_cents__gt=0),
            )
        ]

    def __str__(self) -> str:
        return f"{self.loan} {self.amount_cents}"


class CashWatch(models.Model):
    """What a hub says of its bank: the balance on a day, and when to be warned.

    `is_low` remembers that the warning was given, until the way ahead is above the
    level again; `num_warnings` names each one.
    """

    hub = models.OneToOneField(
        "hub.Organization", on_delete=models.PROTECT, related_name="cash_watch"
    )
    counted_cents = models.BigIntegerField(_("balance of the bank"), default=0)
    counted_on = models.DateField(_("at the end of"), null=True, blank=True)
    warn_below_cents = models.BigIntegerField(_("warn below"), null=True, blank=True)
    is_low = models.BooleanField(default=False)
    num_warnings = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("watch over cash")
        verbose_name_plural = _("watches over cash")

    def __str__(self) -> str:
        return str(self.hub)
