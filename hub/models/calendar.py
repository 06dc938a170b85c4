"""Calendars that people subscribe to from their own programs."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CalendarFeed(models.Model):
    """One calendar of one person, and what was last told of each of its events.

    The token of its address is kept as a digest, empty while it has none: never made,
    or taken back. `known` numbers its events (`hub.core.calendars.numbered`); programs
    that read by their key have a row without a token.
    """

    person = models.ForeignKey(
        "hub.Person", on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    kind = models.CharField(_("kind"), max_length=10)
    digest = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    last_read_at = models.DateTimeField(_("last read"), null=True, blank=True)
    hour_at = models.DateTimeField(null=True, blank=True)
    num_reads = models.PositiveIntegerField(default=0)
    known = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], name="hub_calendar_once"
            ),
            models.UniqueConstraint(
                fields=["digest"],
                condition=~Q(digest=""),
                name="hub_calendar_token_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.kind}"
