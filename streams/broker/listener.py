"""More doors of a broker: with TLS, with passwords; for trying a client against them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_LOGIN = "org.apache.kafka.common.security"


@dataclass(frozen=True)
class Listener:
    """One door, on a loopback port of its own beside the plain one.

    Attributes:
        name: In capitals, as `SECURE`.
        protocol: `SSL`, `SASL_SSL` or `SASL_PLAINTEXT`.
        keystore: PEM with the broker's key and certificate; needed for TLS.
        truststore: PEM with who signs the clients' certificates; with it each client has to show one.
        passwords: By user, for PLAIN. Users of SCRAM are made by an administrator, through the plain door.
    """

    name: str
    protocol: str
    keystore: Path | None = None
    truststore: Path | None = None
    passwords: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)

    def properties(self) -> str:
        """Lines of the broker's configuration, without the address."""
        lines: dict[str, object] = {}
        if self.keystore:
            lines |= {"ssl.keystore.type": "PEM", "ssl.keystore.location": self.keystore}
        if self.truststore:
            lines |= {
                "ssl.truststore.type": "PEM",
                "ssl.truststore.location": self.truststore,
                "ssl.client.auth": "required",
            }
        if self.protocol.startswith("SASL"):
            users = "".join(f' user_{user}="{password}"' for user, password in self.passwords.items())
            scram = f"{_LOGIN}.scram.ScramLoginModule required;"
            lines |= {
                "sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512",
                "plain.sasl.jaas.config": f"{_LOGIN}.plain.PlainLoginModule required{users};",
                "scram-sha-256.sasl.jaas.config": scram,
                "scram-sha-512.sasl.jaas.config": scram,
            }
        return "".join(f"listener.name.{self.name.lower()}.{key}={value}\n" for key, value in lines.items())
