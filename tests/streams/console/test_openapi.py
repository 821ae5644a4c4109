"""The document, held against a server: what it says is taken is taken, what it says comes back does."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from streams.console import lookup_asked
from streams.console.asked import LIST, ONE, STREAM
from streams.console.openapi import document
from streams.console.serve import listen, url
from tests.streams.console.conftest import HOSTILE, made_lookups, take
from tests.streams.console.test_api import made_api
from tests.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.streams.console.conftest import MakeAlert

SCHEMA: Any = schemathesis.openapi.from_dict(document())
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
]


@pytest.fixture(scope="module")
def served(alert: MakeAlert, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that has some alerts and a run's folder, and reads no topic."""
    api = made_api()
    api.lookups = made_lookups(tmp_path_factory.mktemp("run"))
    take(api.feeds["live"], *(alert(number, headline=HOSTILE) for number in range(60)))
    take(api.feeds["live"], alert(0, revision=1))
    for followed in api.feeds.values():
        followed._answered = float("inf")  # nobody asks the broker here, and 15 s later it would be gone
    with listen("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(api.app(), lifespan="off", log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        assert until(lambda: server.started)
        yield url("127.0.0.1", listener)
        server.should_exit = True
        thread.join()


@SCHEMA.exclude(path="/api/alerts/stream").parametrize()
@settings(max_examples=50, suppress_health_check=list(HealthCheck))
def test_answers_are_as_the_document_says(case: Any, served: str) -> None:
    """Whatever is asked, by Schemathesis's own choice: good parameters, bad ones, other methods."""
    case.call_and_validate(base_url=served, checks=CHECKS)


def test_every_parameter_is_in_the_document() -> None:
    """And none that is not taken."""
    paths = document()["paths"]
    for path, names in {
        "/api/alerts": LIST,
        "/api/alerts/{alert_id}": ONE,
        "/api/alerts/stream": STREAM,
        "/api/stories/{story_id}": lookup_asked.STORY,
        "/api/articles": lookup_asked.ARTICLES,
        "/api/articles/{article_id}": lookup_asked.ARTICLE,
        "/api/watches": lookup_asked.WATCHES,
    }.items():
        found = {given["name"] for given in paths[path]["get"]["parameters"] if given["in"] == "query"}
        assert found == set(names)
