"""Read a watchlist: what to look for, from a YAML file whose every mistake is named with its line.

watches:
  - name: ceasefire
    severity: critical
    description: A halt in fighting
    terms: [ceasefire, truce, cessation of hostilities]
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, get_args

import msgspec
import yaml

from agents.mentions.watchlist_nodes import Problem, WatchlistError, compose, fields_of, items_of, text_of
from streams.records import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from yaml.nodes import Node

__all__ = ["Watch", "Watchlist", "WatchlistError", "load", "parse"]

LONGEST_NAME = 100
"""A Kafka topic may have 249 characters; this leaves room for `alerts.` and an edition's prefix."""

LONGEST_TERM = 200
"""Code points; the longest phrase an article can be expected to repeat word for word."""

LARGEST_FILE = 32 * 1024 * 1024
"""Bytes: some 500,000 phrases."""

_TAKEN = {"suppressed", "shadow"}
_NAME = re.compile(r"[a-z0-9_-][a-z0-9._-]*")
_SEVERITIES = get_args(Severity)
_FIELDS = ("name", "terms", "severity", "description")


class Watch(msgspec.Struct, frozen=True, kw_only=True):
    """A subject to be told about, and the words that give it away."""

    name: str
    terms: tuple[str, ...]
    severity: Severity = "warning"
    description: str = ""


class Watchlist(msgspec.Struct, frozen=True, kw_only=True):
    """The watches in force; two with the same watches have the same version, however they were written."""

    watches: tuple[Watch, ...]
    version: str


def load(path: Path) -> Watchlist:
    """Read the watchlist at `path`.

    Raises:
        WatchlistError: it can't be read, or is no watchlist.
    """
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST_FILE else b""
    except OSError as error:
        raise WatchlistError(
            f"{path}: can't be read: {error.strerror}; name a YAML file of watches"
        ) from error
    if size > LARGEST_FILE:
        raise WatchlistError(
            f"{path}: has {size:,} bytes, the limit is {LARGEST_FILE:,}; split it into editions"
        )
    try:
        return parse(content.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise WatchlistError(
            f"{path}:{line}: is not UTF-8 at byte {error.start}; save it as UTF-8"
        ) from error


def parse(text: str, name: str) -> Watchlist:
    """Read a watchlist from YAML; `name` stands for the file in errors.

    Raises:
        WatchlistError: the first mistake, with file, line, field, value, limit and way out.
    """
    if len(text) > LARGEST_FILE:
        raise WatchlistError(f"{name}: has {len(text):,} characters, the limit is {LARGEST_FILE:,}; split it")
    try:
        watches = _watches(compose(text))
    except Problem as problem:
        raise WatchlistError(f"{name}:{problem.line}: {problem}") from problem
    except yaml.YAMLError as error:
        raise WatchlistError(
            f"{name}{_where(error)}: is not YAML: {_what(error)}; correct the syntax"
        ) from error
    return Watchlist(watches=watches, version=_version(watches))


def _watches(root: Node | None) -> tuple[Watch, ...]:
    top = fields_of(root, "the file", ("watches",), required=("watches",))
    watches: list[Watch] = []
    lines: dict[str, tuple[str, int]] = {}
    for index, node in enumerate(items_of(top["watches"], "watches")):
        watch = _watch(node, f"watches[{index}]")
        line = node.start_mark.line + 1
        # Kafka tells '.' from '_' in a topic's name, but not in its metrics, and refuses the second of two.
        topic = watch.name.replace(".", "_")
        if topic in lines:
            other, first = lines[topic]
            raise Problem(
                line,
                f"watches[{index}].name: '{watch.name}' is taken by '{other}' in line {first}, and each name "
                "makes a topic ('.' and '_' count as one); rename one, or put their terms together",
            )
        lines[topic] = (watch.name, line)
        watches.append(watch)
    return tuple(watches)


def _watch(node: Node, where: str) -> Watch:
    fields = fields_of(node, where, _FIELDS, required=("name", "terms"))
    terms = [
        _term(item, f"{where}.terms[{index}]")
        for index, item in enumerate(items_of(fields["terms"], f"{where}.terms"))
    ]
    if not terms:
        raise Problem.at(fields["terms"], f"{where}.terms: is empty; list at least one term")
    return Watch(
        name=_name(fields["name"], f"{where}.name"),
        terms=tuple(dict.fromkeys(terms)),
        severity=_severity(fields.get("severity"), f"{where}.severity"),
        description=text_of(fields["description"], f"{where}.description") if "description" in fields else "",
    )


def _name(node: Node, where: str) -> str:
    name = text_of(node, where)
    if not _NAME.fullmatch(name):
        raise Problem.at(
            node,
            f"{where}: {name!r} can't be part of the topic alerts.<name>; write small letters a-z, digits, "
            "'.', '_' and '-' only, the first no '.'",
        )
    if len(name) > LONGEST_NAME:
        raise Problem.at(
            node, f"{where}: {name!r} has {len(name)} characters, the limit is {LONGEST_NAME}; shorten it"
        )
    if name in _TAKEN:
        raise Problem.at(
            node,
            f"{where}: '{name}' is taken, since alerts.{name} is a topic of its own; choose another name",
        )
    return name


def _term(node: Node, where: str) -> str:
    term = text_of(node, where).strip()
    if not any(character.isalnum() for character in term):
        raise Problem.at(
            node, f"{where}: {term!r} has no letter or digit to look for; write a word or phrase"
        )
    if len(term) > LONGEST_TERM:
        raise Problem.at(
            node,
            f"{where}: '{term[:40]}…' has {len(term)} characters, the limit is {LONGEST_TERM}; shorten it "
            "to the words that matter",
        )
    return term


def _severity(node: Node | None, where: str) -> Severity:
    if node is None:
        return "warning"
    severity = text_of(node, where)
    if severity not in _SEVERITIES:
        raise Problem.at(node, f"{where}: {severity!r} is no severity; write one of {', '.join(_SEVERITIES)}")
    return severity  # type: ignore[return-value]  # one of the literals, as just checked


def _version(watches: tuple[Watch, ...]) -> str:
    ordered = sorted(
        (msgspec.structs.replace(watch, terms=tuple(sorted(watch.terms))) for watch in watches),
        key=lambda watch: watch.name,
    )
    return hashlib.blake2b(msgspec.json.encode(ordered), digest_size=6).hexdigest()


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f":{mark.line + 1}:{mark.column + 1}" if mark else ""


def _what(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
