"""A worker's own port."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_openmetrics
from prometheus_client.parser import text_string_to_metric_families as read_text

from streams.broker.ports import free_ports
from streams.health import PORT_FILE, SILENT_SECONDS, STUCK_SECONDS, Health, HealthError
from streams.metrics import Metrics
from streams.settings import Settings, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class App:
    """A Faust app's states."""

    started = True
    rebalancing = False
    in_recovery = False

    def timer(self, **_: Any) -> Callable[[Any], Any]:
        """Take the heartbeat, which nobody drives here."""
        return lambda function: function


class Wire:
    """What health asks of the wire."""

    def __init__(self) -> None:
        self.beside: dict[str, Any] = {"parsers": None, "pipeline": None}
        self.joined = True


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """On a free port, with a folder that is not there yet."""
    return load({}, metrics_port=0, data_dir=tmp_path / "worker")


@pytest.fixture
def health(settings: Settings) -> Iterator[Health]:
    """Served, and all that it waits for is there."""
    metrics = Metrics()
    metrics.articles.labels("new", "live").inc(3)
    metrics.alert_seconds.labels("live").observe(0.3, {"article_id": "a" * 32})
    metrics.model.info({"name": "m", "version": "1"})
    it = Health(settings, metrics, App(), Wire())  # type: ignore[arg-type]
    it.up.update(["parsers", "pipeline"])
    it.start()
    yield it
    it.stop()


def get(health: Health, path: str, accept: str = "*/*") -> tuple[int, str, str]:
    request = urllib.request.Request(f"http://127.0.0.1:{health.port}{path}", headers={"Accept": accept})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=10) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read().decode()


@pytest.mark.parametrize(
    "accept",
    [
        "*/*",
        "",
        "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1",
    ],
)
def test_metrics_are_openmetrics(health: Health, accept: str) -> None:
    """Whole, with the exemplar that leads from a slow alert to its article."""
    status, kind, body = get(health, "/metrics", accept)
    assert (status, kind.split(";")[0]) == (200, "application/openmetrics-text")
    samples = [sample for family in read_openmetrics(body) for sample in family.samples]
    assert 3 in {sample.value for sample in samples if sample.name == "newswatch_articles_total"}
    assert [sample.exemplar.labels["article_id"] for sample in samples if sample.exemplar] == ["a" * 32]


def test_who_takes_plain_text_only_gets_that(health: Health) -> None:
    """The older format, readable by its own parser."""
    _, kind, body = get(health, "/metrics", "text/plain; version=0.0.4")
    assert kind.startswith("text/plain")
    samples = [sample for family in read_text(body) for sample in family.samples]
    assert 3 in {sample.value for sample in samples if sample.name == "newswatch_articles_total"}


def test_ready_when_all_is_there(health: Health) -> None:
    """With the facts an operator asks for first."""
    health.facts["model"] = {"name": "m"}
    status, _, body = get(health, "/readyz")
    assert status == 200
    assert json.loads(body)["ready"] is True
    assert json.loads(body)["model"] == {"name": "m"}


@pytest.mark.parametrize(
    ("change", "unmet"),
    [
        (lambda it: it.up.remove("pipeline"), ["pipeline"]),
        (lambda it: setattr(it._wire, "joined", False), ["partitions"]),
        (lambda it: setattr(it._app, "rebalancing", True), ["partitions"]),
        (lambda it: setattr(it._app, "in_recovery", True), ["partitions"]),
        (lambda it: it.up.clear(), ["parsers", "pipeline"]),
    ],
)
def test_not_ready_says_what_is_unmet(
    health: Health, change: Callable[[Health], None], unmet: list[str]
) -> None:
    """503, while the worker lives on."""
    change(health)
    status, _, body = get(health, "/readyz")
    assert (status, json.loads(body)["unmet"]) == (503, unmet)
    assert get(health, "/healthz")[0] == 200


def test_a_loop_that_stands_still_is_not_alive(health: Health) -> None:
    """The thread that serves goes on when the event loop is stuck, and says so."""
    assert "\nnewswatch_worker_ready 1.0\n" in get(health, "/metrics")[2]
    health._beat = time.monotonic() - STUCK_SECONDS - 1
    assert (get(health, "/healthz")[0], get(health, "/readyz")[0]) == (503, 503)
    assert "\nnewswatch_worker_ready 0.0\n" in get(health, "/metrics")[2]


async def test_a_heartbeat_brings_it_back(health: Health) -> None:
    """The loop turns again."""
    health._beat = time.monotonic() - STUCK_SECONDS - 1
    await health._heartbeat()
    assert health.state()[:2] == (True, True)


async def test_brokers_that_are_gone_make_it_unready_with_the_reason(health: Health) -> None:
    """Nobody listens: the question is not answered, and in a while they count as gone."""
    port, _ = free_ports()
    health._settings = health._settings.model_copy(update={"kafka_bootstrap": f"127.0.0.1:{port}"})
    health._answered = before = health._beat - SILENT_SECONDS + 1
    await health._ask_brokers()
    assert health._answered == before
    assert get(health, "/readyz")[0] == 200
    health._beat += 2
    status, _, body = get(health, "/readyz")
    assert (status, json.loads(body)["unmet"]) == (503, ["broker"])
    assert get(health, "/healthz")[0] == 200


def test_a_loop_that_stands_still_does_not_blame_the_brokers(health: Health) -> None:
    """It asked nobody."""
    health._beat = health._answered = time.monotonic() - 100
    assert "broker" not in health.state()[2]["unmet"]


def test_an_unknown_path_is_not_found(health: Health) -> None:
    """And says what there is."""
    status, _, body = get(health, "/")
    assert (status, "/readyz" in body) == (404, True)


def test_the_port_is_written_where_the_starter_looks(health: Health, settings: Settings) -> None:
    """In a data folder that is made for it."""
    assert int((settings.data_dir / PORT_FILE).read_text()) == health.port


def test_a_taken_port_is_named_with_the_setting(health: Health, settings: Settings) -> None:
    """One line for a person, not an errno."""
    again = settings.model_copy(update={"metrics_port": health.port})
    with pytest.raises(HealthError, match=f"127.0.0.1:{health.port}: .*NEWSWATCH_METRICS_PORT"):
        Health(again, Metrics(), App(), Wire()).start()  # type: ignore[arg-type]
