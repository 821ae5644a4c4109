"""Apache Kafka's own jars in the cache folder, each held against a pinned SHA-256 sum.

`sha256sums.txt` lists every jar by its sum and Maven coordinates. It is written by `streams.broker.pin`.
A jar enters its folder in the cache by a rename after its sum was found right: whatever interrupts a
download, what is there is whole.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from streams.broker.errors import BrokerError, cannot_write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KAFKA_VERSION = "4.4.0"
KAFKA = f"org.apache.kafka:kafka_2.13:{KAFKA_VERSION}"
# Kafka logs through SLF4J 1.7. This binding needs no configuration file and writes to standard error; with
# Log4j 2 the broker was up 1.2 s later.
LOG_BINDING = "org.slf4j:slf4j-simple:1.7.36"
SUMS_FILE = Path(__file__).with_name("sha256sums.txt")

_PARTIAL = "partial-"
_CACHE_WAY_OUT = "set NEWSWATCH_CACHE to another folder"


@dataclass(frozen=True)
class Jar:
    """One jar: Maven coordinates `group:artifact:version`, and the SHA-256 sum in hex that it must have."""

    coordinates: str
    sha256: str

    @property
    def name(self) -> str:
        """File name, as in a Maven repository."""
        _, artifact, version = self.coordinates.split(":")
        return f"{artifact}-{version}.jar"

    def check(self, path: Path, way_out: str) -> None:
        """Compare a file with the pinned sum.

        Raises:
            BrokerError: They differ; `way_out` ends the message.
            OSError: The file can't be read.
        """
        with path.open("rb") as file:
            actual = hashlib.file_digest(file, "sha256").hexdigest()
        if actual != self.sha256:
            raise BrokerError(
                f"wrong checksum: {path.name} has SHA-256 {actual}, expected {self.sha256}: {way_out}"
            )


def pinned_jars(sums_file: Path = SUMS_FILE) -> list[Jar]:
    """Return the jars of the sums file, in its order, which is the order of the class path."""
    lines = sums_file.read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return [Jar(coordinates, sha256) for sha256, coordinates in rows]


def kafka_jars(cache: Path, jars: Sequence[Jar] | None = None) -> list[Path]:
    """Return the paths of Kafka's jars, fetching into the cache folder those that are missing.

    Every jar is read and checked at every start (44 MB: 0.1 s). With a full cache nothing is written and
    the network is not touched. Any number of processes may do this at the same time.

    Raises:
        BrokerError: No network, no room, a wrong sum, a cache folder that can't be written.
    """
    jars = pinned_jars() if jars is None else jars
    folder = cache.expanduser().absolute() / f"kafka-{KAFKA_VERSION}"
    if os.pathsep in str(folder):
        raise BrokerError(f"the cache folder {cache} has a '{os.pathsep}' in its path: {_CACHE_WAY_OUT}")
    try:
        if not all((folder / jar.name).exists() for jar in jars):
            _fetch_missing(folder, jars)
        way_out = f"delete {folder} and start again to fetch it anew"
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda jar: jar.check(folder / jar.name, way_out), jars))
    except OSError as error:
        raise cannot_write(folder, error, _CACHE_WAY_OUT) from error
    return [folder / jar.name for jar in jars]


def _fetch_missing(folder: Path, jars: Sequence[Jar]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        for left_behind in folder.glob(f"{_PARTIAL}*"):
            shutil.rmtree(left_behind, ignore_errors=True)
        missing = [jar for jar in jars if not (folder / jar.name).exists()]
        if not missing:
            return
        notice = f"Fetching Apache Kafka {KAFKA_VERSION}: {len(missing)} jars into {folder} ..."
        print(notice, file=sys.stderr, flush=True)  # noqa: T201 - for the person who waits
        # jgo takes 0.35 s to import and is not needed with a full cache.
        from streams.broker.fetch import fetch  # noqa: PLC0415

        with tempfile.TemporaryDirectory(prefix=_PARTIAL, dir=folder, ignore_cleanup_errors=True) as partial:
            fetch(missing, Path(partial), folder)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; the kernel frees it when its holder dies."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
