"""The queue as files of a folder, where no reader ever finds half of a message.

Kombu's own transport gives a file its name before it writes into it. A worker that
looks between the two reads nothing, ends on it, and takes the site with it.
"""

import uuid
from pathlib import Path
from time import monotonic
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps


class WholeFiles(filesystem.Channel):
    """Writes a message aside, then gives it its name in one step."""

    def _put(self, queue: str, payload: Any, **_options: Any) -> None:  # type: ignore[override] # kombu names it in two ways
        """Put a message at the end of a queue. Raises ChannelError: a full disk."""
        text = dumps(payload)
        folder = Path(self.data_folder_out)
        unnamed = folder / f"unnamed-{uuid.uuid4()}"
        named = folder / f"{round(monotonic() * 1_000)}_{uuid.uuid4()}.{queue}.msg"
        try:
            unnamed.write_text(text, encoding="utf-8")
            unnamed.rename(named)
        except OSError as error:
            raise ChannelError(f"Cannot add a message to {str(folder)!r}") from error


class Transport(filesystem.Transport):
    """Kombu's files, written whole."""

    Channel = WholeFiles


def use() -> None:
    """Take `filesystem://` to mean this transport, from now on in this process."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
