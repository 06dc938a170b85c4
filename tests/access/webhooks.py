"""A program of the world that is told what happens."""

from typing import Any

from hub.services.webhooks import send_test
from tests.factories.webhooks import make_endpoint


def tell_a_program(mark: str, *, rows: dict[str, Any]) -> None:
    """An address of the first farm, and a message for it that was given up."""
    endpoint = make_endpoint(rows["farm"], name=mark)
    send_test(endpoint=endpoint)
    message = endpoint.deliveries.get()
    message.state = message.State.FAILED
    message.save()
    rows |= {"endpoint": endpoint, "message": message}
