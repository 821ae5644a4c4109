"""Style sheet and scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from streams.console.pages import assets
from tests.streams.console.test_api import client_of, made_api

if TYPE_CHECKING:
    from starlette.testclient import TestClient


@pytest.fixture
def client() -> TestClient:
    """Of a console without a token."""
    return client_of(made_api())


def test_an_address_with_its_mark_may_be_kept(client: TestClient) -> None:
    """For ever, since another content has another address; without it a browser asks first, and is told."""
    response = client.get(assets.address("style.css"))
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["content-type"].startswith("text/css")
    assert response.headers["x-content-type-options"] == "nosniff"
    for address in ("/static/style.css", "/static/style.css?v=000000000000"):
        asked = client.get(address)
        assert asked.headers["cache-control"] == "no-cache"
        assert client.get(address, headers={"if-none-match": asked.headers["etag"]}).status_code == 304


@pytest.mark.parametrize("path", ["/static/", "/static/nothing.css", "/static/..%2Fapi.py", "/static/%00"])
def test_nothing_else_is_served(path: str, client: TestClient) -> None:
    """No list, nothing from beside the folder."""
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", sorted(assets.FOLDER.iterdir()), ids=lambda path: path.name)
def test_files_name_no_other_host(path: object) -> None:
    """The console works where there is no internet, and tells nobody who looks at it."""
    text = path.read_text()  # type: ignore[attr-defined]
    found = re.findall(r"(?:https?:)?//[\w.-]+\.\w+", text.replace("http://www.w3.org/2000/svg", ""))
    assert found == []


def test_an_address_of_a_file_that_is_not_there_is_an_error() -> None:
    """When a page is made, not when it is looked at."""
    with pytest.raises(KeyError):
        assets.address("nothing.js")
