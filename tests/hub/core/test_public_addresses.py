"""Where a webhook may go: the table of addresses, and the reading of a URL."""

import pytest

from hub.core.errors.webhooks import WebhookHostInside, WebhookUrlUnfit
from hub.core.public_addresses import Target, is_public_address, read_target

PUBLIC = ["8.8.8.8", "1.1.1.1", "100.63.255.255", "100.128.0.1", "172.32.0.1"]
PUBLIC += ["2606:4700:4700::1111", "2a00:1450:4001:80b::200e"]
INSIDE = [
    "0.0.0.0",  # noqa: S104 - a row of the table
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",
    "100.127.255.255",
    "127.0.0.1",
    "127.8.9.10",
    "168.63.129.16",
    "169.254.1.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.8",
    "192.0.2.7",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.9",
    "203.0.113.5",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:0:7f00:1::1",
    "2001:db8::1",
    "2001:10::1",
    "2002:7f00:1::",
    "2002:808:808::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "2606:4700:4700::1111%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
]
NO_ADDRESS = ["", "localhost", "127.1", "0x7f000001", "2130706433", "017700000001"]


@pytest.mark.parametrize("text", PUBLIC)
def test_a_machine_of_the_public_internet_may_be_called(text):
    assert is_public_address(text) is True


@pytest.mark.parametrize("text", [*INSIDE, *NO_ADDRESS])
def test_no_other_address_may(text):
    assert is_public_address(text) is False


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://a.example", Target("https", "a.example", 443, "/")),
        ("https://A.Example./x?y=1", Target("https", "a.example", 443, "/x?y=1")),
        ("https://a.example:8443/x", Target("https", "a.example", 8443, "/x")),
        (
            "https://épicerie.example/",
            Target("https", "xn--picerie-9xa.example", 443, "/"),
        ),
        ("https://[2606:4700::1]/", Target("https", "2606:4700::1", 443, "/")),
    ],
)
def test_a_whole_https_address_is_taken_apart(url, target):
    assert read_target(url) == target


def test_a_host_is_named_with_its_port_only_when_it_is_unusual():
    headers = [
        read_target(url).host_header
        for url in ("https://a.example/", "https://[2606:4700::1]:8443/")
    ]

    assert headers == ["a.example", "[2606:4700::1]:8443"]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "a.example",
        "http://a.example/",
        "ftp://a.example/",
        "https:///x",
        "https://me:word@a.example/",
        "https://@a.example/",
        "https://a.example/#x",
        "https://a.example/#",
        "https://a.example\\@b.example/",
        "https://a.example:80/",
        "https://a.example:25/",
        "https://a.example:1023/",
        "https://a.example:99999/",
        "https://a.example:x/",
        "https://a.example/é",
        "https://a.example/\r\nHost: b",
        " https://a.example/",
        "https://a..example/",
        f"https://a.example/{'x' * 500}",
    ],
)
def test_an_address_that_is_not_whole_or_not_https_is_refused(url):
    with pytest.raises(WebhookUrlUnfit) as refusal:
        read_target(url)

    assert refusal.type is WebhookUrlUnfit


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "postgres",
        "printer.local",
        "db.internal",
        "x.home.arpa",
        "127.0.0.1",
        "127.1",
        "0x7f.1",
        "2130706433",
        "１２７.０.０.１",
        "169.254.169.254",
        "[::1]",
        "[::ffff:8.8.8.8]",
        "[fd00:ec2::254]",
    ],
)
def test_a_host_that_is_inside_is_refused(host):
    with pytest.raises(WebhookHostInside):
        read_target(f"https://{host}/")


def test_in_development_http_and_inner_hosts_pass():
    target = read_target("http://127.0.0.1:8001/x", anywhere=True)

    assert target == Target("http", "127.0.0.1", 8001, "/x")
