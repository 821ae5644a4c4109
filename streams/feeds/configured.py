"""Read a file of feeds, and name each mistake with its line, its value and the way out.

contact: desk@example.org
every: 10m
feeds:
  - url: https://example.org/rss.xml
    source: Example News
  - url: https://example.net/paid.xml?key=${EXAMPLE_KEY}
    headers: {Authorization: "Bearer ${EXAMPLE_TOKEN}"}

The list alone, without `feeds:` before it, is one as well.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import yaml
from yaml.nodes import SequenceNode

from agents.mentions.watchlist_nodes import Problem, compose, fields_of, items_of
from streams.feeds.feed import DELAY, Feeds, FeedsError
from streams.feeds.fields import Defaults, duration_of, feed_of, line_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from yaml.nodes import Node

LARGEST_FILE = 4 << 20
"""Bytes: 40,000 feeds of one line each."""
FIELDS = ("feeds", "contact", "delay", "every", "page", "max_age")
LONGEST_DELAY = 3600.0


def load(path: Path, environ: Mapping[str, str] = os.environ) -> Feeds:
    """Read the file at `path`.

    Raises:
        FeedsError: it can't be read, or is no file of feeds.
    """
    return parse(text_at(path, "a YAML file of feeds"), str(path), environ)


def text_at(path: Path, wanted: str) -> str:
    """The text of a file that a person wrote.

    Raises:
        FeedsError: it can't be read, is too large or no UTF-8.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise FeedsError(f"{path}: can't be read: {error.strerror}; name {wanted}") from error
    if len(content) > LARGEST_FILE:
        raise FeedsError(f"{path}: is longer than {LARGEST_FILE:,} bytes; split it")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FeedsError(f"{path}:{line}: is not UTF-8 at byte {error.start}; save it as UTF-8") from error


def parse(text: str, name: str, environ: Mapping[str, str]) -> Feeds:
    """Read a file of feeds; `name` stands for it in errors.

    Raises:
        FeedsError: the first mistake, with file, line, field, value and way out.
    """
    if text.lstrip().startswith("<"):
        raise FeedsError(f"{name}: is XML; if it is a feed reader's export, make a file of it with --opml")
    try:
        return _feeds(compose(text), environ)
    except Problem as problem:
        raise FeedsError(f"{name}:{problem.line}: {problem}") from problem
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        what = getattr(error, "problem", None) or getattr(error, "reason", None) or error
        raise FeedsError(f"{name}{where}: is not YAML: {what}; correct the syntax") from error


def _feeds(root: Node | None, environ: Mapping[str, str]) -> Feeds:
    fields: dict[str, Node] = (
        {"feeds": root}
        if isinstance(root, SequenceNode)
        else fields_of(root, "the file", FIELDS, required=("feeds",))
    )
    items = items_of(fields["feeds"], "feeds")
    if not items:
        raise Problem.at(fields["feeds"], "feeds: is empty; list at least one feed")
    defaults = Defaults.read(fields)
    feeds = []
    taken: dict[str, int] = {}
    for index, node in enumerate(items):
        where = f"feeds[{index}]"
        line = node.start_mark.line + 1
        feed = feed_of(node, where, defaults, environ)
        if first := taken.get(feed.shown):
            raise Problem(line, f"{where}: {feed.shown} stands in line {first} already; remove one of them")
        if first := taken.get(feed.name):
            raise Problem(
                line,
                f"{where}: the name {feed.name!r} is taken in line {first}; give one of them another 'name'",
            )
        taken[feed.shown] = taken[feed.name] = line
        feeds.append(feed)
    return Feeds(
        feeds=tuple(feeds),
        contact=line_of(fields["contact"], "contact") if "contact" in fields else None,
        delay=duration_of(fields["delay"], "delay", 0.0, LONGEST_DELAY) if "delay" in fields else DELAY,
    )
