"""What Prometheus asks in the deployment."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[3]
FILE = ROOT / "dashboards" / "prometheus" / "prometheus.yml"
PROMTOOL = shutil.which("promtool")
CONFIG = yaml.safe_load(FILE.read_text())
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text().replace("${WORKERS}", "1"))["services"]


@pytest.mark.skipif(
    PROMTOOL is None, reason="promtool is not installed; Debian has it in the package prometheus"
)
def test_promtool_takes_it_with_its_rules() -> None:
    """From where it lies; the rules are beside it there as in the container."""
    done = subprocess.run(
        [str(PROMTOOL), "check", "config", FILE.name],
        cwd=FILE.parent,
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
    assert "worker" in names
    assert len(CONFIG["scrape_configs"]) == len(jobs)


def test_it_keeps_what_the_rules_look_back_for() -> None:
    """Four weeks, and the hours around."""
    (kept,) = [given for given in SERVICES["prometheus"]["command"] if "retention" in given]
    assert int(kept.partition("=")[2].removesuffix("d")) > 4 * 7
