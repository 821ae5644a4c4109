"""A real Prometheus for tests and benches: Debian's, on a folder and a port of its own."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
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

_loopback = build_opener(ProxyHandler({}))


def deployed(folder: Path, targets: Mapping[str, Sequence[str]], *, token: str = "") -> str:
    """The deployment's own configuration and rules, with other targets, and asked every second.

    Args:
        folder: gets the rules, and the console's token.
        targets: addresses by service: worker, console, feeds, alertmanager, prometheus. What is not among
            them is not asked.
        token: of the console.
    """
    (folder / "rules").mkdir(exist_ok=True)
    for file in (FILES / "rules").glob("*.yml"):
        (folder / "rules" / file.name).write_text(re.sub(r"interval: \d+m", "interval: 1s", file.read_text()))
    (folder / "console-token").write_text(token)
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
            job["authorization"] = {"credentials_file": "console-token"}
    return yaml.safe_dump(config)


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
def prometheus(folder: Path, config: str, *options: str) -> Iterator[Prometheus]:
    """Run it with a configuration, its blocks in `folder`/data."""
    (folder / "prometheus.yml").write_text(config)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    log_file = folder / "prometheus.log"
    with log_file.open("ab") as log:
        process = subprocess.Popen(
            [
                str(PROGRAM),
                f"--config.file={folder / 'prometheus.yml'}",
                f"--storage.tsdb.path={folder / 'data'}",
                "--storage.tsdb.retention.time=10y",
                f"--web.listen-address={address}",
                "--query.max-samples=500000000",
                "--query.timeout=10m",
                "--log.level=warn",
                *options,
            ],
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
