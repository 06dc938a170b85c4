"""Where a message may leave for: whole https addresses on the public internet.

Whoever gives an address to call could name a machine inside our own network. So the
address is read strictly here, and the numbers that its host resolves to are judged
here again at each sending, before anything connects to them.
"""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address
from urllib.parse import urlsplit

from hub.core.errors.webhooks import WebhookHostInside, WebhookUrlUnfit

LONGEST_URL = 500
HTTPS_PORT = 443
FIRST_FREE_PORT = 1024
LAST_PORT = 65_535
DEFAULT_PORTS = {"https": HTTPS_PORT, "http": 80}

NOT_PUBLIC_4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carriers' own (CGNAT), some clouds' metadata
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # a cloud's metadata, though it looks public
        "169.254.0.0/16",  # link-local, most clouds' metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
PUBLIC_6 = IPv6Network("2000::/3")
"""Global unicast: loopback, mapped, NAT64, unique-local, link-local and multicast
addresses all lie outside."""
NOT_PUBLIC_6 = tuple(
    IPv6Network(block)
    for block in (
        "2001::/23",  # protocols, Teredo
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address inside
        "3fff::/20",  # documentation
    )
)
INSIDE_NAMES = (
    "localhost",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "home.arpa",
    "test",
    "invalid",
    "onion",
)
"""Ends of names that no public server carries."""


@dataclass(frozen=True, slots=True)
class Target:
    """One address to send to, taken apart: `host` as it is asked of the DNS."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        """The host as HTTP names it: a port only when it is not the usual one."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        if self.port == DEFAULT_PORTS[self.scheme]:
            return shown
        return f"{shown}:{self.port}"


def is_public_address(text: str) -> bool:
    """Whether a numeric address is one machine of the public internet.

    False for what is no address, and for IPv6 addresses that carry an IPv4 one
    (mapped, NAT64, 6to4, Teredo): the inner one could be ours. Blocks from the IANA
    special-purpose registries (RFC 6890 and its followers).
    """
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if not address.is_global or address.is_multicast:
        return False
    if isinstance(address, IPv4Address):
        return not any(address in block for block in NOT_PUBLIC_4)
    if address.scope_id is not None or address not in PUBLIC_6:
        return False
    return not any(address in block for block in NOT_PUBLIC_6)


def read_target(url: str, *, anywhere: bool = False) -> Target:
    """Take an address apart, or refuse it without asking the network.

    https only, port 443 or 1024 and above, no user, password or fragment; names of
    other alphabets become their ASCII form first. With `anywhere` (development and
    tests), http and inner hosts pass too.
    Raises WebhookUrlUnfit, WebhookHostInside.
    """
    if len(url) > LONGEST_URL or any(ord(sign) <= ord(" ") for sign in url):
        raise WebhookUrlUnfit
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _ascii(parts.hostname or "")
        path = _whole_path(parts.path, parts.query)
    except ValueError as error:
        raise WebhookUrlUnfit from error
    schemes = ("https", "http") if anywhere else ("https",)
    strange = "@" in parts.netloc or "\\" in url or "#" in url
    if parts.scheme not in schemes or not host or strange:
        raise WebhookUrlUnfit
    target = Target(parts.scheme, host, port or DEFAULT_PORTS[parts.scheme], path)
    if not anywhere:
        _require_public(target)
    return target


def _whole_path(path: str, query: str) -> str:
    """Path and query as they are asked for; both must be ASCII already."""
    whole = (path or "/") + (f"?{query}" if query else "")
    whole.encode("ascii")
    return whole


def _ascii(host: str) -> str:
    """The name as the DNS knows it; what only looks like a number becomes one."""
    if ":" in host:
        return ip_address(host).compressed
    return host.encode("idna").decode("ascii").lower().removesuffix(".")


def _require_public(target: Target) -> None:
    if target.port != HTTPS_PORT and not FIRST_FREE_PORT <= target.port <= LAST_PORT:
        raise WebhookUrlUnfit
    if is_public_address(target.host):
        return
    labels = target.host.split(".")
    is_number = ":" in target.host or _ends_in_number(labels[-1])
    is_inside = len(labels) < 2 or any(
        target.host.endswith(f".{name}") for name in INSIDE_NAMES
    )
    if is_number or is_inside:
        raise WebhookHostInside(host=target.host)


def _ends_in_number(label: str) -> bool:
    """Whether resolvers may read the host as an IPv4 address: 127.1, 0x7f.1, 017…"""
    return label.isdigit() or label.startswith("0x")
