"""What stops a webhook.

DomainError
├── WebhookUrlUnfit        an address that no webhook is sent to
│   └── WebhookHostInside      a host that is not on the public internet
├── WebhookWithoutKind     an endpoint that would hear of nothing
├── TooManyWebhooks        one endpoint more than an organization may have
├── WebhookPaused          something asked of an endpoint that is paused
└── WebhookSecretGone      a secret asked for again after its hour
"""

from hub.core.errors import N_, DomainError


class WebhookUrlUnfit(DomainError):
    """An address that is not https, or not whole, or on a port we do not call."""

    code = "webhook_url_unfit"
    sentence = N_(
        "Write a whole address that begins with https://, without a user name or a "
        "#; its port is 443 or above 1023."
    )


class WebhookHostInside(WebhookUrlUnfit):
    """`host` names a machine that is not on the public internet."""

    code = "webhook_host_inside"
    sentence = N_("“%(host)s” is not on the public internet. Give a public address.")


class WebhookWithoutKind(DomainError):
    """An endpoint needs at least one kind of event."""

    code = "webhook_without_kind"
    sentence = N_("Choose at least one kind of event.")


class TooManyWebhooks(DomainError):
    """An organization has `most` endpoints already."""

    code = "too_many_webhooks"
    sentence = N_("You have %(most)s addresses already. Remove one first.")


class WebhookPaused(DomainError):
    """The endpoint is paused: nothing leaves for it."""

    code = "webhook_paused"
    sentence = N_("This address is paused. Resume it first.")


class WebhookSecretGone(DomainError):
    """A secret may be read by its program within an hour of being made."""

    code = "webhook_secret_gone"
    sentence = N_(
        "This secret was made more than an hour ago and is not shown again. "
        "Make a new one."
    )
