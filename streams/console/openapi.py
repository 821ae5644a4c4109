"""The console's API as an OpenAPI 3.1 document, made from what the code takes and gives."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any, get_args

import msgspec

from streams.console import openapi_lookups, session
from streams.console.asked import LIMIT, LIST, LONGEST, MOST, ONE, REPEATED, RESUME, STREAM, Revisions
from streams.console.events import HEARTBEAT_SECONDS, RETRY_MS, SEND_SECONDS
from streams.console.problem import MEDIA_TYPE, Problem
from streams.console.resume import Gap
from streams.records import Alert, Severity, Stage
from streams.settings import Settings

_ABOUT = (
    "Alerts over HTTP, as they are on the Kafka topics; docs/subscribing.md shows how. Where "
    "NEWSWATCH_CONSOLE_TOKEN is set, every request but those for health brings it. Fields may be added to "
    "all that is answered, and an alert may be of a newer schema than this document's."
)
_TEXT = {"type": "string", "maxLength": LONGEST}
_DESCRIBED: dict[str, tuple[str, dict[str, Any]]] = {
    "watch": ("Only this watch's.", _TEXT),
    "severity": ("Only of this severity.", {"type": "string", "enum": list(get_args(Severity))}),
    "source": ("Only this outlet's; up to two `*` stand for anything, as in `*.gov`.", _TEXT),
    "entity": ("Only those that name it, by canonical name, in any case, or canonical id.", _TEXT),
    "story": ("Only of the story whose id begins so.", _TEXT),
    "since": (
        "Only from this event time on: so long ago, as `2h`, or a date, in UTC without an offset.",
        _TEXT,
    ),
    "stage": (
        "`shadow`: what watches on trial would have sent.",
        {"type": "string", "enum": list(get_args(Stage)), "default": get_args(Stage)[0]},
    ),
    "revisions": (
        "`newest`: each alert's state, where that is what is asked for; `all`: each revision.",
        {"type": "string", "enum": list(get_args(Revisions)), "default": get_args(Revisions)[0]},
    ),
    "limit": ("Of alerts on a page.", {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT}),
    "cursor": (
        "The `next` of the page before. The list stays as it was when its first page was asked for.",
        _TEXT,
    ),
    "last_event_id": (
        f"Go on after this event, as `{RESUME}` does, which goes before it. `-1`: all there is on the topic.",
        _TEXT,
    ),
}


def document() -> dict[str, Any]:
    """The whole document."""
    _, schemas = msgspec.json.schema_components(
        [Alert, Problem, Gap, *openapi_lookups.ANSWERS], ref_template="#/components/schemas/{name}"
    )
    schemas |= _answers()
    port = Settings.model_fields["console_port"].default
    secured: list[dict[str, list[str]]] = [{}, {"bearer": []}, {"session": []}]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Newswatch console",
            "version": version("newswatch"),
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": f"http://127.0.0.1:{port}"}],
        "security": secured,
        "paths": {
            "/api/alerts": {"get": _list()},
            "/api/alerts/{alert_id}": {"get": _one()},
            "/api/alerts/stream": {"get": _stream()},
            **openapi_lookups.paths(_bad(), _refused()),
            "/api/session": {"post": _begin(), "delete": _end()},
            "/api/openapi.json": {
                "get": {
                    "operationId": "describe",
                    "summary": "This document.",
                    "responses": {"200": _json("The document.", {"type": "object"}), **_refused()},
                }
            },
            "/healthz": {"get": _health("health", "Whether the console lives.", "It does.", _dead())},
            "/readyz": {
                "get": _health(
                    "ready",
                    "Whether the console has read the topics, and the broker answers.",
                    "It has, and it does.",
                    {"503": _json("It has not, or it does not; `unmet` says which.", _ref("Health"))},
                )
            },
        },
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": session.COOKIE},
            },
        },
    }


def _list() -> dict[str, Any]:
    return {
        "operationId": "listAlerts",
        "summary": "Alerts, newest first, a page at a time.",
        "description": "A page may have fewer alerts than `limit`, even none, with more to come: only a "
        "`next` of null ends the list.",
        "parameters": _parameters(LIST),
        "responses": {"200": _json("A page.", _ref("AlertList")), **_bad(), **_refused(), **_unusable()},
    }


def _one() -> dict[str, Any]:
    return {
        "operationId": "getAlert",
        "summary": "All revisions of one alert that are on the topic, oldest first.",
        "parameters": [
            {"name": "alert_id", "in": "path", "required": True, "schema": {"type": "string"}},
            *_parameters(ONE),
        ],
        "responses": {
            "200": _json("The alert.", _ref("AlertRevisions")),
            **_bad(),
            **_refused(),
            "404": _problem("There is no such alert."),
            **_unusable(),
        },
    }


def _stream() -> dict[str, Any]:
    header = {
        "name": RESUME,
        "in": "header",
        "description": "The id of the last event; a browser sends it when it connects again.",
        "schema": _TEXT,
    }
    return {
        "operationId": "streamAlerts",
        "summary": "Alerts and revisions as they come, as server-sent events.",
        "description": "`event: alert` has an alert as its data. `event: gap` says that alerts can't be sent "
        "any more, or that the topic is another (schema Gap). An event's id is the alert's offset on the "
        f"topic and the topic's own mark. Every {HEARTBEAT_SECONDS:.0f} s comes a comment, with an id that "
        f"moves past what was not asked for. `retry` is {RETRY_MS} ms. A client that takes nothing for "
        f"{SEND_SECONDS:.0f} s is cut off.",
        "parameters": [*_parameters(STREAM), header],
        "responses": {
            "200": {
                "description": "A stream without end.",
                "content": {"text/event-stream": {"schema": {"type": "string"}}},
            },
            **_bad(),
            **_refused(),
            "503": _problem("As many clients as can be have a stream."),
        },
    }


def _begin() -> dict[str, Any]:
    return {
        "operationId": "beginSession",
        "summary": "Exchange the token, sent as a header, for a cookie.",
        "description": "For browsers, whose EventSource can't send a header. The cookie is good for "
        f"{session.SECONDS // 3600} h, and is not to be read by scripts (HttpOnly, SameSite=Strict).",
        "security": [{"bearer": []}],
        "responses": {
            "204": {
                "description": "The cookie is set.",
                "headers": {"Set-Cookie": {"schema": {"type": "string"}}},
            },
            **_refused(),
        },
    }


def _end() -> dict[str, Any]:
    return {
        "operationId": "endSession",
        "summary": "Take the cookie back.",
        "responses": {"204": {"description": "The browser forgets it."}, **_refused()},
    }


def _health(operation: str, summary: str, good: str, more: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "operationId": operation,
        "summary": summary,
        "security": [],
        "responses": {"200": _json(good, _ref("Health")), **(more or {})},
    }


def _dead() -> dict[str, Any]:
    return {"503": _json("It follows the topics no more: start it again.", _ref("Health"))}


def _answers() -> dict[str, Any]:
    alerts = {"type": "array", "items": _ref("Alert")}
    text = {"type": "string"}
    return {
        "AlertList": _object(
            alerts=alerts,
            next={"type": ["string", "null"], "description": "`cursor` of the next page; null at the end."},
            last_event_id={
                "type": "string",
                "description": "A stream that goes on after this tells all that is newer than the list.",
            },
        ),
        "AlertRevisions": _object(alert_id=text, revisions=alerts | {"minItems": 1}),
        "Health": _object(
            ready={"type": "boolean"},
            unmet={
                "type": "array",
                "items": text,
                "description": "`broker`, or a topic that is still being read.",
            },
            in_memory={
                "type": "object",
                "additionalProperties": {"type": "integer"},
                "description": "Alerts, by stage.",
            },
            streams={"type": "integer", "description": "Clients that have a stream."},
        ),
    }


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def _parameters(names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [_parameter(name) for name in names]


def _parameter(name: str) -> dict[str, Any]:
    description, schema = _DESCRIBED[name]
    if name in REPEATED:
        description += " May be repeated, and then one is enough."
        schema = {"type": "array", "items": schema}
    described = {"name": name, "in": "query", "description": description, "schema": schema}
    return described | ({"style": "form", "explode": True} if name in REPEATED else {})


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _problem(description: str) -> dict[str, Any]:
    return {"description": description, "content": {MEDIA_TYPE: {"schema": _ref("Problem")}}}


def _bad() -> dict[str, Any]:
    return {"400": _problem("A parameter is unknown or can't be taken; `parameter` names it.")}


def _refused() -> dict[str, Any]:
    return {
        "401": _problem("The token is wanting or wrong."),
        "403": _problem("A web page of another site asks, or there is no token to exchange."),
        "421": _problem("Without a token: asked under another name than localhost."),
    }


def _unusable() -> dict[str, Any]:
    return {
        "503": _problem(
            "The topic is still being read, or older alerts can't be read since the broker is away."
        )
    }
