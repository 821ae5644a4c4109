"""The deployment, as far as it can be looked at without an engine to run containers."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from compose_spec import PyCompose

from streams.broker.folder import PROPERTIES, write_properties
from streams.broker.jars import kafka_jars
from streams.broker.java import java_program
from streams.settings import PREFIX, Settings, load

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE = shutil.which("docker-compose")
ENV = dict(
    line.split("=", 1)
    for line in (ROOT / ".env").read_text().splitlines()
    if line and not line.startswith("#")
)
TOKEN = "0123456789abcdef"  # noqa: S105  no password
OURS = ("topics-init", "worker", "console", "replayer", "feeds")


def filled_in(text: str) -> str:
    """With what `.env` has, as Compose does it."""

    def value(found: re.Match[str]) -> str:
        name, how, other = found.groups()
        if given := {**ENV, PREFIX + "CONSOLE_TOKEN": TOKEN}.get(name):
            return given
        assert how == ":-" or name in ENV, f"{name} is in docker-compose.yml, and not in .env"
        return other or ""

    return re.sub(r"\$\{(\w+)(?:(:[-?])([^}]*))?\}", value, text)


DEPLOYMENT: dict[str, Any] = yaml.safe_load(filled_in(TEXT))
SERVICES: dict[str, dict[str, Any]] = DEPLOYMENT["services"]


def plain(deployment: dict[str, Any]) -> str:
    """Without the parts that are there to be named again."""
    return yaml.safe_dump({name: part for name, part in deployment.items() if not name.startswith("x-")})


def test_it_is_what_the_compose_specification_allows() -> None:
    """Keys, types and conditions, by a parser that refuses what it does not know."""
    read = PyCompose.from_yaml(plain(DEPLOYMENT))
    read.validate()
    wrong = yaml.safe_load(plain(DEPLOYMENT))
    wrong["services"]["kafka"]["healthchek"] = {}
    with pytest.raises(ValueError, match="healthchek"):
        PyCompose.from_yaml(yaml.safe_dump(wrong))


@pytest.mark.skipif(
    COMPOSE is None, reason="docker-compose is not installed; Debian has it in the package docker-compose"
)
def test_compose_itself_reads_it() -> None:
    """With every profile; the token is the one thing that has to be given."""
    profiles = [option for name in ("replay", "feeds", "kminion") for option in ("--profile", name)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    command = [str(COMPOSE), *profiles, "config", "--quiet"]
    for given, code in ({PREFIX + "CONSOLE_TOKEN": TOKEN}, 0), ({}, 1):
        done = subprocess.run(
            command, cwd=ROOT, env=clean | given, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == code, done.stderr
    assert "start with 'make up'" in done.stderr


def test_every_image_is_pinned() -> None:
    """By a version of three numbers, in `.env`."""
    images = {name: image for name, image in ENV.items() if name.endswith("_IMAGE")}
    assert [
        name for name, image in images.items() if not re.search(r":v?\d+\.\d+\.\d+(-[\w-]+)?$", image)
    ] == []
    assert re.findall(r"image: (?!\"\$\{\w+_IMAGE\}\"|newswatch:)", TEXT) == []
    assert f"ARG PYTHON_IMAGE={ENV['PYTHON_IMAGE']}\n" in (ROOT / "Dockerfile").read_text()


def mounts() -> list[tuple[str, str, str, bool]]:
    """Service, source, target and whether it is read-only, of what is bound from this folder."""
    found = []
    for name, service in SERVICES.items():
        for volume in service.get("volumes", ()):
            source, *rest = volume.split(":")
            if source.startswith("."):
                found.append((name, source, rest[0], rest[1:] == ["ro"]))
    return found


def test_every_mounted_path_is_there_and_cannot_be_written() -> None:
    """Rules and dashboards among them."""
    assert [source for _, source, _, _ in mounts() if not (ROOT / source).exists()] == []
    assert [mount for mount in mounts() if not mount[3]] == []


def test_every_named_volume_is_declared_and_used() -> None:
    """A worker's has no name: each replica gets its own."""
    named = {
        volume.split(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", ())
        if volume[0] not in "./"
    }
    assert named == set(DEPLOYMENT["volumes"])
    assert "/var/lib/newswatch" in SERVICES["worker"]["volumes"]
    assert SERVICES["worker"]["environment"][PREFIX + "DATA_DIR"] == "/var/lib/newswatch"


def test_nothing_is_open_to_the_network() -> None:
    """Every port is on loopback; what scales has neither a port nor a name of its own."""
    ports = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert [port for port in ports if not port.startswith("127.0.0.1:")] == []
    assert not {"ports", "container_name"} & SERVICES["worker"].keys()


def test_every_service_is_bounded_and_comes_back() -> None:
    """Memory, log files, and a restart; what runs once is tried again only after a failure."""
    for name, service in SERVICES.items():
        assert service["mem_limit"]
        assert service["logging"]["options"]["max-size"]
        once = {"topics-init": "on-failure", "replayer": "no"}
        assert service["restart"] == once.get(name, "unless-stopped")


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_a_setting_that_is_taken(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the settings themselves, which refuse what they do not know."""
    for variable, value in SERVICES[name]["environment"].items():
        monkeypatch.setenv(variable, value)
    settings = load()
    assert f"kafka:{_listener('INTERNAL')}" == settings.kafka_bootstrap
    assert settings.cluster.protocol == "PLAINTEXT"


def _listener(name: str) -> str:
    found = re.search(rf"{name}://[\w.]*:(\d+)", SERVICES["kafka"]["environment"]["KAFKA_LISTENERS"])
    assert found
    return found[1]


def test_the_ports_are_those_of_the_settings() -> None:
    """As they are published, scraped and asked for health."""
    console, metrics, feeds = (
        Settings.model_fields[name].default for name in ("console_port", "metrics_port", "feeds_port")
    )
    assert SERVICES["console"]["ports"] == [f"127.0.0.1:{ENV['CONSOLE_PORT']}:{console}"]
    assert SERVICES["console"]["environment"][PREFIX + "CONSOLE_PORT"] == ENV["CONSOLE_PORT"] == str(console)
    assert SERVICES["worker"]["environment"][PREFIX + "METRICS_PORT"] == str(metrics)
    assert SERVICES["feeds"]["environment"][PREFIX + "FEEDS_PORT"] == str(feeds)
    assert f":{console}/readyz" in SERVICES["console"]["healthcheck"]["test"][-1]
    assert f":{metrics}/readyz" in SERVICES["worker"]["healthcheck"]["test"][-1]
    assert f":{feeds}/readyz" in SERVICES["feeds"]["healthcheck"]["test"][-1]
    assert _listener("HOST") == SERVICES["kafka"]["ports"][0].rsplit(":", 1)[1]
    scraped = yaml.safe_load((ROOT / "dashboards" / "prometheus" / "prometheus.yml").read_text())[
        "scrape_configs"
    ]
    found = [one for job in scraped for one in job.get("dns_sd_configs", ())]
    ports = {name: one["port"] for one in found for name in one["names"]}
    assert (ports["worker"], ports["console"], ports["feeds"]) == (metrics, console, feeds)


@pytest.mark.parametrize("name", OURS)
def test_every_command_is_one_of_the_program(name: str) -> None:
    """Parsed by the command line itself, up to where it would begin to work."""
    import typer  # noqa: PLC0415

    from streams.cli import app  # noqa: PLC0415

    command, arguments = typer.main.get_command(app), list(SERVICES[name]["command"])
    while hasattr(command, "commands"):
        found = command.commands.get(arguments[0])
        assert found, f"there is no command {arguments[0]!r}"
        command, arguments = found, arguments[1:]
    command.make_context(name, arguments)


def test_what_is_asked_for_health_is_in_the_image() -> None:
    """`python` of ours; a script of Kafka's by its whole path; `wget` of BusyBox, with the options it has."""
    for name, service in SERVICES.items():
        if name in {"topics-init", "replayer", "kminion"}:
            assert "healthcheck" not in service
            continue
        kind, program, *arguments = service["healthcheck"]["test"]
        assert kind == "CMD"
        if name in OURS:
            compile(arguments[-1], name, "exec")
            assert program == "python"
        elif program == "wget":
            assert arguments[:2] == ["-q", "--spider"]
        else:
            assert program.startswith("/opt/kafka/bin/")


def test_they_start_in_order() -> None:
    """Kafka answers, then the topics are made, then the workers are ready, then articles are replayed."""
    assert SERVICES["topics-init"]["depends_on"] == {"kafka": {"condition": "service_healthy"}}
    made = {"condition": "service_completed_successfully"}
    for name in ("worker", "console", "replayer", "feeds"):
        assert SERVICES[name]["depends_on"]["topics-init"] == made
    assert SERVICES["replayer"]["depends_on"]["worker"] == {"condition": "service_healthy"}


def properties() -> dict[str, str]:
    """Kafka's, as its image makes them from the environment: KAFKA_LOG_DIRS is log.dirs."""
    return {
        name.removeprefix("KAFKA_").lower().replace("_", "."): value
        for name, value in SERVICES["kafka"]["environment"].items()
        if name.startswith("KAFKA_") and name != "KAFKA_HEAP_OPTS"
    }


def test_kafka_takes_its_settings(tmp_path: Path) -> None:
    """Kafka's own tool reads all of them before it formats the folder."""
    given = properties() | {"log.dirs": "data"}
    (tmp_path / "given.properties").write_text("".join(f"{key}={value}\n" for key, value in given.items()))
    done = subprocess.run(
        [
            *(str(java_program()), "-cp", os.pathsep.join(map(str, kafka_jars(load({}).cache)))),
            *("kafka.tools.StorageTool", "format", "--config", "given.properties"),
            *("--cluster-id", SERVICES["kafka"]["environment"]["CLUSTER_ID"]),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    assert f"cluster.id={ENV['KAFKA_CLUSTER_ID']}" in (tmp_path / "data" / "meta.properties").read_text()


def test_kafka_is_set_as_the_one_of_the_tests(tmp_path: Path) -> None:
    """Limits above all: a record that passes here has to pass there."""
    write_properties(tmp_path, 1, 2)
    lines = (tmp_path / PROPERTIES).read_text().splitlines()
    ours, theirs = dict(line.split("=", 1) for line in lines), properties()
    # Where it listens and keeps its data is its own; a second broker may come, so Kafka's counts stay.
    own = ("listener", "advertised", "controller.", "inter.broker", "node.id", "log.dirs", "log.cleaner")
    common = {key for key in ours if not key.startswith(own) and not key.endswith("num.partitions")}
    assert {key: theirs.get(key) for key in common} == {key: ours[key] for key in common}


def test_grafana_lets_everyone_look_and_no_one_change() -> None:
    """Anonymous, as a viewer; nobody can log in."""
    given = SERVICES["grafana"]["environment"]
    assert (given["GF_AUTH_ANONYMOUS_ORG_ROLE"], given["GF_AUTH_DISABLE_LOGIN_FORM"]) == ("Viewer", "true")


OPERATIONS = (ROOT / "docs" / "operations.md").read_text()


def test_the_docs_name_settings_that_there_are() -> None:
    """Variables of the program on every page, a whole name or its beginning; in the guide those of `.env`."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    named = {name for page in pages for name in re.findall(rf"{PREFIX}[A-Z_]+", page.read_text())}
    begun = {
        name for name in named - known if name.endswith("_") or name in {PREFIX + "KAFKA", PREFIX + "SPACY"}
    }
    assert named - known - begun == set()
    assert [name for name in begun if not any(setting.startswith(name) for setting in known)] == []
    ours = set(
        re.findall(
            r"\b(?:WATCHLIST|WORKERS|FEEDS|REPLAY|[A-Z]+_IMAGE|ALERTMANAGER_WEBHOOK_URL)\b", OPERATIONS
        )
    )
    assert ours <= ENV.keys()


def test_what_a_runbook_has_one_set_reaches_the_workers() -> None:
    """By a line in `.env`, or a variable of the shell; those of clusters and webhooks are in an override."""
    runbooks = "".join(file.read_text() for file in (ROOT / "docs/operations/runbooks").glob("*.md"))
    named = set(re.findall(rf"{PREFIX}[A-Z_]+[A-Z]\b", runbooks)) & {
        PREFIX + name.upper() for name in Settings.model_fields
    }
    ours = {name for name in named if not name.startswith((PREFIX + "KAFKA", PREFIX + "WEBHOOK"))}
    handed_over = set(re.findall(r"\$\{(\w+)", TEXT))
    assert {PREFIX + "SPACY_MODEL", PREFIX + "ORACLE_SHARE"} <= ours
    assert ours - {PREFIX + "NLP_TIMEOUT"} <= handed_over & (ENV.keys() | {PREFIX + "CONSOLE_TOKEN"})


def test_grafana_is_given_what_it_reads_and_no_program() -> None:
    """The generated files alone, where the provider looks for them."""
    mounted = {target: source for name, source, target, _ in mounts() if name == "grafana"}
    folder = ROOT / "dashboards" / "grafana"
    (provider,) = yaml.safe_load((folder / "provisioning/dashboards/newswatch.yml").read_text())["providers"]
    found = ROOT / mounted[provider["options"]["path"]]
    assert found == folder / "generated"
    assert {file.suffix for file in found.iterdir()} == {".json"}


def test_the_guide_has_a_line_for_each_alert() -> None:
    """With its runbook."""
    alerts = {
        rule["alert"]
        for file in (ROOT / "dashboards" / "prometheus" / "rules").glob("*.yml")
        for group in yaml.safe_load(file.read_text())["groups"]
        for rule in group["rules"]
        if "alert" in rule
    }
    linked = set(re.findall(r"\]\(operations/runbooks/(\w+)\.md\)", OPERATIONS))
    assert alerts == linked
    assert [name for name in linked if not (ROOT / "docs/operations/runbooks" / f"{name}.md").exists()] == []


def test_the_guide_s_override_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By Compose, where it is installed, and by the settings: a cluster with TLS and a password."""
    (text,) = re.findall(r"```yaml\n(x-cluster.*?)```", OPERATIONS, re.DOTALL)
    (tmp_path / "override.yml").write_text(text)
    override = yaml.safe_load(text.replace("${KAFKA_PASSWORD:-}", TOKEN))
    for service in override["services"].values():
        for variable, value in service["environment"].items():
            monkeypatch.setenv(variable, value)
        assert load().cluster.options["security_protocol"] == "SASL_SSL"
    assert override["services"].keys() == set(OURS)
    if COMPOSE is not None:
        files = ["--file", "docker-compose.yml", "--file", str(tmp_path / "override.yml")]
        subprocess.run(
            [COMPOSE, *files, "config", "--quiet"],
            cwd=ROOT,
            env={**os.environ, PREFIX + "CONSOLE_TOKEN": TOKEN},
            check=True,
            timeout=120,
        )


def test_make_s_words_are_commands_of_compose() -> None:
    """`make up`, `down`, `logs` and `ps`, as they would run."""
    for word in ("up", "down", "logs", "ps"):
        said = subprocess.run(
            [str(shutil.which("make")), "--dry-run", word],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout
        (line,) = [line for line in said.splitlines() if "docker compose" in line]
        assert word in shlex.split(line)
