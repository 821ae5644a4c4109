"""Certificates for brokers and clients, made anew for each test session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import trustme
from cryptography.hazmat.primitives import serialization

if TYPE_CHECKING:
    from pathlib import Path

KEY_PASSWORD = "a key's own"  # noqa: S105  of a key that lives for a test


@dataclass(frozen=True)
class Certificates:
    """Files in PEM."""

    authority: Path
    broker: Path
    """Key and certificate, for 127.0.0.1 and localhost."""
    client: Path
    """Certificate."""
    client_key: Path
    """Its key, encrypted."""
    other_authority: Path
    """One that has signed nothing here."""


def issued(folder: Path) -> Certificates:
    """Make them."""
    authority, other = trustme.CA(), trustme.CA()
    found = Certificates(*(folder / f"{name}.pem" for name in Certificates.__dataclass_fields__))
    authority.cert_pem.write_to_path(found.authority)
    other.cert_pem.write_to_path(found.other_authority)
    broker = authority.issue_cert("127.0.0.1", "localhost")
    found.broker.write_bytes(_key(broker) + broker.cert_chain_pems[0].bytes())
    client = authority.issue_cert("newswatch.example")
    found.client.write_bytes(client.cert_chain_pems[0].bytes())
    found.client_key.write_bytes(_key(client, KEY_PASSWORD))
    return found


def _key(issued: trustme.LeafCert, password: str | None = None) -> bytes:
    """In PKCS 8, the one form that Java reads."""
    key = serialization.load_pem_private_key(issued.private_key_pem.bytes(), None)
    encryption = (
        serialization.BestAvailableEncryption(password.encode()) if password else serialization.NoEncryption()
    )
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption)
