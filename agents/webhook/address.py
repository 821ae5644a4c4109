"""Which network addresses alerts are not posted to, whatever name led there.

Loopback and private networks are where an operator's own Alertmanager lives, so they are open. Closed are
addresses that only a mistake or an attacker (of the DNS, of the settings) would name: the machine's own
link, the clouds' metadata services, and what is no single host.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_CLOSED = {
    "link-local": ("169.254.0.0/16", "fe80::/10"),
    "a cloud's metadata service": (
        "100.100.100.200/32",  # Alibaba
        "168.63.129.16/32",  # Azure
        "192.0.0.192/32",  # Oracle
        "fd00:ec2::/32",  # AWS
        "fd20:ce::/64",  # Google
    ),
    "unspecified": ("0.0.0.0/8", "::/128"),
    "multicast": ("224.0.0.0/4", "ff00::/8"),
    "reserved": ("240.0.0.0/4",),
}
CLOSED = [(ip_network(network), kind) for kind, networks in _CLOSED.items() for network in networks]
_TRANSLATED = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))
"""NAT64 (RFC 6052, RFC 8215): the last 32 bits are an IPv4 address."""
_COMPATIBLE = ip_network("::/96")
"""IPv4-compatible addresses (RFC 4291, section 2.5.5.1); `::` and `::1` are there as well."""
_LAST_32 = 0xFFFF_FFFF


def refusal(address: str) -> str | None:
    """Why an address is closed; None when it is open.

    Only a plain numeric address is judged: anything else (a name, `127.1`, `0x7f000001`, `2852039166`) would
    be read once more further down, so it is refused.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return f"{address} is no numeric address"
    for meant in (parsed, *within(parsed)):
        for network, kind in CLOSED:
            if meant.version == network.version and meant in network:
                return f"{address} is {kind}"
    return None


def within(address: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """IPv4 addresses that an IPv6 address stands for, each way there is to write one in it."""
    if isinstance(address, IPv4Address):
        return []
    address = IPv6Address(int(address))  # without a scope, which would keep it out of every network
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in network for network in _TRANSLATED):
        found.append(IPv4Address(int(address) & _LAST_32))
    if address in _COMPATIBLE and int(address) > 1:
        found.append(IPv4Address(int(address) & _LAST_32))
    return [inner for inner in found if inner is not None]
