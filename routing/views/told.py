"""The very words that an act will send, shown before it."""

from typing import Any

from hub.notices import compose
from routing import selectors
from routing.selectors import Telling


def words_of(tellings: list[Telling], *, hub_name: str) -> dict[str, Any]:
    """What a page shows of notices to come: each once a language, and who is silent."""
    read = selectors.with_readers(tellings)
    previews = [
        {
            "telling": telling,
            "readers": [reader for reader in readers if reader.language == code],
            "language": code,
            "letter": compose(
                kind=telling.kind, data=telling.data, hub_name=hub_name, language=code
            ),
        }
        for telling, readers in read
        for code in sorted({reader.language for reader in readers})
    ]
    return {
        "previews": previews,
        "silent": [telling for telling, readers in read if not readers],
        "num_told": sum(len(readers) for _telling, readers in read),
    }
