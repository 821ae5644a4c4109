"""Start one Kafka node (KRaft, broker and controller in one), wait until it answers, stop it."""

from __future__ import annotations

import base64
import os
import subprocess
import time
import uuid
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from streams.broker.autopsy import cause_of_death
from streams.broker.errors import BrokerError, cannot_write
from streams.broker.folder import (
    LOG,
    PROPERTIES,
    broker_folder,
    cluster_id,
    is_formatted,
    locked_log,
    write_properties,
)
from streams.broker.jars import KAFKA_VERSION, kafka_jars
from streams.broker.java import java_program
from streams.broker.ports import HOST, check_port, free_ports
from streams.broker.ready import answers
from streams.leash import Leash, leashed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import IO

    from streams.broker.listener import Listener

# Measured on two cores (docs/decisions/0002-embedded-broker.md): with the serial collector and only the first
# compiler tier the broker is up in 2.0 s instead of 2.6 s and needs 200 MB instead of 235 MB.
_JVM_FLAGS = (
    "-Xmx512m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Djava.awt.headless=true",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
    "-Dorg.slf4j.simpleLogger.showDateTime=true",
    "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
)
_FORMAT, _SERVE = "kafka.tools.StorageTool", "kafka.Kafka"

# A free port can be taken between its choice and Kafka's start; five times in a row it isn't.
_PORT_ATTEMPTS = 5
_POLL_SECONDS = 0.02
_REAPED_SECONDS = 0.3  # between the death of Java and the end of its supervisor lie milliseconds
_STOP_SECONDS = 15.0  # it takes 0.3 s; a busy disk may take longer


class _PortTakenError(Exception):
    """Another program took the port between its choice and Kafka's start."""


@dataclass(frozen=True)
class Broker:
    """A running broker.

    Attributes:
        bootstrap_servers: `127.0.0.1:PORT`.
        log_file: What Kafka warns of.
        log_start: Bytes of the log that earlier starts in the same folder wrote.
        doors: `127.0.0.1:PORT` of further listeners, by name.
        kafka_version: Its version, as in `4.4.0`.
    """

    bootstrap_servers: str
    log_file: Path
    log_start: int
    leash: Leash
    doors: Mapping[str, str] = field(default_factory=dict)
    kafka_version: str = KAFKA_VERSION

    @property
    def pid(self) -> int:
        """Process id of its Java virtual machine."""
        return self.leash.pid

    def check(self) -> None:
        """Do nothing while the broker runs.

        Raises:
            BrokerError: It has died; the message says of what.
        """
        code = self.leash.poll()
        if code is not None:
            raise BrokerError(f"the broker died (exit code {code}): {self.last_words()}")

    def last_words(self) -> str:
        """Return what the log says of the broker's end, or of its state."""
        return cause_of_death(self.log_file, self.log_start)


@dataclass(frozen=True)
class _Node:
    """How to run Kafka's programs in one folder."""

    java: Sequence[str]
    folder: Path
    log: IO[bytes]
    temporary: bool
    deadline: float
    listeners: Sequence[Listener]

    def launch(self, *program: str) -> Leash:
        try:
            return leashed(
                [*self.java, *program],
                cwd=self.folder,
                stdout=self.log,
                stderr=self.log,
                grace=_STOP_SECONDS,
                scratch=self.folder if self.temporary else None,
            )
        except OSError as error:
            raise BrokerError(f"{error}: set JAVA_HOME to a Java that runs on this machine") from error


@contextmanager
def running_broker(
    *,
    cache: Path,
    port: int | None = None,
    data_dir: Path | None = None,
    start_timeout: float = 60.0,
    listeners: Sequence[Listener] = (),
) -> Iterator[Broker]:
    """Run a broker for as long as the context lasts. It dies with this process, whatever ends that.

    Args:
        cache: Folder for Kafka's jars; they are fetched into it when they are not there.
        port: Loopback port to listen on; a free one when None.
        data_dir: Folder that keeps its data for the next start; a temporary one when None.
        start_timeout: Seconds until its first answer, without the time of a download.
        listeners: Further doors, with TLS or passwords.

    Raises:
        BrokerError: It can't be fetched or started, or it died before the context ended.
    """
    java = java_program()
    if port is not None:
        check_port(port)
    class_path = os.pathsep.join(map(os.fspath, kafka_jars(cache)))
    command = [os.fspath(java), *_JVM_FLAGS, "-cp", class_path]
    with broker_folder(data_dir) as folder, locked_log(folder) as log:
        node = _Node(command, folder, log, data_dir is None, time.monotonic() + start_timeout, listeners)
        broker = _start(node, port)
        with broker.leash:
            try:
                yield broker
            except Exception:
                # Its death is the cause of whatever else went wrong, and may be a moment old.
                with suppress(subprocess.TimeoutExpired):
                    broker.leash.wait(_REAPED_SECONDS)
                broker.check()
                raise
            broker.check()


def _start(node: _Node, asked: int | None) -> Broker:
    for _ in range(_PORT_ATTEMPTS):
        port, controller_port, *more = free_ports(2 + len(node.listeners))
        doors = dict(zip(node.listeners, more, strict=True))
        try:
            write_properties(node.folder, asked or port, controller_port, doors)
            if not is_formatted(node.folder):
                _format(node)
            return _serve(
                node, asked or port, {door.name: f"{HOST}:{number}" for door, number in doors.items()}
            )
        except OSError as error:
            raise cannot_write(node.folder, error, "choose another folder") from error
        except _PortTakenError:
            if asked is not None:
                check_port(asked)
    raise BrokerError(f"found no free port on {HOST} in {_PORT_ATTEMPTS} attempts: choose one with --port")


def new_cluster_id() -> str:
    """A random id as Kafka makes them: a UUID in URL-safe Base64, never one that begins like an option."""
    while True:
        identity = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        if not identity.startswith("-"):  # one in 64; Kafka's own tool then asks where the id is
            return identity


def _format(node: _Node) -> None:
    """Write the metadata a new node starts from, by Kafka's own tool: what they are changes with versions."""
    log_start = (node.folder / LOG).stat().st_size
    identity = new_cluster_id()
    with node.launch(_FORMAT, "format", "--cluster-id", identity, "--config", PROPERTIES) as leash:
        try:
            code = leash.wait(max(0.0, node.deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            raise BrokerError(
                f"Kafka could not prepare {node.folder} in time: see whether the machine is overloaded"
            ) from None
    if code != 0:
        cause = cause_of_death(node.folder / LOG, log_start)
        raise BrokerError(f"Kafka could not prepare {node.folder}: {cause}")


def _serve(node: _Node, port: int, doors: Mapping[str, str]) -> Broker:
    log_file = node.folder / LOG
    log_start = log_file.stat().st_size
    leash = node.launch(_SERVE, PROPERTIES)
    broker = Broker(f"{HOST}:{port}", log_file, log_start, leash, doors)
    try:
        _await_answer(broker, cluster_id(node.folder), node.deadline)
    except BaseException as error:
        leash.kill()
        leash.wait()
        if isinstance(error, BrokerError) and b"Address already in use" in log_file.read_bytes()[log_start:]:
            raise _PortTakenError from error
        raise
    return broker


def _await_answer(broker: Broker, identity: str, deadline: float) -> None:
    while not answers(broker.bootstrap_servers, identity):
        broker.check()
        if time.monotonic() > deadline:
            raise BrokerError(
                f"the broker did not answer on {broker.bootstrap_servers} in time: {broker.last_words()}"
            )
        time.sleep(_POLL_SECONDS)
