"""How a cluster is reached: what the settings make of it, and what they refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from streams.cluster import Cluster
from streams.settings import SettingsError, load
from tests.certificates import KEY_PASSWORD, Certificates, issued

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD = "right-horse"  # noqa: S105  of nothing


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """Of this module."""
    return issued(tmp_path_factory.mktemp("certificates"))


def sasl_ssl(certificates: Certificates, **more: Any) -> dict[str, Any]:
    return {
        "kafka_security_protocol": "sasl_ssl",
        "kafka_ssl_ca": str(certificates.authority),
        "kafka_sasl_username": "newswatch",
        "kafka_sasl_password": PASSWORD,
        **more,
    }


def test_without_settings_nothing_is_added() -> None:
    """Addresses and the protocol; Faust needs no credentials."""
    cluster = load(kafka_bootstrap="a:1, b:2").cluster
    assert cluster.options == {"bootstrap_servers": ["a:1", "b:2"], "security_protocol": "PLAINTEXT"}
    assert cluster.credentials() is None
    assert Cluster.at("a:1, b:2") == cluster == Cluster.at(cluster)


def test_all_three_clients_are_given_the_same(certificates: Certificates) -> None:
    """Protocol, context, mechanism and user; Faust makes of its credentials what aiokafka is given."""
    from faust.transport.drivers.aiokafka import credentials_to_aiokafka_auth  # noqa: PLC0415  slow

    for given in (
        sasl_ssl(certificates, kafka_sasl_mechanism="scram-sha-256"),
        {"kafka_security_protocol": "SSL", "kafka_ssl_ca": str(certificates.authority)},
    ):
        cluster = load(**given).cluster
        options = cluster.options
        del options["bootstrap_servers"]
        assert credentials_to_aiokafka_auth(cluster.credentials()) == options


def test_no_secret_is_shown(certificates: Certificates) -> None:
    """Neither by the settings nor by the cluster nor by Faust's credentials."""
    settings = load(**sasl_ssl(certificates, kafka_ssl_key_password=None))
    for text in (repr(settings), str(settings), repr(settings.cluster), repr(settings.cluster.credentials())):
        assert PASSWORD not in text


def test_a_password_from_a_file_is_without_its_line_end(certificates: Certificates, tmp_path: Path) -> None:
    """What an editor or a secret's mount puts behind it; spaces belong to it."""
    file = tmp_path / "password"
    file.write_text(" right horse \n")
    given = sasl_ssl(certificates, kafka_sasl_password=None, kafka_sasl_password_file=file)
    assert " right horse " in load(**given).cluster.options.values()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"kafka_ssl_ca": None}, "SASL_SSL needs NEWSWATCH_KAFKA_SSL_CA"),
        ({"kafka_ssl_ca": "/no/ca.pem"}, "NEWSWATCH_KAFKA_SSL_CA=/no/ca.pem can't be read: No such file"),
        ({"kafka_ssl_ca": __file__}, "it has no certificate in PEM"),
        ({"kafka_sasl_username": None}, "needs NEWSWATCH_KAFKA_SASL_USERNAME, and"),
        ({"kafka_sasl_password": None}, "a password is needed for 'newswatch': set one of"),
        ({"kafka_sasl_password_file": "/no/file"}, "are both set: take one out"),
        (
            {"kafka_sasl_password": None, "kafka_sasl_password_file": "/no/file"},
            "NEWSWATCH_KAFKA_SASL_PASSWORD_FILE=/no/file can't be read: No such file",
        ),
        (
            {"kafka_sasl_password": None, "kafka_sasl_password_file": "/dev/null"},
            "NEWSWATCH_KAFKA_SASL_PASSWORD_FILE: there is no password in it",
        ),
        (
            {"kafka_security_protocol": "SASL_PLAINTEXT", "kafka_sasl_mechanism": "SCRAM-SHA-512"},
            "NEWSWATCH_KAFKA_SSL_CA is set, but",
        ),
        (
            {"kafka_security_protocol": "SASL_PLAINTEXT", "kafka_ssl_ca": None},
            "sends the password over the network in clear: take SASL_SSL, or SCRAM-SHA-512",
        ),
        ({"kafka_security_protocol": "SSL"}, "NEWSWATCH_KAFKA_SASL_USERNAME is set, but with"),
        ({"kafka_ssl_key": "/no/key.pem"}, "KEY is set without NEWSWATCH_KAFKA_SSL_CERTIFICATE"),
        ({"kafka_ssl_certificate": "/no/c.pem"}, "NEWSWATCH_KAFKA_SSL_CERTIFICATE=/no/c.pem can't be read"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)
def test_what_does_not_fit_is_named(certificates: Certificates, changed: dict[str, Any], says: str) -> None:
    """With the variable and the way out, and never with the password."""
    with pytest.raises(SettingsError) as caught:
        _ = load(**sasl_ssl(certificates, **changed)).cluster
    assert says in str(caught.value)
    assert PASSWORD not in str(caught.value)


@pytest.mark.parametrize("password", [None, "wrong"])
def test_a_key_that_does_not_open_asks_no_terminal(certificates: Certificates, password: str | None) -> None:
    """A service has none, and would wait for ever."""
    given = sasl_ssl(
        certificates,
        kafka_ssl_certificate=certificates.client,
        kafka_ssl_key=certificates.client_key,
        kafka_ssl_key_password=password,
    )
    with pytest.raises(SettingsError, match="NEWSWATCH_KAFKA_SSL_KEY_PASSWORD opens a key"):
        _ = load(**given).cluster
    assert load(**given | {"kafka_ssl_key_password": KEY_PASSWORD}).cluster.context is not None


def test_a_key_of_another_certificate_is_refused(certificates: Certificates) -> None:
    """OpenSSL's reason is shown."""
    given = sasl_ssl(
        certificates, kafka_ssl_certificate=certificates.client, kafka_ssl_key=certificates.broker
    )
    with pytest.raises(SettingsError, match=r"KEY_VALUES_MISMATCH.*belong together"):
        _ = load(**given).cluster


def test_the_system_s_authorities_have_to_be_asked_for(certificates: Certificates) -> None:
    """By their name; no file is read for them."""
    assert load(**sasl_ssl(certificates, kafka_ssl_ca="system")).cluster.context is not None


def test_a_run_of_its_own_broker_takes_no_security(certificates: Certificates) -> None:
    """`newswatch run` beside an environment that is meant for production."""
    from streams.run.session import _variables  # noqa: PLC0415  kafka-python warns on import

    own = load(**sasl_ssl(certificates, topic_prefix="production.")).on_loopback("127.0.0.1:5")
    assert own.cluster == Cluster("127.0.0.1:5")
    assert own.topic_prefix == ""
    assert _variables(own, 1)["NEWSWATCH_KAFKA_SASL_PASSWORD"] == ""
