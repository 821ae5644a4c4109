"""Read a watchlist: what to look for, from a YAML file whose every mistake is named with its line.

watches:
  - name: ceasefire
    severity: critical
    description: A halt in fighting
    terms: [ceasefire, truce, cessation of hostilities]
  - name: ceasefire-ukraine
    query: '(ceasefire OR "cessation hostilities"~2) AND (Ukraine OR Kyiv) NOT headline:opinion'

The list alone, without `watches:` before it, is one as well.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec
import yaml
from yaml.nodes import SequenceNode

from agents.mentions.query.read import Query, read_query
from agents.mentions.watch import Watch
from agents.mentions.watch_fields import watch_of
from agents.mentions.watchlist_nodes import Problem, WatchlistError, compose, fields_of, items_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from yaml.nodes import Node

__all__ = ["Watch", "Watchlist", "WatchlistError", "assemble", "load", "parse", "parse_entry"]

LARGEST_FILE = 32 * 1024 * 1024
"""Bytes: some 500,000 phrases."""


class Watchlist(msgspec.Struct, frozen=True, kw_only=True):
    """The watches in force; two with the same watches have the same version, however they were written."""

    watches: tuple[Watch, ...]
    version: str
    queries: dict[str, Query] = {}
    """The queries of the watches that have one, by name; what is missing is read again."""

    def query(self, watch: Watch) -> Query | None:
        """The query of a watch; None of one with terms.

        Raises:
            QueryError: it can't be taken.
        """
        if watch.query is None:
            return None
        read = self.queries.get(watch.name)
        return read or read_query(watch.query, inflect=watch.inflect is not False, case=watch.case)


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
        watches, queries = _watches(compose(text))
    except Problem as problem:
        raise WatchlistError(f"{name}:{problem.line}: {problem}") from problem
    except yaml.YAMLError as error:
        raise WatchlistError(
            f"{name}{_where(error)}: is not YAML: {_what(error)}; correct the syntax"
        ) from error
    return Watchlist(watches=watches, version=_version(watches), queries=queries)


def parse_entry(text: str, name: str) -> tuple[Watch, Query | None]:
    """Read one entry of a watchlist, written as YAML or JSON; `name` stands for its place in errors.

    Raises:
        WatchlistError: its mistake.
    """
    try:
        return watch_of(_something(compose(text)), "watch")
    except Problem as problem:
        raise WatchlistError(f"{name}: {problem}") from problem
    except yaml.YAMLError as error:
        raise WatchlistError(f"{name}: is neither YAML nor JSON: {_what(error)}") from error


def _something(root: Node | None) -> Node:
    if root is None:
        raise Problem(1, "watch: is empty; write a mapping with name and terms or query")
    return root


def assemble(entries: Iterable[tuple[Watch, Query | None]]) -> Watchlist:
    """Make a watchlist of entries read one by one, in the order of their names.

    Raises:
        WatchlistError: two make the same topic.
    """
    watches: list[Watch] = []
    queries: dict[str, Query] = {}
    topics: dict[str, str] = {}
    for watch, query in sorted(entries, key=lambda entry: entry[0].name):
        other = topics.setdefault(topic_key(watch.name), watch.name)
        if other != watch.name:
            raise WatchlistError(f"watches '{other}' and '{watch.name}' make one topic; rename one")
        watches.append(watch)
        if query is not None:
            queries[watch.name] = query
    return Watchlist(watches=tuple(watches), version=_version(tuple(watches)), queries=queries)


def topic_key(name: str) -> str:
    """Kafka tells '.' from '_' in a topic's name, but not in its metrics, and refuses the second of two."""
    return name.replace(".", "_")


def _watches(root: Node | None) -> tuple[tuple[Watch, ...], dict[str, Query]]:
    if isinstance(root, SequenceNode):
        listed: Node = root
    else:
        listed = fields_of(root, "the file", ("watches",), required=("watches",))["watches"]
    watches: list[Watch] = []
    queries: dict[str, Query] = {}
    lines: dict[str, tuple[str, int]] = {}
    items = items_of(listed, "watches")
    if not items:
        raise Problem.at(listed, "watches: is empty; list at least one watch")
    for index, node in enumerate(items):
        watch, query = watch_of(node, f"watches[{index}]")
        line = node.start_mark.line + 1
        topic = topic_key(watch.name)
        if topic in lines:
            other, first = lines[topic]
            raise Problem(
                line,
                f"watches[{index}].name: '{watch.name}' is taken by '{other}' in line {first}, and each name "
                "makes a topic ('.' and '_' count as one); rename one, or put their terms together",
            )
        lines[topic] = (watch.name, line)
        watches.append(watch)
        if query is not None:
            queries[watch.name] = query
    return tuple(watches), queries


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
