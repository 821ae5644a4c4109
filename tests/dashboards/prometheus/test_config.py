"""What Prometheus asks in the deployment."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[3]
FILE = ROOT / "dashboards" / "prometheus" / "prometheus.yml"
TOKEN_FILE = "/tmp/console-token"  # noqa: S105, S108  where it is in the container
PROMTOOL = shutil.which("promtool")
CONFIG = yaml.safe_load(FILE.read_text())
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text().replace("${WORKERS}", "1"))["services"]


@pytest.mark.skipif(
    PROMTOOL is None, reason="promtool is not installed; Debian has it in the package prometheus"
)
def test_promtool_takes_it_with_its_rules(tmp_path: Path) -> None:
    """With its rules beside it as in the container; the token's file is there once `start.sh` has run."""
    (tmp_path / "rules").symlink_to(FILE.parent / "rules")
    (tmp_path / "token").touch()
    text = FILE.read_text().replace(TOKEN_FILE, str(tmp_path / "token"))
    (tmp_path / FILE.name).write_text(text)
    done = subprocess.run(
        [str(PROMTOOL), "check", "config", FILE.name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert f"{len(list((FILE.parent / 'rules').glob('*.yml')))} rule files found" in done.stdout


def test_every_target_is_a_service() -> None:
    """Those with replicas by DNS, which gives an address for each."""
    jobs = {job["job_name"]: job for job in CONFIG["scrape_configs"]}
    names = {
        name for job in jobs.values() for found in job.get("dns_sd_configs", ()) for name in found["names"]
    }
    fixed = {
        target.partition(":")[0]
        for job in (*jobs.values(), *CONFIG["alerting"]["alertmanagers"])
        for found in job.get("static_configs", ())
        for target in found["targets"]
    }
    assert (names | fixed) - {"localhost"} <= SERVICES.keys()
    assert {"worker", "console", "feeds"} <= names
    assert len(CONFIG["scrape_configs"]) == len(jobs)


def test_an_edition_is_one_job_whose_targets_say_what_they_are() -> None:
    """By the name that they were found by, at the ports where they serve."""
    jobs = {
        job["job_name"]: job
        for job in CONFIG["scrape_configs"]
        if job["job_name"] in {"newswatch", "console"}
    }
    ports = {}
    for job in jobs.values():
        steps = job["relabel_configs"]
        assert {"target_label": "job", "replacement": "newswatch"} in steps
        assert {
            "source_labels": ["__meta_dns_name"],
            "regex": "(.+)",
            "target_label": "component",
        } in steps
        ports |= {name: found["port"] for found in job["dns_sd_configs"] for name in found["names"]}
    asked = {
        "worker": "NEWSWATCH_METRICS_PORT",
        "console": "NEWSWATCH_CONSOLE_PORT",
        "feeds": "NEWSWATCH_FEEDS_PORT",
    }
    assert ports == {name: int(SERVICES[name]["environment"][asked[name]]) for name in asked}


@pytest.mark.parametrize("token", ["0123456789abcdef%s", "-n $(id) `id` 'a' \"b\" \\n", "two\nlines"])
def test_only_the_console_is_sent_its_token(token: str, tmp_path: Path) -> None:
    """From a file that none but Prometheus can read; it is not in Prometheus' own environment."""
    assert [job["job_name"] for job in CONFIG["scrape_configs"] if "authorization" in job] == ["console"]
    (console,) = [job for job in CONFIG["scrape_configs"] if job["job_name"] == "console"]
    assert console["authorization"] == {"credentials_file": TOKEN_FILE}
    service = SERVICES["prometheus"]
    start = service["entrypoint"][-1]
    mounted = dict(volume.split(":")[:2][::-1] for volume in service["volumes"])
    script = ROOT / mounted[start]
    assert f":-{TOKEN_FILE}}}" in script.read_text()
    file = tmp_path / "token"
    done = subprocess.run(
        ["/bin/sh", str(script), "--an-option"],
        env={
            "PATH": os.environ["PATH"],
            "NEWSWATCH_CONSOLE_TOKEN": token,
            "CONSOLE_TOKEN_FILE": str(file),
            "PROMETHEUS_PROGRAM": _program(tmp_path),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert file.read_text() == token
    assert file.stat().st_mode & 0o077 == 0
    assert done.stdout == "--an-option unset\n"


def _program(folder: Path) -> str:
    """Says what it was given."""
    program = folder / "program"
    program.write_text('#!/bin/sh\necho "$1" "${NEWSWATCH_CONSOLE_TOKEN-unset}"\n')
    program.chmod(0o755)
    return str(program)


def test_it_keeps_what_the_rules_look_back_for() -> None:
    """Four weeks, and the hours around."""
    (kept,) = [given for given in SERVICES["prometheus"]["command"] if "retention" in given]
    assert int(kept.partition("=")[2].removesuffix("d")) > 4 * 7
