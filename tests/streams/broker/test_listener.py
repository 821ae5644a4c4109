"""Further doors of a broker, as its configuration has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.broker import Listener
from streams.broker.folder import PROPERTIES, write_properties

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD = "right-horse"  # noqa: S105  of nothing


def test_a_door_is_written_beside_the_plain_one(tmp_path: Path) -> None:
    """With its own port, protocol, keys and users; brokers go on to talk in plain."""
    doors = {
        Listener("SECURE", "SASL_SSL", tmp_path / "key.pem", passwords={"newswatch": PASSWORD}): 3,
        Listener("MUTUAL", "SSL", tmp_path / "key.pem", tmp_path / "ca.pem"): 4,
    }
    write_properties(tmp_path, 1, 2, doors)
    lines = dict(line.split("=", 1) for line in (tmp_path / PROPERTIES).read_text().splitlines())
    assert lines["listeners"] == (
        "PLAINTEXT://127.0.0.1:1,SECURE://127.0.0.1:3,MUTUAL://127.0.0.1:4,CONTROLLER://127.0.0.1:2"
    )
    assert "CONTROLLER" not in lines["advertised.listeners"]
    assert lines["listener.security.protocol.map"].endswith(",SECURE:SASL_SSL,MUTUAL:SSL")
    assert lines["inter.broker.listener.name"] == "PLAINTEXT"
    assert lines["listener.name.mutual.ssl.client.auth"] == "required"
    assert f'user_newswatch="{PASSWORD}"' in lines["listener.name.secure.plain.sasl.jaas.config"]
    assert "listener.name.secure.ssl.client.auth" not in lines


def test_passwords_are_not_shown() -> None:
    """In no error and no log."""
    assert PASSWORD not in repr(Listener("SECURE", "SASL_SSL", passwords={"newswatch": PASSWORD}))
