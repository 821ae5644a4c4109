"""The app as it is wired, and what pure modules may know of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from streams.topology import TOPICS

ROOT = Path(__file__).parents[2]
WIRED = ("faust", "kafka", "aiokafka", "prometheus_client")

PURITY = f"""
import importlib, json, sys
found = {{}}
for name in sys.argv[1:]:
    importlib.import_module(name)
    found[name] = [wired for wired in {WIRED!r} if wired in sys.modules]
    if found[name]:
        break
print(json.dumps(found))
"""

WIRING = """
import json
from streams.app import build_app
from streams.settings import load
app = build_app(load({}, topic_prefix="t.", webhook_url="http://127.0.0.1:9"))
print(json.dumps({name: sorted(agent.get_topic_names()) for name, agent in app.agents.items()}))
"""


def run(*arguments: str, **variables: str) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("NEWSWATCH_")}
    done = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=clean | variables,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_pure_modules_know_nothing_of_the_wire() -> None:
    """Not even through what they import: so their tests need no broker, and their results no Faust."""
    agents = [
        path for path in (ROOT / "agents").rglob("*.py") if path.name not in {"agent.py", "__init__.py"}
    ]
    modules = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in sorted(agents)]
    modules += [f"streams.{name}" for name in ("records", "emit", "topology", "settings", "pool")]
    assert len(modules) > 30
    report = agents_report(modules)
    assert {name: wired for name, wired in report.items() if wired} == {}
    assert len(report) == len(modules)


def agents_report(modules: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(run("-c", PURITY, *modules))
    return found


@pytest.mark.parametrize("module", ["streams.connect", "agents.alerts.agent"])
def test_the_check_of_purity_can_fail(module: str) -> None:
    """A module that does know the wire is seen."""
    assert agents_report([module])[module]


def test_the_agents_read_what_the_topology_says() -> None:
    """The steps by their names, each on its topics with the edition's prefix, and no other.

    The webhook is one of them where it has an address.
    """
    declared: dict[str, list[str]] = {}
    for topic in TOPICS:
        for reader in () if topic.compacted else topic.readers:  # each worker reads all of those by itself
            declared.setdefault(reader, []).append(f"t.{topic.name}")
    assert {name: sorted(names) for name, names in declared.items()} == json.loads(run("-c", WIRING))


def test_fausts_own_command_line_finds_the_agents(tmp_path: Path) -> None:
    """`faust -A streams.app …` is what Faust's users type."""
    told = run("-m", "faust", "-A", "streams.app", "--json", "agents", NEWSWATCH_DATA_DIR=str(tmp_path))
    names = {row["name"].removeprefix("@") for row in json.loads(told)}
    assert names == {"ingest", "deduplicate", "entities", "mentions", "alerts"}
