"""An address that is told what happens: its name, where it is, what it wants."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.core.errors import DomainError
from hub.core.happenings import EVERY, Event
from hub.doors import sentence_of
from hub.models import WebhookEndpoint
from hub.services.webhooks import Wish

KIND_LABELS = {
    Event.CYCLE_OPENED: _("An order cycle opens"),
    Event.CYCLE_CHANGED: _("The dates of an open cycle change"),
    Event.CYCLE_CLOSED: _("A cycle closes and its goods are shared out"),
    Event.CYCLE_REOPENED: _("A closed cycle is opened again"),
    Event.ORDER_PLACED: _("An order is placed"),
    Event.ORDER_CHANGED: _("An order changes"),
    Event.ORDER_CANCELLED: _("An order is cancelled"),
    Event.PLAN_PUBLISHED: _("A plan is published"),
    Event.PLAN_DISPATCHED: _("The trucks leave"),
    Event.PLAN_WITHDRAWN: _("A published plan is withdrawn"),
    Event.ROUTE_CHANGED: _("A route changes under way"),
    Event.STOP_DONE: _("A stop is done"),
    Event.DELIVERY_RECORDED: _("A delivery is noted"),
    Event.DELIVERY_FORGOTTEN: _("A delivery is taken back"),
    Event.INVOICE_ISSUED: _("An invoice or a credit note is issued"),
    Event.STATEMENT_READY: _("A farm’s statement is ready"),
    Event.DAY_SETTLED: _("A day is settled"),
    Event.ENVELOPE_CHANGED: _("Money of an envelope moves"),
    Event.WEBHOOK_TEST: _("A test"),
}
CHOICES = [
    (EVERY, _("Everything, kinds to come too")),
    *((kind.value, KIND_LABELS[kind]) for kind in Event if kind != Event.WEBHOOK_TEST),
]
SINCE_HOURS = [
    ("1", _("the last hour")),
    ("24", _("the last day")),
    ("168", _("the last week")),
    ("720", _("the last thirty days")),
]


class WebhookForm(forms.Form):
    """Where to send, and what."""

    name = forms.CharField(
        label=_("What is this program?"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    url = forms.CharField(
        label=_("Its address"),
        max_length=500,
        help_text=_("It begins with https://"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "inputmode": "url", "spellcheck": "false"}
        ),
    )
    kinds = forms.MultipleChoiceField(
        label=_("What is it told?"),
        choices=CHOICES,
        widget=forms.CheckboxSelectMultiple,
        initial=[EVERY],
    )

    def clean(self) -> dict[str, Any]:
        """Say what the service would refuse beside the field it is about."""
        found = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.wish = Wish(**found)
            except DomainError as error:
                self.add_error("url", sentence_of(error))
        return found


class SinceForm(forms.Form):
    """How far back to send again what was not delivered."""

    hours = forms.TypedChoiceField(
        label=_("What was not delivered in"), choices=SINCE_HOURS, coerce=int
    )


def initial_of(endpoint: WebhookEndpoint) -> dict[str, Any]:
    """What the form shows of an endpoint."""
    return {"name": endpoint.name, "url": endpoint.url, "kinds": endpoint.kinds}


def kind_label(kind: str) -> str:
    """A kind of event in words; as programs name it when it is unknown."""
    known = [str(label) for each, label in KIND_LABELS.items() if each.value == kind]
    return known[0] if known else kind


def kind_labels(kinds: list[str]) -> list[str]:
    """What an endpoint is told, in words, in the order of the form."""
    return [str(label) for kind, label in CHOICES if kind in kinds]
