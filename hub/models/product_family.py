"""Families of products, on which vouchers and reports stand."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class ProductFamily(models.Model):
    """A family such as vegetables or dairy, named in both languages.

    Everybody may use every family; only the hub that added one corrects it. Those
    without a hub are common: taxes and vouchers of all hubs stand on them.
    """

    hub = models.ForeignKey(
        "hub.Organization",
        on_delete=models.PROTECT,
        related_name="families",
        null=True,
        blank=True,
        verbose_name=_("hub"),
    )
    code = models.SlugField(_("code"), unique=True)
    name_fr = models.CharField(_("name in French"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    is_basic_grocery = models.BooleanField(
        _("basic grocery"),
        default=True,
        help_text=_("Basic groceries are zero-rated for TPS and TVQ."),
    )

    class Meta:
        verbose_name = _("product family")
        verbose_name_plural = _("product families")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_fr
