"""Whether Grafana would read all of it: the JSON held against the SDK's model of Grafana's schema."""

from __future__ import annotations

import enum
import json
import types
import typing
from functools import cache
from typing import TYPE_CHECKING, Any

from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.cog.plugins import register_default_plugins
from grafana_foundation_sdk.models.dashboard import Dashboard

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Found = Iterator[tuple[str, str]]

BESIDE = ("titleFormat", "textFormat", "tagKeys")
"""Of an annotation from Prometheus: its data source reads them; the schema of all annotations lacks them."""

register_default_plugins()


def modelled(dashboard: Mapping[str, Any]) -> Found:
    """Each field is one that the schema has, with a value of its type."""
    given = json.loads(json.dumps(dashboard))
    for one in given.get("annotations", {}).get("list", ()):
        for name in BESIDE:
            one.pop(name, None)
    try:
        model = Dashboard.from_json(given)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        yield "schema", f"it can't be read: {error!r}"
        return
    yield from _lost("", given, json.loads(json.dumps(model, cls=JSONEncoder)))
    yield from _typed("", model, type(model))


def _lost(path: str, given: Any, kept: Any) -> Found:
    """What was given and is not there when it was read and written again."""
    if isinstance(given, dict) and isinstance(kept, dict):
        for name, value in given.items():
            if name not in kept:
                yield path, f"{name} is no field of the schema"
            else:
                yield from _lost(f"{path}.{name}", value, kept[name])
    elif isinstance(given, list) and isinstance(kept, list) and len(given) == len(kept):
        for index, (one, other) in enumerate(zip(given, kept, strict=True)):
            yield from _lost(f"{path}[{index}]", one, other)
    elif given != kept:
        yield path, f"{given!r} is read as {kept!r}"


def _typed(path: str, value: Any, hint: Any) -> Found:
    origin, inside = typing.get_origin(hint), typing.get_args(hint)
    if origin in {typing.Union, types.UnionType}:
        # Of several classes that of the value tells best what is wrong with it.
        meant = [one for one in inside if (typing.get_origin(one) or one) is type(value)] or inside
        yield from min((list(_typed(path, value, one)) for one in meant), key=len)
    elif origin is list and isinstance(value, list):
        for index, one in enumerate(value):
            yield from _typed(f"{path}[{index}]", one, inside[0])
    elif origin is dict and isinstance(value, dict):
        for name, one in value.items():
            yield from _typed(f"{path}.{name}", one, inside[1])
    elif isinstance(value, dict) and hasattr(hint, "from_json"):
        # The SDK leaves some of it as it was.
        read = hint.from_json(value)
        yield from _lost(path, value, json.loads(json.dumps(read, cls=JSONEncoder)))
        yield from _typed(path, read, hint)
    elif not _fits(value, hint, origin, inside):
        yield path, f"{value!r} is no {getattr(hint, '__name__', hint)}"
    elif hasattr(value, "to_json"):
        model: Any = type(value)
        for name, wanted in _hints(model).items():
            yield from _typed(f"{path}.{name}", getattr(value, name), wanted)


@cache
def _hints(model: type) -> dict[str, Any]:
    return typing.get_type_hints(model)


def _fits(value: Any, hint: Any, origin: Any, inside: tuple[Any, ...]) -> bool:
    if hint in {object, Any}:
        return True
    if origin is typing.Literal:
        return value in inside
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return value in {one.value for one in hint}
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(hint, type) and origin is None and isinstance(value, hint)
