"""The fields of one feed in its file."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, Self

from yaml.nodes import MappingNode, ScalarNode
from yarl import URL

from agents.mentions.watchlist_nodes import Problem, fields_of, flag_of, text_of
from streams.feeds.address import is_private_literal
from streams.feeds.feed import MAX_AGE, MOST, PAGES, Feed, Page
from streams.settings import PREFIX, parse_duration

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yaml.nodes import Node

FIELDS = (
    "url",
    "name",
    "source",
    "language",
    "every",
    "page",
    "updates",
    "private",
    "headers",
    "most",
    "max_age",
)
SHORTEST_EVERY = 30.0
LONGEST_EVERY = 7 * 86400.0
LONGEST_AGE = 3650 * 86400.0
LARGEST_MOST = 10_000
LONGEST_TEXT = 300
LONGEST_URL = 8_000
_VARIABLE = re.compile(r"\$\{([^}]*)\}")
_VARIABLE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", re.ASCII)
"""A token (RFC 9110, section 5.6.2)."""
_OURS = {
    "host",
    "connection",
    "content-length",
    "transfer-encoding",
    "accept-encoding",
    "if-none-match",
    "if-modified-since",
    "user-agent",
}
_LANGUAGE = re.compile("[a-z]{2}")


class Defaults(NamedTuple):
    """What the file says for all its feeds."""

    every: float | None = None
    page: Page = "auto"
    max_age: float = MAX_AGE

    @classmethod
    def read(cls, fields: Mapping[str, Node]) -> Self:
        """Take them from the fields of the file.

        Raises:
            Problem: one can't be taken.
        """
        return cls(
            every=every_of(fields["every"], "every") if "every" in fields else None,
            page=page_of(fields["page"], "page") if "page" in fields else "auto",
            max_age=age_of(fields["max_age"], "max_age") if "max_age" in fields else MAX_AGE,
        )


def feed_of(node: Node, where: str, defaults: Defaults, environ: Mapping[str, str]) -> Feed:
    """Read a feed: a mapping, or its address alone.

    Raises:
        Problem: the first mistake.
    """
    fields = (
        {"url": node} if isinstance(node, ScalarNode) else fields_of(node, where, FIELDS, required=("url",))
    )
    url, shown = _address(fields["url"], f"{where}.url", environ)

    def line(field: str) -> str | None:
        return line_of(fields[field], f"{where}.{field}") if field in fields else None

    def flag(field: str, default: bool) -> bool:
        return flag_of(fields[field], f"{where}.{field}") if field in fields else default

    return Feed(
        name=line("name") or _name(shown),
        url=str(url),
        shown=shown,
        source=line("source"),
        language=_language(fields["language"], f"{where}.language") if "language" in fields else None,
        every=every_of(fields["every"], f"{where}.every") if "every" in fields else defaults.every,
        page=page_of(fields["page"], f"{where}.page") if "page" in fields else defaults.page,
        updates=flag("updates", True),
        private=flag("private", is_private_literal(url.host or "")),
        headers=_headers(fields["headers"], f"{where}.headers", environ) if "headers" in fields else {},
        most=_count(fields["most"], f"{where}.most") if "most" in fields else MOST,
        max_age=age_of(fields["max_age"], f"{where}.max_age") if "max_age" in fields else defaults.max_age,
    )


def _address(node: Node, where: str, environ: Mapping[str, str]) -> tuple[URL, str]:
    """The address, and how it may be shown."""
    written = text_of(node, where).strip()
    if len(written) > LONGEST_URL:
        raise Problem.at(node, f"{where}: has {len(written):,} characters, the limit is {LONGEST_URL:,}")
    url = read_url(_filled(written, node, where, environ))
    if url is None:
        raise Problem.at(
            node,
            f"{where}: {_bare(written)[:LONGEST_TEXT]!r} is no address of a feed: write http(s)://host[:port]/path",
        )
    return url, _bare(written)


def read_url(text: str) -> URL | None:
    """An address that can be asked for, without its fragment; None for anything else."""
    try:
        url = URL(text)
        usable = url.scheme in {"http", "https"} and bool(url.raw_host) and url.port != 0
        return url.with_fragment(None) if usable and text.isprintable() and " " not in text else None
    except ValueError:
        return None


def _bare(written: str) -> str:
    """An address without user and password."""
    return re.sub(r"(?<=//)[^/?#]*@", "", written)


def _name(shown: str) -> str:
    """Host and path, without a query: what a feed is called that has no name."""
    return re.sub(r"^https?://(www\.)?", "", shown).partition("?")[0].rstrip("/")[:LONGEST_TEXT]


def _filled(text: str, node: Node, where: str, environ: Mapping[str, str]) -> str:
    """A text with the values of its `${VARIABLES}`."""

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if not _VARIABLE_NAME.fullmatch(name):
            raise Problem.at(node, f"{where}: ${{{name}}} is no variable; write ${{NAME}}")
        if name.upper().startswith(PREFIX):
            raise Problem.at(node, f"{where}: {name} would be a setting of ours; rename the variable")
        if not environ.get(name):
            raise Problem.at(node, f"{where}: the variable {name} is not set; set it in the environment")
        return environ[name]

    return _VARIABLE.sub(value, text)


def _headers(node: Node, where: str, environ: Mapping[str, str]) -> dict[str, str]:
    if not isinstance(node, MappingNode):
        raise Problem.at(node, f'{where}: is no mapping; write such as Authorization: "Bearer ${{TOKEN}}"')
    headers: dict[str, str] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, ScalarNode) else ""
        if not _HEADER.fullmatch(name):
            raise Problem.at(key, f"{where}: {name[:LONGEST_TEXT]!r} is no name of a header")
        if name.lower() in _OURS:
            raise Problem.at(key, f"{where}.{name}: is set by newswatch itself; take it out")
        if name.lower() in map(str.lower, headers):
            raise Problem.at(key, f"{where}.{name}: stands twice; remove one of them")
        text = _filled(text_of(value, f"{where}.{name}"), value, f"{where}.{name}", environ)
        if not (text.isascii() and text.isprintable()):
            raise Problem.at(value, f"{where}.{name}: has characters that no header takes; write ASCII")
        headers[name] = text
    return headers


def line_of(node: Node, where: str) -> str:
    """A line of text.

    Raises:
        Problem: it is none, or too long.
    """
    text = text_of(node, where).strip()
    if not text or not text.isprintable():
        raise Problem.at(node, f"{where}: is empty or has line breaks in it; write one line")
    if len(text) > LONGEST_TEXT:
        raise Problem.at(node, f"{where}: has {len(text):,} characters, the limit is {LONGEST_TEXT}")
    return text


def _language(node: Node, where: str) -> str:
    text = text_of(node, where)
    if not _LANGUAGE.fullmatch(text):
        raise Problem.at(node, f"{where}: {text[:LONGEST_TEXT]!r} is no ISO 639-1 code such as en")
    return text


def page_of(node: Node, where: str) -> Page:
    """When to fetch pages.

    Raises:
        Problem: it is none of the words.
    """
    text = node.value if isinstance(node, ScalarNode) else ""
    for page in PAGES:
        if text == page:
            return page
    raise Problem.at(node, f"{where}: {text[:LONGEST_TEXT]!r} is none of {', '.join(PAGES)}")


def every_of(node: Node, where: str) -> float:
    """Seconds between two polls.

    Raises:
        Problem: it is no time, or out of bounds.
    """
    return duration_of(node, where, SHORTEST_EVERY, LONGEST_EVERY)


def age_of(node: Node, where: str) -> float:
    """Seconds that an entry may be old.

    Raises:
        Problem: it is no time, or out of bounds.
    """
    return duration_of(node, where, 60.0, LONGEST_AGE)


def duration_of(node: Node, where: str, least: float, most: float) -> float:
    """A time in seconds: `90s`, `10m`, `3d`.

    Raises:
        Problem: it is no time, or out of bounds.
    """
    text = node.value if isinstance(node, ScalarNode) else ""
    try:
        found = parse_duration(text)
    except OverflowError:
        found = None
    if not isinstance(found, timedelta) or not least <= found.total_seconds() <= most:
        raise Problem.at(
            node,
            f"{where}: {text[:LONGEST_TEXT]!r} is no time from {least:.0f}s to {most:.0f}s; write it as 10m",
        )
    return found.total_seconds()


def _count(node: Node, where: str) -> int:
    text = node.value if isinstance(node, ScalarNode) else ""
    if not re.fullmatch("0*[0-9]{1,5}", text) or not 1 <= int(text) <= LARGEST_MOST:
        raise Problem.at(
            node,
            f"{where}: {text[:LONGEST_TEXT]!r} is no number from 1 to {LARGEST_MOST:,}; write such as 100",
        )
    return int(text)
