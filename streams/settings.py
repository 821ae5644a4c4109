"""What can be set, read from the environment (`NEWSWATCH_*`) at the edge of the program and nowhere else."""

from __future__ import annotations

import difflib
import os
import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import platformdirs
import pydantic
from pydantic_settings import BaseSettings, SettingsConfigDict

from seeds import DEFAULT_WATCHLIST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streams.cluster import Cluster

PREFIX = "NEWSWATCH_"
_SECRET = {"webhook_url", "webhook_secret", "console_token", "kafka_sasl_password", "kafka_ssl_key_password"}
"""Never shown, not even where they are wrong: an address may have a token in its path."""
_UNITS = {"ms": 0.001, "s": 1, "m": 60, "min": 60, "h": 3600, "d": 86400}


class SettingsError(Exception):
    """A setting that can't be taken; the message names it, its value and what it takes."""


def parse_duration(value: object) -> object:
    """Take `72h`, `30 m`, `90s`, `3d` or seconds; anything else is left to pydantic (ISO 8601)."""
    if isinstance(value, str) and (found := re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*", value.lower())):
        number, unit = found.groups()
        if unit in _UNITS or not unit:
            return timedelta(seconds=float(number) * _UNITS.get(unit, 1))
    return value


def in_capitals(value: object) -> object:
    """Take `sasl_ssl` for `SASL_SSL`; what is no text is left to pydantic."""
    return value.strip().upper() if isinstance(value, str) else value


Protocol = Annotated[
    Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"], pydantic.BeforeValidator(in_capitals)
]
Mechanism = Annotated[
    Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"], pydantic.BeforeValidator(in_capitals)
]
Duration = Annotated[timedelta, pydantic.BeforeValidator(parse_duration), pydantic.Field(gt=timedelta(0))]
Share = Annotated[float, pydantic.Field(gt=0, le=1)]
PartOrNone = Annotated[float, pydantic.Field(ge=0, le=1)]


class Settings(BaseSettings):
    """Every setting with its default. A variable `NEWSWATCH_` + the name in capitals overrides it.

    An empty one counts as not set: Compose hands over what its own environment lacks as such.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True)

    kafka_bootstrap: str = "127.0.0.1:9092"
    """Brokers as `host:port`, several with commas between."""
    kafka_security_protocol: Protocol = "PLAINTEXT"
    """As Kafka has them: `SSL` is TLS, `SASL_SSL` with a password inside it."""
    kafka_ssl_ca: str | None = None
    """PEM file with who may sign the brokers' certificates, or `system`: those that this machine trusts."""
    kafka_ssl_certificate: Path | None = None
    """PEM file with the client's own certificate and its chain, where brokers ask for one."""
    kafka_ssl_key: Path | None = None
    """PEM file with its key; not needed if the certificate's file has it."""
    kafka_ssl_key_password: pydantic.SecretStr | None = None
    """Opens the key, if it is encrypted."""
    kafka_sasl_mechanism: Mechanism = "PLAIN"
    kafka_sasl_username: str | None = None
    kafka_sasl_password: pydantic.SecretStr | None = None
    kafka_sasl_password_file: Path | None = None
    """A file with the password in it; line ends around it don't count."""
    kafka_clear_password: bool = False
    """Whether a password may go over the network in clear (SASL_PLAINTEXT with PLAIN)."""
    topic_prefix: Annotated[str, pydantic.Field(pattern=r"^[a-zA-Z0-9._-]{0,60}$")] = ""
    """Before each topic's name and the consumer group's: an edition of its own in a shared cluster."""
    partitions: Annotated[int, pydantic.Field(ge=1, le=512)] = 4
    """Of the topics whose work is spread: as many workers can share it."""
    replication: Annotated[int, pydantic.Field(ge=1, le=16)] = 1

    cache: Path = Path(platformdirs.user_cache_dir("newswatch"))
    """Where Kafka's jars are kept."""
    data_dir: Path = Path(platformdirs.user_data_dir("newswatch")) / "worker"
    """A worker's tables; one folder for each worker."""
    watchlist: Path = DEFAULT_WATCHLIST

    max_text_bytes: Annotated[int, pydantic.Field(ge=1_000, le=4_000_000)] = 1_000_000
    """A longer text is a dead letter. At most 4 MB: with every quote escaped and its entities beside it, the
    record must stay below what a topic takes (`RECORD_MAX_BYTES`)."""
    parse_processes: Annotated[int, pydantic.Field(ge=1, le=64)] = 1

    dedup_window: Duration = timedelta(hours=72)
    """For how long, in event time, an article is remembered."""
    dedup_jaccard: Share | None = None
    """Share of shingles in common that makes a copy; the default is in `agents/deduplicate/settings.py`."""
    dedup_containment: Share | None = None
    """Share of the shorter text's shingles in the longer that makes a copy."""

    spacy_model: str | None = None
    """Name or folder of a spaCy pipeline; without it en_core_web_sm if installed, else the bundled one."""
    names: Path | None = None
    """The user's own table of names, a CSV or a folder of them; goes before the one that comes along."""
    spacy_strict: bool = False
    """Stop rather than go on with a lesser pipeline."""
    nlp_processes: Annotated[int, pydantic.Field(ge=1, le=256)] = max(1, (os.cpu_count() or 2) - 1)
    nlp_batch: Annotated[int, pydantic.Field(ge=1, le=512)] = 16
    """Articles a process takes at once; with 45 ms an article a batch stays under a second."""
    nlp_timeout: Duration = timedelta(seconds=30)
    """For one article; a text that takes longer goes on without entities, marked so."""

    oracle_share: PartOrNone = 0.01
    """Share of the articles in which a matcher without shortcuts looks as well; what the two differ in is
    counted as `newswatch_matcher_missed_total`."""

    gap_timeout: Duration = timedelta(seconds=120)
    """Wall clock; how long the alert step waits for an outcome that is missing before it goes on without."""

    webhook_url: str | None = None
    """Where each alert is posted; nothing is without it. The same for all workers of an edition."""
    webhook_format: Literal["plain", "alertmanager"] = "plain"
    """`plain`: the alert's JSON as on the topic; `alertmanager`: for `/api/v2/alerts` below the address."""
    webhook_secret: pydantic.SecretStr | None = None
    """Signs each post (Standard Webhooks); `whsec_` and base64, or any text."""
    webhook_secret_file: Path | None = None
    """A file with the secret in it."""
    webhook_allow: str = ""
    """Hosts, with commas between, that may be at link-local, metadata and other closed addresses."""
    webhook_replay: bool = False
    """Whether the alerts of replayed articles are posted as well."""
    webhook_timeout: Duration = timedelta(seconds=10)
    """For one attempt, from looking up the name to the end of the answer."""
    webhook_give_up: Duration = timedelta(hours=1)
    """How long an alert is tried; then it goes to `webhook.undelivered`."""
    webhook_max_age: Duration = timedelta(hours=24)
    """An alert detected longer ago is not posted: when the webhook is new, or after a weekend without it."""

    console_host: str = "127.0.0.1"
    """Another address than loopback needs a token."""
    console_port: Annotated[int, pydantic.Field(ge=0, le=65535)] = 8464
    """0 takes a free one, and the console says which."""
    console_token: pydantic.SecretStr | None = None
    """What a request has to bring (`Authorization: Bearer …`), in 16 characters or more."""

    metrics_host: str = "127.0.0.1"
    metrics_port: Annotated[int, pydantic.Field(ge=0, le=65535)] = 9464
    """For `/metrics`, `/healthz`, `/readyz`; 0 takes a free one and logs it."""
    feeds_port: Annotated[int, pydantic.Field(ge=0, le=65535)] = 9465
    """For the same of `newswatch feeds`."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    def on_loopback(self, bootstrap: str) -> Settings:
        """The same with another broker, one of this machine's own: no TLS, no password, no topic prefix."""
        plain = {name: type(self).model_fields[name].default for name in SECURITY}
        return self.model_copy(update={**plain, "kafka_bootstrap": bootstrap, "topic_prefix": ""})

    @property
    def cluster(self) -> Cluster:
        """How clients connect; certificates and password are read from their files now.

        Raises:
            SettingsError: settings contradict each other, or a file can't be used.
        """
        from streams.cluster import configured  # noqa: PLC0415  which needs this module's error

        return configured(self)

    @property
    def group(self) -> str:
        """Consumer group of the edition's workers."""
        return f"{self.topic_prefix}newswatch"

    @property
    def dedup_thresholds(self) -> dict[str, Any]:
        """The thresholds that were set; the step has defaults of its own for the others."""
        given = {"jaccard": self.dedup_jaccard, "containment": self.dedup_containment}
        return {name: value for name, value in given.items() if value is not None}


SECURITY = tuple(
    name for name in Settings.model_fields if name.startswith("kafka_") and name != "kafka_bootstrap"
)
"""How a cluster lets its clients in."""


def load(environ: Mapping[str, str] = os.environ, **overrides: Any) -> Settings:
    """Read the settings.

    Raises:
        SettingsError: a variable that is unknown, or a value that isn't taken.
    """
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in environ:
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            bare = {full.removeprefix(PREFIX): full for full in known}
            close = difflib.get_close_matches(name.upper().removeprefix(PREFIX), bare, n=1)
            hint = f"did you mean {bare[close[0]]}?" if close else f"known are {', '.join(sorted(known))}"
            raise SettingsError(f"unknown setting {name}: {hint}")
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})
    except pydantic.ValidationError as error:
        lines = [
            f"{PREFIX}{name.upper()}={'…' if name in _SECRET else repr(problem['input'])}: "
            f"{problem['msg'].lower()}"
            for problem in error.errors()
            for name in ["_".join(str(part) for part in problem["loc"][:1])]
        ]
        raise SettingsError("; ".join(lines)) from None
