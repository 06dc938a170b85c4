"""Sheets that a hub brought: what each said, what it did, and how to take it back."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id
from hub.core.privacy import Personal


class ImportBatch(models.Model):
    """One sheet: a draft with its table, then done with its rows, or taken back.

    `mapping` is from a header as it is compared to the column it stands for, "" for
    one that was left out; the next sheet of the hub with that header begins with it.
    `left_out` are the rows that were not imported with the others, as {"number",
    "title", "errors"}, each error as {"column", "sentence", "data"}.
    A sample is made by us to be looked at, and removed with all the others.
    """

    class Kind(models.TextChoices):
        FARMS = "farms", _("Farms")
        BUYERS = "buyers", _("Buyers")
        PLACES = "places", _("Places")
        PRODUCTS = "products", _("Products")
        TRUCKS = "trucks", _("Trucks")
        TIERS = "tiers", _("Price tiers of buyers")
        DRIVERS = "drivers", _("Drivers")
        CYCLES = "cycles", _("Cycles")

    class Status(models.TextChoices):
        DRAFT = "draft", _("To confirm")
        DONE = "done", _("Imported")
        UNDONE = "undone", _("Taken back")

    PERSONAL_FIELDS: ClassVar = {
        "table": Personal("Show a sheet before it is imported.", 7),
        "left_out": Personal("Say which rows were not imported, and why.", 365),
    }

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    hub = models.ForeignKey(
        "hub.Organization", on_delete=models.CASCADE, related_name="imports"
    )
    person = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    file_name = models.CharField(_("file"), max_length=120, blank=True)
    status = models.CharField(
        _("status"), max_length=8, choices=Status.choices, default=Status.DRAFT
    )
    is_sample = models.BooleanField(_("sample"), default=False)
    table = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    left_out = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.created_at:%Y-%m-%d}"


class ImportRow(models.Model):
    """One row of a sheet that was imported, and each thing it made or changed.

    `effects` are {"table", "id", "before", "after"}: a public id, the facts that were
    there (None when the row made it), and those written.
    """

    PERSONAL_FIELDS: ClassVar = {
        "effects": Personal("Take an import back as it was done.", 365),
    }

    batch = models.ForeignKey(
        "hub.ImportBatch", on_delete=models.CASCADE, related_name="rows"
    )
    number = models.PositiveIntegerField(_("row"))
    action = models.CharField(_("what it did"), max_length=8)
    title = models.CharField(_("what it is"), max_length=250)
    effects = models.JSONField(default=list)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["number", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "number"], name="hub_import_row_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.batch} · {self.number}"
