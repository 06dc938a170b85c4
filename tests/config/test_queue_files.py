"""Messages as files: whole or not there, and each read once, in order."""

import json
from pathlib import Path
from queue import Empty
from typing import Any, cast

import pytest
from kombu import Connection
from kombu.utils.json import register_type

from config.celery import app
from config.queue_files import Transport, WholeFiles


@pytest.fixture
def channel(tmp_path: Path) -> Any:
    options = {"data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path)}
    broker = Connection("filesystem://localhost", transport_options=options)
    return broker.channel()


class Curious:
    """A message that looks into the queue while it is being written."""

    def __init__(self, channel: Any) -> None:
        self.channel = channel
        self.found: list[str] = []

    def written(self) -> str:
        try:
            self.found.append(json.dumps(self.channel._get("work")))
        except Empty:
            self.found.append("nothing yet")
        return "whole"


register_type(Curious, "curious", Curious.written, cast(Any, str))


def test_the_site_writes_its_messages_whole(channel: Any) -> None:
    assert app.conf.broker_url == "filesystem://localhost"
    assert (type(channel), channel.connection.__class__) == (WholeFiles, Transport)


def test_nobody_finds_a_message_before_it_is_whole(channel: Any) -> None:
    message = Curious(channel)

    channel._put("work", [message])

    assert message.found == ["nothing yet"]
    assert channel._get("work") == ["whole"]


def test_messages_come_in_their_order_and_once(channel: Any) -> None:
    for number in (1, 2):
        channel._put("work", [number])
    channel._put("other", [3])

    assert [channel._get("work") for _ in range(2)] == [[1], [2]]
    with pytest.raises(Empty):
        channel._get("work")
    assert channel._get("other") == [3]
