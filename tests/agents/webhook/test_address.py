"""Which addresses are closed, in each way there is to write them."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.webhook.address import CLOSED, refusal

WAYS = {
    "mapped": lambda v4: f"::ffff:{v4}",
    "mapped in hexadecimal": lambda v4: str(IPv6Address((0xFFFF << 32) | int(v4))),
    "compatible": lambda v4: f"::{v4}",
    "6to4": lambda v4: str(IPv6Address((0x2002 << 112) | (int(v4) << 80) | 1)),
    "Teredo": lambda v4: str(IPv6Address((0x2001_0000_4136_E378 << 64) | (int(v4) ^ 0xFFFF_FFFF))),
    "NAT64": lambda v4: f"64:ff9b::{v4}",
    "NAT64, local": lambda v4: f"64:ff9b:1::{v4}",
}


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("169.254.169.254", "link-local"),
        ("169.254.0.1", "link-local"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("100.100.100.200", "metadata"),
        ("168.63.129.16", "metadata"),
        ("192.0.0.192", "metadata"),
        ("fd00:ec2::254", "metadata"),
        ("fd20:ce::254", "metadata"),
        ("0.0.0.0", "unspecified"),  # noqa: S104  not bound to, refused
        ("::", "unspecified"),
        ("::ffff:0.0.0.0", "unspecified"),
        ("::%1", "unspecified"),
        ("224.0.0.1", "multicast"),
        ("ff02::1%eth0", "multicast"),
        ("255.255.255.255", "reserved"),
    ],
)
def test_what_is_closed_says_what_it_is(address: str, kind: str) -> None:
    """The reason names the address."""
    assert kind in (reason := refusal(address) or "")
    assert address in reason


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "::1",
        "10.0.0.7",
        "192.168.1.1",
        "172.17.0.2",
        "fd12:3456::1",
        "93.184.215.14",
        "2606:4700::1",
    ],
)
def test_an_operators_own_networks_and_the_internet_are_open(address: str) -> None:
    """Loopback and private addresses are where Alertmanager lives."""
    assert refusal(address) is None


@pytest.mark.parametrize(
    "text",
    [
        "2852039166",
        "0xA9FEA9FE",
        "169.254.43518",
        "0251.0376.0251.0376",
        "localhost",
        "",
        " 127.0.0.1",
        "127.1",
    ],
)
def test_what_would_be_read_once_more_is_refused(text: str) -> None:
    """Decimal, octal and hexadecimal spellings, short ones, names."""
    assert refusal(text)


@pytest.mark.parametrize("way", WAYS)
@given(data=st.data())
def test_no_closed_ipv4_address_gets_through_in_ipv6(way: str, data: st.DataObject) -> None:
    """Whatever holds an IPv4 address is judged by it."""
    network = data.draw(st.sampled_from([network for network, _ in CLOSED if network.version == 4]))
    address = data.draw(st.ip_addresses(network=network))
    assert refusal(str(address))
    if (way, int(address)) != ("compatible", 1):  # that is ::1, loopback
        assert refusal(WAYS[way](address))


@pytest.mark.parametrize("way", WAYS)
@given(st.ip_addresses(v=4).filter(lambda address: refusal(str(address)) is None))
def test_an_open_ipv4_address_is_open_in_ipv6(way: str, address: IPv4Address) -> None:
    """The check is of the address, not of the way it is written."""
    assert refusal(WAYS[way](address)) is None


@given(st.ip_addresses())
def test_an_address_is_judged_whatever_its_spelling(address: IPv4Address | IPv6Address) -> None:
    """Long and short forms, small and capital letters."""
    spellings = {str(address), address.exploded, str(address).upper()}
    assert len({refusal(spelling) is None for spelling in spellings}) == 1
    assert ip_address(address.exploded) == address
