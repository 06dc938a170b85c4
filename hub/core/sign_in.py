"""Who comes in and who tries to: coarse networks, browsers in words, alarms.

No whole internet address is kept: a network of 256 addresses (IPv4 /24), or of one
customer's site (IPv6 /48), tells apart what an alarm and a person must tell apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address

ADDRESSES_ASKED = 30
ADDRESSES_FAILED = 10
NETWORKS_ON_ONE = 6
ADDRESSES_FAILED_IN_ALL = 60
"""From how many, in one hour, somebody is told. A kitchen where thirty people sign in
behind one box within the hour is rare; ten people there who all mistype is not that."""

BROWSERS: Sequence[tuple[str, str]] = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS: Sequence[tuple[str, str]] = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
"""Marks of a browser and of a machine, the more particular first: most browsers also
claim to be others."""


class Alarm(StrEnum):
    """What a series of asks and wrong codes looks like."""

    FROM_ONE_NETWORK = "from_one_network"
    ON_ONE_ADDRESS = "on_one_address"
    EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class Traffic:
    """One hour as seen from the latest attempt.

    Of its network: how many addresses it asked codes for, and how many it failed on.
    Of its address: how many networks tried it. Of all: how many pairs of network and
    address failed.
    """

    asked_from_here: int
    failed_from_here: int
    networks_on_it: int
    failed_in_all: int


def alarms_of(traffic: Traffic) -> list[Alarm]:
    """Which alarms this hour deserves by now."""
    raised = []
    if (
        traffic.asked_from_here >= ADDRESSES_ASKED
        or traffic.failed_from_here >= ADDRESSES_FAILED
    ):
        raised.append(Alarm.FROM_ONE_NETWORK)
    if traffic.networks_on_it >= NETWORKS_ON_ONE:
        raised.append(Alarm.ON_ONE_ADDRESS)
    if traffic.failed_in_all >= ADDRESSES_FAILED_IN_ALL:
        raised.append(Alarm.EVERYWHERE)
    return raised


def network_of(address: str) -> str:
    """The network of an internet address; "?" for what is none."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "?"
    mapped = getattr(parsed, "ipv4_mapped", None)
    parsed = mapped or parsed
    if isinstance(parsed, IPv4Address):
        return str(IPv4Network((parsed, 24), strict=False))
    return str(IPv6Network((parsed, 48), strict=False))


def browser_of(user_agent: str) -> str:
    """The browser and the machine as people call them; empty when unknown."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return ", ".join(filter(None, (browser, system)))
