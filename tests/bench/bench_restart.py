"""A restart of the duplicate check: how long until a memory is made again from the table on RocksDB?

python -m tests.bench.bench_restart
"""

from __future__ import annotations

import gc
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import psutil
from faust.stores.rocksdb import RocksDBOptions

from agents.deduplicate.memory import Memory
from agents.deduplicate.remembered import Remembered, decode, encode, table_key
from agents.deduplicate.stories import PREFIX
from streams.records import Position
from streams.wire import TABLE_OPTIONS
from tests.bench.month import START, Month

if TYPE_CHECKING:
    from collections.abc import Iterator

REMEMBERED = 1_000_000
JUDGED = 2_000
"""Articles whose values are written, each under many numbers."""
WINDOW_MS = 72 * 3_600_000
MEBIBYTE = 1 << 20


def measure(remembered: int = REMEMBERED) -> dict[str, Any]:
    """Seconds of wall clock from opening the table to a memory that has all of it, and what that takes.

    The table has just been written, so that its files are in the system's cache, as after a restart of the
    worker; after one of the machine the reading of them comes on top.
    """
    folder = Path(tempfile.mkdtemp(prefix="newswatch-bench-"))
    options = RocksDBOptions(**TABLE_OPTIONS)
    try:
        db = options.open(folder / "remembered.db")
        for key, value in _values(remembered):
            db.put(key.encode(), value)
        db.close()
        del db
        gc.collect()
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        before = psutil.Process().memory_info().rss
        start = time.perf_counter()
        db = options.open(folder / "remembered.db")
        memory = Memory()
        memory.restore((key.decode(), value) for key, value in db.items())
        seconds = time.perf_counter() - start
        assert len(memory) == remembered
        return {
            "remembered": remembered,
            "seconds": round(seconds, 1),
            "table_mib": round(size / MEBIBYTE),
            "bytes_per_article": round(memory.nbytes / len(memory)),
            "rss_mib": round((psutil.Process().memory_info().rss - before) / MEBIBYTE),
        }
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _values(count: int) -> Iterator[tuple[str, bytes]]:
    """Table values of so many articles within one window, each with keys of its own."""
    month, memory, judged = Month(10_000_000, 30), Memory(), list[Remembered]()
    table: dict[str, bytes] = {}
    for number in range(JUDGED):
        decision = memory.decide(number, month.make(number), table.get)
        table |= decision.writes
        memory.committed()
        judged += [decode(value) for key, value in decision.writes.items() if not key.startswith(PREFIX)]
    begun = int(START.timestamp() * 1000)
    for number in range(count):
        value = judged[number % JUDGED]
        bands = np.frombuffer(value.bands, "<u4") ^ np.uint32(number * 2_654_435_761 % 2**32)
        position = Position(topic="news.raw", partition=0, offset=number)
        at = begun + number * (WINDOW_MS - 1) // count
        value = msgspec.structs.replace(
            value,
            seq=number,
            position=position,
            content_hash=f"{number:032x}" if value.content_hash else "",
            article_id=f"{number:032x}" if value.content_hash else "",
            time=at,
            clock=at,
            behind=0,
            within=number + 1,
            bands=bands.tobytes(),
        )
        yield table_key(position), encode(value)


if __name__ == "__main__":
    json.dump(measure(), sys.stdout, indent=2)
    sys.stdout.write("\n")
