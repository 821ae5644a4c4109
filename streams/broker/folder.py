"""The folder of one broker: its properties, its log, its data."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from streams.broker.errors import BrokerError, cannot_write
from streams.broker.ports import HOST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import IO

    from streams.broker.listener import Listener

PROPERTIES = "server.properties"
LOG = "broker.log"
DATA = "data"
_MARK = Path(DATA, "meta.properties")  # StorageTool writes it last
_WAY_OUT = "choose another folder"

# A started broker without topics takes 0.1 MB on disk (its index files are 10 MB each, but sparse); with less
# than this it would stop in the middle of the first replay.
_LEAST_FREE = 64 * 1024 * 1024

# A broker whose owner was killed needs 0.3 s to stop.
_LOCK_SECONDS = 3.0
_LOCK_POLL_SECONDS = 0.05

# Hostile payloads of 50 MB are sent on purpose, by tests and by others.
_LARGEST_MESSAGE = 96 * 1024 * 1024
_LARGEST_REQUEST = _LARGEST_MESSAGE + 32 * 1024 * 1024  # a batch of other records may travel with it

# The controller is named statically, not with `--standalone`: a stored address would tie a kept folder to
# the port of its first start. The internal topics have one partition instead of 50: one node gains nothing
# by more, and the first consumer group waits for all of them. The cleaner's buffer is 128 MB by default, a
# quarter of the heap.
_PROPERTIES = f"""\
process.roles=broker,controller
node.id=1
listeners={{doors}},CONTROLLER://127.0.0.1:{{controller_port}}
advertised.listeners={{doors}}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT{{protocols}}
inter.broker.listener.name=PLAINTEXT
controller.listener.names=CONTROLLER
controller.quorum.voters=1@127.0.0.1:{{controller_port}}
log.dirs={DATA}
auto.create.topics.enable=false
group.initial.rebalance.delay.ms=0
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
share.coordinator.state.topic.num.partitions=1
message.max.bytes={_LARGEST_MESSAGE}
replica.fetch.max.bytes={_LARGEST_MESSAGE}
socket.request.max.bytes={_LARGEST_REQUEST}
log.cleaner.dedupe.buffer.size={16 * 1024 * 1024}
"""


@contextmanager
def broker_folder(data_dir: Path | None) -> Iterator[Path]:
    """Give the folder a broker runs in: the one asked for, else one in the temporary folder, removed after.

    Raises:
        BrokerError: It can't be made or written, has no room, or holds something else than a broker's data.
    """
    if data_dir is not None:
        yield _kept(data_dir.expanduser().absolute())
        return
    try:
        folder = Path(tempfile.mkdtemp(prefix="newswatch-broker-"))
    except OSError as error:
        raise cannot_write(Path(tempfile.gettempdir()), error, "set TMPDIR to another folder") from error
    try:
        _check_room(folder, "set TMPDIR to another folder")
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def locked_log(folder: Path) -> Iterator[IO[bytes]]:
    """Open the folder's log and hold the folder for this broker alone.

    Kafka takes its own lock only after it has opened its metadata, which a second node in the folder had by
    then corrupted in a trial. This lock is on the log as it was opened here: Java inherits that as its
    output, so the lock lasts until both this process and Java have ended.

    Raises:
        BrokerError: Another broker runs in the folder, or the log can't be written.
    """
    try:
        log = (folder / LOG).open("ab")
    except OSError as error:
        raise cannot_write(folder, error, _WAY_OUT) from error
    with log:
        deadline = time.monotonic() + _LOCK_SECONDS
        while not _lock(log):
            if time.monotonic() > deadline:
                raise BrokerError(
                    f"another broker runs in {folder}: stop it, or choose another folder for one of them"
                )
            time.sleep(_LOCK_POLL_SECONDS)
        yield log


def _lock(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_formatted(folder: Path) -> bool:
    """Whether the folder holds a broker's data from an earlier start."""
    return (folder / _MARK).exists()


def cluster_id(folder: Path) -> str:
    """Return the cluster id that a formatted folder carries."""
    lines = (folder / _MARK).read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)["cluster.id"]


def write_properties(
    folder: Path, port: int, controller_port: int, listeners: Mapping[Listener, int] | None = None
) -> None:
    """Write the broker's configuration. Its own paths are relative to the folder, so none needs escaping.

    Args:
        folder: The broker's.
        port: Of the plain door.
        controller_port: Of the controller.
        listeners: Further doors, with their ports.
    """
    more = listeners or {}
    text = _PROPERTIES.format(
        doors=",".join(
            f"{name}://{HOST}:{number}"
            for name, number in [("PLAINTEXT", port), *((door.name, number) for door, number in more.items())]
        ),
        controller_port=controller_port,
        protocols="".join(f",{door.name}:{door.protocol}" for door in more),
    ) + "".join(door.properties() for door in more)
    (folder / PROPERTIES).write_text(text, encoding="ascii")


def _kept(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        foreign = sorted({entry.name for entry in folder.iterdir()} - {PROPERTIES, LOG, DATA})
    except OSError as error:
        raise cannot_write(folder, error, _WAY_OUT) from error
    if foreign and not is_formatted(folder):
        raise BrokerError(
            f"{folder} is not empty and holds no broker's data (it has {foreign[0]}): {_WAY_OUT}, or empty it"
        )
    _check_room(folder, _WAY_OUT)
    return folder


def _check_room(folder: Path, way_out: str) -> None:
    free = shutil.disk_usage(folder).free
    if free < _LEAST_FREE:
        raise BrokerError(
            f"only {free // 2**20} MiB are free in {folder}, the broker needs {_LEAST_FREE // 2**20} MiB: "
            f"free some space, or {way_out}"
        )
