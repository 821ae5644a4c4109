"""The watchlist as a JSON Schema (draft 2020-12), for editors; made of what the reader itself goes by."""

from __future__ import annotations

from typing import Any

from agents.entities.labels import LABELS
from agents.mentions.entity_scope import LONGEST_ENTITY
from agents.mentions.query.read import LONGEST_QUERY
from agents.mentions.query.words import LONGEST_TERM
from agents.mentions.scope import MOST_STARS
from agents.mentions.watch_fields import (
    CLAIMS,
    EXAMPLE_FIELDS,
    GROUPS,
    LANGUAGE,
    LONGEST_NAME,
    LONGEST_URL,
    NAME,
    SEVERITIES,
    STAGES,
    TAKEN,
    URL,
)

_TEXT = {"type": "string"}
_SOURCE = rf"^(?=.*[^*\s])[^*]*(\*[^*]*){{0,{MOST_STARS}}}$"
_COOLDOWN = (
    "([1-9][0-9]{0,3}|[1-7][0-9]{4}|8[0-5][0-9]{3}|86[0-3][0-9]{2}|86400)s"
    "|([1-9][0-9]{0,2}|1[0-3][0-9]{2}|14[0-3][0-9]|1440)m|([1-9]|1[0-9]|2[0-4])h"
)
"""Above nothing and up to a day, as `watch_fields` reads it."""


def schema() -> dict[str, Any]:
    """The schema of a watchlist file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Watchlist",
        "description": "What to be told about. Syntax and meaning of a query: docs/watches.md; `newswatch "
        "watch lint` tells its mistakes too.",
        **_mapping({"watches": _list(_watch(), minItems=1)}, "watches"),
        "type": ["object", "array"],
        "items": {"$ref": "#/properties/watches/items"},
        "minItems": 1,
    }


def _watch() -> dict[str, Any]:
    fields = {
        "name": {
            "description": "Part of the topic alerts.<name>.",
            "type": "string",
            "pattern": f"^{NAME}$",
            "maxLength": LONGEST_NAME,
            "not": {"enum": list(TAKEN)},
        },
        "query": {
            "description": "In Lucene's syntax.",
            "type": "string",
            "pattern": r"\S",
            "maxLength": LONGEST_QUERY,
        },
        "terms": {
            "description": "Words and phrases of which one is enough.",
            **_list({"type": "string", "pattern": r"\S", "maxLength": LONGEST_TERM}, minItems=1),
        },
        "inflect": {
            "description": "Plurals, verb forms, joined spellings; false: exact spelling. Without it terms "
            "have all but the verb forms.",
            "type": "boolean",
        },
        "case": {
            "description": "Capitals count: in what a query quotes, in every term.",
            "type": "boolean",
            "default": False,
        },
        "scope": _one_filled(
            {
                "languages": {
                    "description": "ISO 639-1.",
                    **_list({**_TEXT, "pattern": f"^{LANGUAGE}$"}),
                },
                "sources": {
                    "description": "Outlets; * is anything.",
                    **_list({**_TEXT, "pattern": _SOURCE}),
                },
                "entities": {
                    "description": "Whom or what an article has to name, one of them: label:Name, a name, or "
                    f"a canonical id. Labels: {', '.join(label.lower() for label in LABELS)}.",
                    **_list({**_TEXT, "minLength": 1, "maxLength": LONGEST_ENTITY}),
                },
            }
        ),
        "claim": {
            "description": "Which kinds of statement count; without it all.",
            **_list({"enum": list(CLAIMS)}, minItems=1),
        },
        "clock": {
            "description": "A date beside a mention is resolved, and told as its `due`.",
            "type": "boolean",
            "default": False,
        },
        "severity": {"enum": list(SEVERITIES), "default": "warning"},
        "description": _TEXT,
        "runbook_url": {
            "description": "What to do; its alerts carry it.",
            "type": "string",
            "pattern": f"^{URL}$",
            "maxLength": LONGEST_URL,
        },
        "group_by": {
            "description": "What has one alert at a time; entity: for as long as the cooldown lasts.",
            "enum": list(GROUPS),
            "default": "story",
        },
        "cooldown": {
            "description": "Event time in which an alert is not sent again, as in 30m; 24h at most.",
            "type": "string",
            "pattern": f"^0*({_COOLDOWN})$",
        },
        "stage": {
            "description": "shadow: alerts go to alerts.shadow only.",
            "enum": list(STAGES),
            "default": "live",
        },
        "examples": _mapping({"match": _list(_example()), "no_match": _list(_example())}),
    }
    return {**_mapping(fields, "name"), "oneOf": [{"required": ["query"]}, {"required": ["terms"]}]}


def _example() -> dict[str, Any]:
    return {"oneOf": [_TEXT, _mapping(dict.fromkeys(EXAMPLE_FIELDS, _TEXT))]}


def _mapping(fields: dict[str, Any], *required: str) -> dict[str, Any]:
    needed = {"required": list(required)} if required else {}
    return {"type": "object", "additionalProperties": False, **needed, "properties": fields}


def _one_filled(fields: dict[str, Any]) -> dict[str, Any]:
    """A mapping of lists of which at least one has an item."""
    filled = [{"required": [name], "properties": {name: {"minItems": 1}}} for name in fields]
    return {**_mapping(fields), "anyOf": filled}


def _list(item: dict[str, Any], **more: int) -> dict[str, Any]:
    return {"type": "array", "items": item, **more}
