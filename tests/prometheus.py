"""A real Prometheus for tests and benches: Debian's, on a folder and a port of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from urllib.request import ProxyHandler, build_opener

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

PROGRAM = shutil.which("prometheus")
PROMTOOL = shutil.which("promtool")
MISSING = "Prometheus is not installed; Debian has it, and promtool, in the package prometheus"
PATIENCE = 120.0
"""Seconds in which it has to be ready."""

FILES = Path(__file__).parents[1] / "dashboards" / "prometheus"
"""What the deployment mounts."""
TOKEN_FILE = "console-token"  # noqa: S105  no token

_loopback = build_opener(ProxyHandler({}))


def deployed(
    folder: Path, targets: Mapping[str, Sequence[str]], waits: Mapping[str, str] = MappingProxyType({})
) -> str:
    """The deployment's own configuration and rules, with other targets, and asked every second.

    Args:
        folder: gets the rules; the console's token will be there.
        targets: addresses by name: worker, console, feeds, alertmanager, and localhost for Prometheus itself.
            What is not among them is not asked.
        waits: another `for` of alerts, by name.
    """
    (folder / "rules").mkdir(exist_ok=True)
    for file in (FILES / "rules").glob("*.yml"):
        text = re.sub(r"interval: \d+m", "interval: 1s", file.read_text())
        for name, wait in waits.items():
            text = re.sub(rf"(- alert: {name}\n.*?\bfor: )\d+m", rf"\g<1>{wait}", text, flags=re.DOTALL)
        (folder / "rules" / file.name).write_text(text)
    config = yaml.safe_load((FILES / "prometheus.yml").read_text())
    config["global"] |= {"scrape_interval": "1s", "evaluation_interval": "1s"}
    for job in (*config["scrape_configs"], *config["alerting"]["alertmanagers"]):
        found = [name for one in job.pop("dns_sd_configs", ()) for name in one["names"]]
        fixed = [one.partition(":")[0] for two in job.pop("static_configs", ()) for one in two["targets"]]
        # As the name that was found by DNS, which the relabelling takes.
        job["static_configs"] = [
            {"targets": list(targets.get(name, ())), "labels": {"__meta_dns_name": name}} for name in found
        ] + [{"targets": list(targets.get(name, ()))} for name in fixed]
        if "authorization" in job:
            job["authorization"] = {"credentials_file": str(folder / TOKEN_FILE)}
    return yaml.safe_dump(config)


def free_address() -> str:
    """One of loopback where nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{free.getsockname()[1]}"


class Prometheus:
    """One that runs."""

    def __init__(self, url: str) -> None:
        self.url = url

    def get(self, path: str, **query: object) -> Any:
        """What its API says."""
        with _loopback.open(f"{self.url}/api/v1/{path}?{urlencode(query)}", timeout=600) as answer:
            return json.load(answer)["data"]

    def query(self, expression: str) -> list[tuple[dict[str, str], float]]:
        """Evaluate now: labels and value of each series."""
        found = self.get("query", query=expression)["result"]
        return [(series["metric"], float(series["value"][1])) for series in found]

    def exemplars(self, expression: str) -> list[dict[str, str]]:
        """Labels of the exemplars of the last hour; it has to run with the feature."""
        now = time.time()
        found = self.get("query_exemplars", query=expression, start=now - 3600, end=now)
        return [one["labels"] for series in found for one in series["exemplars"]]

    def ready(self) -> bool:
        """Whether it answers."""
        try:
            with _loopback.open(self.url + "/-/ready", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


@contextmanager
def prometheus(
    folder: Path, config: str, *options: str, address: str = "", token: str = ""
) -> Iterator[Prometheus]:
    """Run it with a configuration as the deployment starts it, its blocks in `folder`/data.

    Args:
        folder: its own.
        config: what `deployed` gives, or another one.
        options: of its command line.
        address: where it listens; by default a free port.
        token: of the console.
    """
    (folder / "prometheus.yml").write_text(config)
    address = address or free_address()
    variables = {
        "PROMETHEUS_PROGRAM": str(PROGRAM),
        "NEWSWATCH_CONSOLE_TOKEN": token,
        "CONSOLE_TOKEN_FILE": str(folder / TOKEN_FILE),
    }
    log_file = folder / "prometheus.log"
    with log_file.open("ab") as log:
        process = subprocess.Popen(
            [
                *("/bin/sh", str(FILES / "start.sh")),
                f"--config.file={folder / 'prometheus.yml'}",
                f"--storage.tsdb.path={folder / 'data'}",
                "--storage.tsdb.retention.time=10y",
                f"--web.listen-address={address}",
                "--query.max-samples=500000000",
                "--query.timeout=10m",
                "--log.level=warn",
                *options,
            ],
            env={**os.environ, **variables},
            stdout=log,
            stderr=log,
        )
    try:
        running = Prometheus(f"http://{address}")
        deadline = time.monotonic() + PATIENCE
        while not running.ready():
            assert process.poll() is None, log_file.read_text()[-2000:]
            assert time.monotonic() < deadline, log_file.read_text()[-2000:]
            time.sleep(0.05)
        yield running
    finally:
        process.terminate()
        process.wait()


def backfill(folder: Path, lines: Iterable[str]) -> None:
    """Make blocks in `folder`/data of lines of OpenMetrics, while Prometheus does not run."""
    file = folder / "samples"
    with file.open("w") as out:
        out.writelines(lines)
        out.write("# EOF\n")
    data = folder / "data"
    data.mkdir(exist_ok=True)
    subprocess.run(
        [
            *(str(PROMTOOL), "tsdb", "create-blocks-from", "openmetrics"),
            # By default blocks of two hours, and the file is read once for each.
            *("--quiet", "--max-block-duration=2000h", str(file), str(data)),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    file.unlink()
