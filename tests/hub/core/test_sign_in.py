"""Coarse networks, browsers in words, and what raises an alarm."""

import pytest

from hub.core.sign_in import Alarm, Traffic, alarms_of, browser_of, network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:12:34::7", "2001:db8:12::/48"),
        ("nonsense", "?"),
        ("", "?"),
    ],
)
def test_an_address_is_kept_as_its_network(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox, Linux",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; Pixel 5) AppleWebKit/537.36 (KHTML, like"
            " Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like"
            " Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1"
            " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        ("curl/8.5.0", ""),
        ("", ""),
    ],
)
def test_a_browser_is_said_in_words(user_agent: str, words: str) -> None:
    assert browser_of(user_agent) == words


@pytest.mark.parametrize(
    ("traffic", "alarms"),
    [
        (Traffic(29, 9, 5, 59), []),
        (Traffic(30, 0, 1, 0), [Alarm.FROM_ONE_NETWORK]),
        (Traffic(0, 10, 1, 10), [Alarm.FROM_ONE_NETWORK]),
        (Traffic(1, 0, 6, 0), [Alarm.ON_ONE_ADDRESS]),
        (Traffic(1, 1, 1, 60), [Alarm.EVERYWHERE]),
        (Traffic(30, 10, 6, 60), list(Alarm)),
    ],
)
def test_what_raises_an_alarm(traffic: Traffic, alarms: list[Alarm]) -> None:
    assert alarms_of(traffic) == alarms
