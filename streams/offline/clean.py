"""What cleaning makes of one input: what is kept, what is cut, and by which rule."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from agents.ingest.cut import RULES, Cut
from agents.ingest.fields import read_fields
from agents.ingest.parse import clean, headline_of, readable

if TYPE_CHECKING:
    from collections.abc import Iterator


class CleanError(Exception):
    """The file can't be read; the message names it and says why."""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """An input as ingest cleans it; lines and offsets as in the record."""

    headline: str
    headline_source: str
    byline: str | None
    dateline: str | None
    credit: str | None
    body_text: str
    cut: tuple[Cut, ...]


def read_input(path: str) -> bytes:
    """The bytes of a file, `-` for standard input.

    Raises:
        CleanError: the file can't be read.
    """
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        message = f"{path}: can't be read: {error.strerror}; name a file with an article, or -"
        raise CleanError(message) from error


def shown(payload: bytes) -> Shown:
    """Clean an input: plain text, an HTML page or a JSON object, as a producer sends it.

    Raises:
        RefusalError: it is none of these, or empty.
    """
    fields = read_fields(readable(payload))
    read = clean(fields)
    headline, source = headline_of(read.given, read.cleaned.headline, read.cleaned.body_text)
    return Shown(
        headline=headline,
        headline_source=source,
        byline=fields.byline or read.cleaned.byline,
        dateline=read.cleaned.dateline,
        credit=read.cleaned.credit,
        body_text=read.cleaned.body_text,
        cut=read.cuts,
    )


def lines(one: Shown) -> Iterator[str]:
    """For people: fields, the text that is kept, and each cut with its rule."""
    yield f"headline  {one.headline} ({one.headline_source})"
    for name in ("byline", "dateline", "credit"):
        if value := getattr(one, name):
            yield f"{name:<9} {value}"
    kept = one.body_text.split("\n") if one.body_text else []
    yield f"kept      {len(kept):,} lines, {len(one.body_text.split()):,} words"
    yield from (f"  {line}" for line in kept)
    counts = Counter(cut.rule for cut in one.cut)
    yield f"cut       {len(one.cut):,} lines"
    for rule, count in counts.most_common():
        yield f"  {rule}: {RULES[rule]} ({count:,})"
        yield from (f"    {cut.line:>4}  {cut.text}" for cut in one.cut if cut.rule == rule)
