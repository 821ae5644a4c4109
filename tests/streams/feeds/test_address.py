"""Addresses that are asked, and those that are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.feeds.address import refusal

if TYPE_CHECKING:
    from ipaddress import IPv4Address


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_the_web_is_open(address: str) -> None:
    """Whether private addresses are or not."""
    assert refusal(address, private=False) is refusal(address, private=True) is None


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "::1", "fd00::1"])
def test_private_networks_are_open_to_what_is_configured_there(address: str) -> None:
    """And to nothing else."""
    assert refusal(address, private=True) is None
    assert refusal(address, private=False) == f"{address} is in a private network"


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "fe80::1%2", "0.0.0.1", "224.0.0.1", "::", "news.test"]
)
def test_some_are_closed_to_all(address: str) -> None:
    """Metadata, the link, what is no single host, and what is no number."""
    assert refusal(address, private=True) is not None


@given(st.ip_addresses(v=4).filter(lambda address: not address.is_global))
def test_a_private_address_is_seen_through_ipv6(address: IPv4Address) -> None:
    """Mapped, translated and tunnelled."""
    number = int(address)
    for form in (f"::ffff:{address}", f"64:ff9b::{number >> 16:x}:{number & 0xFFFF:x}"):
        assert refusal(form, private=False) is not None
    assert refusal(f"2002:{number >> 16:x}:{number & 0xFFFF:x}::1", private=False) is not None
