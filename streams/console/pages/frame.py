"""What all pages have: the layout, how text is escaped, what a browser may load."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from streams.console.pages import assets, spoken
from streams.subscribe.clean import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import HTTPConnection
    from starlette.responses import Response

NAVIGATION = (("/", "Alerts"), ("/articles", "Why"), ("/watches", "Watches"), ("/health", "Health"))
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Files and addresses of our own, nothing inline: text that were read as markup would still do nothing."""
AGAIN_SECONDS = 5
"""After which a page that is not ready yet asks again by itself."""

_environment = Environment(
    loader=FileSystemLoader(Path(__file__).parents[1] / "templates"),
    autoescape=True,
    auto_reload=False,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.globals.update(
    asset=assets.address,
    navigation=NAVIGATION,
    now=lambda: datetime.now(UTC),
)
_environment.filters.update(
    clean=lambda text: clean(str(text)),
    utc=spoken.utc,
    rfc3339=spoken.rfc3339,
    ago=spoken.ago,
    plural=spoken.plural,
    count=spoken.count,
)


def place(path: str) -> tuple[str, str]:
    """Where a page belongs in the navigation: an address there, and what `aria-current` says of it.

    A story and an alert have been reached from the alerts; the why of an article is a page of Why.
    """
    for address, _ in NAVIGATION:
        if path == address or (address != "/" and path.startswith(address + "/")):
            return address, "page"
    return ("/", "true") if path.startswith(("/stories/", "/alerts/")) else ("", "")


def render(template: str, **values: Any) -> str:
    """A template filled in; a name that it asks for and isn't given is an error."""
    return _environment.get_template(template).render(values)


def page(request: HTTPConnection, template: str, *, status: int = 200, **values: Any) -> Response:
    """A page within the layout.

    Args:
        request: what asked for it; the layout marks its place in the navigation.
        template: in `templates/`; it extends `layout.html`.
        status: of HTTP.
        values: what the template asks for.
    """
    path = request.url.path
    given = {"path": path, "place": place(path), "has_session": request.scope.get("newswatch.token", False)}
    text = render(template, **given | values)
    return HTMLResponse(text, status, headers={"content-security-policy": POLICY})


def wants_page(method: str, path: str, headers: Mapping[str, str]) -> bool:
    """Whether a person looks at the answer: a browser that opens an address which is none of the API's."""
    return (
        method in {"GET", "HEAD"}
        and not path.startswith("/api/")
        and "text/html" in headers.get("accept", "")
    )


def refused(request: HTTPConnection, status: int, detail: str) -> Response:
    """A page that says what is wrong; where the token is wanting, one that asks for it."""
    if status == HTTPStatus.UNAUTHORIZED:
        return page(request, "signin.html", status=status, has_session=False)
    again = AGAIN_SECONDS if status == HTTPStatus.SERVICE_UNAVAILABLE else None
    return page(
        request,
        "problem.html",
        status=status,
        code=status,
        phrase=HTTPStatus(status).phrase,
        detail=detail,
        again=again,
    )
