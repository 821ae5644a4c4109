"""The broker is a real Kafka: both clients work with it, and it starts, stops and dies as promised."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from kafka import KafkaConsumer, KafkaProducer
from kafka.admin import KafkaAdminClient, NewTopic
from kafka.errors import KafkaError

from streams.broker import Broker, BrokerError, running_broker
from streams.settings import load
from tests.waiting import DEADLINE, gone, until

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.live

CACHE = load().cache
STARTED = re.compile(r"Kafka [\d.]+ is ready on 127\.0\.0\.1:(\d+)\n")
FOREGROUND = "from streams.cli import main; main()"
HOLDER = """
import sys, time
from pathlib import Path
from streams.broker import running_broker
with running_broker(cache=Path(sys.argv[1])) as broker:
    print(broker.pid, broker.log_file.parent, flush=True)
    time.sleep(600)
"""


def create(broker: Broker, *topics: str, partitions: int = 1) -> None:
    """Create topics."""
    admin = KafkaAdminClient(bootstrap_servers=broker.bootstrap_servers)
    admin.create_topics([NewTopic(topic, partitions, 1) for topic in topics])
    admin.close()


def read(broker: Broker, topic: str, count: int) -> list[bytes]:
    """Read that many values from the beginning of a topic, without a group."""
    consumer = KafkaConsumer(
        topic, bootstrap_servers=broker.bootstrap_servers, auto_offset_reset="earliest", group_id=None
    )
    values: list[bytes] = []
    assert until(
        lambda: (
            values.extend(record.value for records in consumer.poll(200).values() for record in records)  # type: ignore[func-returns-value]
            or len(values) >= count
        )
    )
    consumer.close()
    return values


@pytest.fixture(scope="module")
def broker() -> Iterator[Broker]:
    """One broker for the tests that only use it."""
    with running_broker(cache=CACHE) as running:
        yield running


def test_kafka_python_produces_and_reads(broker: Broker) -> None:
    """What kafka-python sends is acknowledged and read back in order."""
    create(broker, "by-kafka-python")
    producer = KafkaProducer(bootstrap_servers=broker.bootstrap_servers)
    sent = [producer.send("by-kafka-python", b"%d" % number) for number in range(100)]
    assert [future.get(DEADLINE).offset for future in sent] == list(range(100))
    producer.close()
    assert read(broker, "by-kafka-python", 100) == [b"%d" % number for number in range(100)]


async def test_aiokafka_group_takes_up_where_it_committed(broker: Broker) -> None:
    """A group of aiokafka's shares the partitions of a topic, and a restarted one goes on from its commit."""
    create(broker, "by-aiokafka", partitions=2)
    async with AIOKafkaProducer(bootstrap_servers=broker.bootstrap_servers) as producer:
        for number in range(20):
            await producer.send_and_wait("by-aiokafka", b"%d" % number, partition=number % 2)
    values: list[bytes] = []
    for _ in range(2):
        async with AIOKafkaConsumer(
            "by-aiokafka",
            bootstrap_servers=broker.bootstrap_servers,
            group_id="group",
            auto_offset_reset="earliest",
            enable_auto_commit=False,
            max_poll_records=1,
        ) as consumer:
            for _ in range(10):
                record = await consumer.getone()
                values.append(record.value)
            await consumer.commit()
    assert sorted(values, key=int) == [b"%d" % number for number in range(20)]


def test_a_payload_of_50_mb_passes(broker: Broker) -> None:
    """A record of 50 MB is taken and given back whole."""
    create(broker, "large")
    payload = os.urandom(1_000_000) * 50
    producer = KafkaProducer(bootstrap_servers=broker.bootstrap_servers, max_request_size=90_000_000)
    assert producer.send("large", payload).get(DEADLINE).serialized_value_size == len(payload)
    producer.close()
    assert read(broker, "large", 1) == [payload]


def test_topics_are_not_created_by_use(broker: Broker) -> None:
    """Sending to a topic that nobody has created fails and creates none."""
    producer = KafkaProducer(bootstrap_servers=broker.bootstrap_servers, max_block_ms=500)
    with pytest.raises(KafkaError):
        producer.send("misspelt", b"x").get(5)
    producer.close()
    admin = KafkaAdminClient(bootstrap_servers=broker.bootstrap_servers)
    assert "misspelt" not in admin.list_topics()
    admin.close()


def test_data_folder_is_used_again_on_another_port(tmp_path: Path) -> None:
    """A kept folder gives its records to the next start, and no second broker while one runs in it."""
    folder = tmp_path / "kept, with ünusual = name"
    with running_broker(cache=CACHE, data_dir=folder) as first:
        create(first, "kept")
        producer = KafkaProducer(bootstrap_servers=first.bootstrap_servers)
        producer.send("kept", b"value").get(DEADLINE)
        producer.close()
        with (
            pytest.raises(BrokerError, match=r"another broker runs in .*/kept, with "),
            running_broker(cache=CACHE, data_dir=folder),
        ):
            pytest.fail("two brokers run in one folder")
    with running_broker(cache=CACHE, data_dir=folder) as second:
        assert read(second, "kept", 1) == [b"value"]


def use_doomed(folder: Path) -> None:
    """Use a broker that dies meanwhile."""
    with running_broker(cache=CACHE, data_dir=folder) as doomed:
        os.kill(doomed.pid, signal.SIGKILL)
        assert until(lambda: gone(doomed.pid))
        raise ConnectionError("its user met this first")


def test_death_in_use_is_told(tmp_path: Path) -> None:
    """A broker that dies while it is used is the error, whatever its user met first."""
    with pytest.raises(BrokerError, match=r"^the broker died \(exit code -9\): "):
        use_doomed(tmp_path)


def test_full_disk_at_start_is_one_line(tmp_path: Path) -> None:
    """Kafka that can't write its files, by a real limit, is told in one line with the folder."""
    program = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n" + FOREGROUND
    ended = subprocess.run(
        [sys.executable, "-c", program, "broker", "--data-dir", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=DEADLINE,
    )
    assert ended.returncode == 1
    assert len(ended.stderr.splitlines()) == 1
    assert f"no room left in {tmp_path}: free some space, or choose another folder" in ended.stderr


def test_taken_port_is_one_line() -> None:
    """`newswatch broker --port` on a port in use: exit code 1 and one line that names it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = subprocess.run(
            [sys.executable, "-c", FOREGROUND, "broker", "--port", str(port)],
            capture_output=True,
            text=True,
            check=False,
            timeout=DEADLINE,
        )
    assert ended.returncode == 1
    assert len(ended.stderr.splitlines()) == 1
    assert f"port {port} of 127.0.0.1 is taken" in ended.stderr
    assert ended.stdout == ""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_command_stops_with_exit_code_0(tmp_path: Path, number: signal.Signals) -> None:
    """`newswatch broker` says one line when it is ready; Ctrl-C and SIGTERM end it and its Java."""
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", FOREGROUND, "broker"], stdout=subprocess.PIPE, text=True, env=env
    ) as command:
        assert command.stdout is not None
        assert STARTED.fullmatch(command.stdout.readline())
        family = psutil.Process(command.pid).children(recursive=True)
        assert len(family) == 2
        command.send_signal(number)
        assert command.wait(DEADLINE) == 0
        assert command.stdout.read() == ""
    assert all(gone(member.pid) for member in family)
    assert list(tmp_path.iterdir()) == []


def test_killed_owner_leaves_no_java_and_no_files(tmp_path: Path) -> None:
    """SIGKILL of the process that uses the broker ends Java, and the temporary folder goes too."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(CACHE)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    ) as holder:
        assert holder.stdout is not None
        java, folder = holder.stdout.readline().split()
        assert not gone(int(java))
        assert Path(folder).exists()
        holder.kill()
    assert until(lambda: gone(int(java)))
    assert until(lambda: not Path(folder).exists())
