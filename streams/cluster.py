"""The cluster as a client needs it: addresses, TLS, and who the client is there.

kafka-python, aiokafka and Faust's aiokafka are given the same options from here.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from streams.settings import PREFIX, SettingsError

if TYPE_CHECKING:
    from streams.settings import Mechanism, Protocol, Settings

SYSTEM = "system"
"""As CA: the authorities that the machine trusts."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where the brokers are, and how to be let in; its text has no secret."""

    bootstrap: str
    """`host:port`, several with commas between."""
    protocol: Protocol = "PLAINTEXT"
    context: ssl.SSLContext | None = field(default=None, repr=False)
    mechanism: Mechanism | None = None
    username: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def at(cls, cluster: Cluster | str) -> Cluster:
        """An address alone is a cluster without TLS and passwords, as one on loopback."""
        return cls(cluster) if isinstance(cluster, str) else cluster

    @property
    def servers(self) -> list[str]:
        """Each address."""
        return [server.strip() for server in self.bootstrap.split(",")]

    @property
    def options(self) -> dict[str, Any]:
        """Arguments of a client, the same for kafka-python and aiokafka."""
        return {"bootstrap_servers": self.servers, **self._security()}

    def _security(self) -> dict[str, Any]:
        given = {
            "ssl_context": self.context,
            "sasl_mechanism": self.mechanism,
            "sasl_plain_username": self.username,
            "sasl_plain_password": self.password,
        }
        return {
            "security_protocol": self.protocol,
            **{name: value for name, value in given.items() if value is not None},
        }

    def credentials(self) -> Any:
        """The same for Faust; None where nothing is needed."""
        from faust.auth import SASLCredentials, SSLCredentials  # noqa: PLC0415  half a second, workers only

        if self.mechanism is not None:
            return SASLCredentials(
                username=self.username,
                password=self.password,
                ssl_context=self.context,
                mechanism=self.mechanism,
            )
        return None if self.context is None else SSLCredentials(self.context)


def configured(settings: Settings) -> Cluster:
    """Read what the settings say of the cluster.

    Raises:
        SettingsError: settings contradict each other, or a file can't be used; it names the variable.
    """
    mechanism, username, password = _identity(settings)
    return Cluster(
        settings.kafka_bootstrap,
        settings.kafka_security_protocol,
        _context(settings),
        mechanism,
        username,
        password,
    )


def _identity(settings: Settings) -> tuple[Mechanism | None, str | None, str | None]:
    protocol, given = settings.kafka_security_protocol, _given(settings, "kafka_sasl_")
    if not protocol.startswith("SASL"):
        if given:
            raise SettingsError(
                f"{given[0]} is set, but with {_name('kafka_security_protocol')}={protocol} nobody asks for "
                "it: set that to SASL_SSL, or take this out"
            )
        return None, None, None
    if not settings.kafka_sasl_username:
        raise SettingsError(
            f"{_name('kafka_security_protocol')}={protocol} needs {_name('kafka_sasl_username')}, and "
            f"{_name('kafka_sasl_password')} or {_name('kafka_sasl_password_file')}"
        )
    mechanism = settings.kafka_sasl_mechanism
    if (protocol, mechanism) == ("SASL_PLAINTEXT", "PLAIN") and not settings.kafka_clear_password:
        raise SettingsError(
            f"{_name('kafka_security_protocol')}=SASL_PLAINTEXT with {_name('kafka_sasl_mechanism')}=PLAIN "
            "sends the password over the network in clear: take SASL_SSL, or SCRAM-SHA-512; on a network "
            f"that nobody listens to, {_name('kafka_clear_password')}=true allows it"
        )
    return mechanism, settings.kafka_sasl_username, _password(settings)


def _password(settings: Settings) -> str:
    given, file = settings.kafka_sasl_password, settings.kafka_sasl_password_file
    if (given is None) == (file is None):
        both = f"{_name('kafka_sasl_password')} and {_name('kafka_sasl_password_file')}"
        raise SettingsError(
            f"{both} are both set: take one out"
            if given
            else f"a password is needed for {settings.kafka_sasl_username!r}: set one of {both}"
        )
    if file is None:
        password = given.get_secret_value() if given else ""
    else:
        try:
            password = file.read_text(encoding="utf-8").strip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8"
            raise _unusable("kafka_sasl_password_file", file, reason) from None
    if not password:
        where = "kafka_sasl_password" if file is None else "kafka_sasl_password_file"
        raise SettingsError(f"{_name(where)}: there is no password in it")
    return password


def _context(settings: Settings) -> ssl.SSLContext | None:
    protocol, authority = settings.kafka_security_protocol, settings.kafka_ssl_ca
    if not protocol.endswith("SSL"):
        if given := _given(settings, "kafka_ssl_"):
            raise SettingsError(
                f"{given[0]} is set, but {_name('kafka_security_protocol')}={protocol} has no TLS: set that "
                f"to {'SASL_SSL' if protocol.startswith('SASL') else 'SSL'}, or take this out"
            )
        return None
    if not authority:
        raise SettingsError(
            f"{_name('kafka_security_protocol')}={protocol} needs {_name('kafka_ssl_ca')}: the PEM file of "
            "who signs the brokers' certificates, or 'system' for those that this machine trusts"
        )
    try:
        context = ssl.create_default_context(cafile=None if authority == SYSTEM else authority)
    except ssl.SSLError:
        raise _unusable("kafka_ssl_ca", Path(authority), "it has no certificate in PEM") from None
    except OSError as error:
        raise _unusable("kafka_ssl_ca", Path(authority), error.strerror) from None
    _present(context, settings)
    return context


def _present(context: ssl.SSLContext, settings: Settings) -> None:
    """Let the client show its own certificate, if there is one."""
    certificate, key = settings.kafka_ssl_certificate, settings.kafka_ssl_key
    if certificate is None:
        if given := _given(settings, "kafka_ssl_key"):
            raise SettingsError(f"{given[0]} is set without {_name('kafka_ssl_certificate')}")
        return
    for field_name, file in (("kafka_ssl_certificate", certificate), ("kafka_ssl_key", key)):
        try:
            if file is not None:
                file.open("rb").close()
        except OSError as error:
            raise _unusable(field_name, file, error.strerror) from None
    secret = settings.kafka_ssl_key_password
    try:
        # Without a function OpenSSL would ask the terminal for the password, and a service has none.
        context.load_cert_chain(certificate, key, lambda: secret.get_secret_value() if secret else "")
    except (ssl.SSLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or str(error)
        raise SettingsError(
            f"{_name('kafka_ssl_certificate')}={certificate} and its key {key or 'in the same file'} can't "
            f"be used ({reason}): both have to be PEM and belong together; {_name('kafka_ssl_key_password')} "
            "opens a key that is encrypted"
        ) from None


def _given(settings: Settings, beginning: str) -> list[str]:
    """Variables that begin so and have another value than their default."""
    return [
        _name(name)
        for name, info in type(settings).model_fields.items()
        if name.startswith(beginning) and getattr(settings, name) != info.default
    ]


def _unusable(field_name: str, file: Path | None, reason: str | None) -> SettingsError:
    return SettingsError(f"{_name(field_name)}={file} can't be read: {reason}")


def _name(field_name: str) -> str:
    return PREFIX + field_name.upper()
