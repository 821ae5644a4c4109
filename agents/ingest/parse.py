"""Bytes in; an article, or the reason why there is none, out."""

from __future__ import annotations

from collections import Counter
from datetime import datetime  # noqa: TC003  msgspec resolves annotations at run time

import msgspec

from agents.deduplicate.fingerprint import minhash
from agents.ingest.characters import tidy, visible
from agents.ingest.cut import Cut  # noqa: TC001
from agents.ingest.dates import event_time, parse_date
from agents.ingest.decode import decode
from agents.ingest.fields import Fields, read_fields
from agents.ingest.furniture import Cleaned, cut_furniture
from agents.ingest.headline import LONGEST, derive_headline, shorten
from agents.ingest.identity import article_id, content_hash, host_of, normalised_words
from agents.ingest.language import language_of
from agents.ingest.markup import to_text
from agents.ingest.refusal import Reason, RefusalError, shown
from streams.records import Article, DeadLetter, HeadlineSource, Origin, Position, Rejection

STEP = "ingest"
KEPT_BYTES = 65_536
"""Of a refused payload, as the dead letter carries it."""

# Longer than any name of an author, an outlet or a file (255 bytes on most file systems).
_LONGEST_NAME = 300
# Enough for any keep-alive; what is longer is looked at by the other checks.
_FEW_CHARS = 1_000
# Beyond about 2,000 characters browsers and servers give up (RFC 9110, section 4.1, asks for 8,000).
_LONGEST_URI = 8_000


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What is still an article.

    The shortest flashes have four words ('Ceasefire agreed in Kyiv'); less says nothing by itself,
    and all such texts would be copies of each other.
    """

    max_text_bytes: int = 1_000_000
    """Of the body, in UTF-8."""
    max_payload_factor: int = 4
    """A payload may be this many times longer: markup and `\\\\uXXXX` escapes are three quarters of some."""
    min_words: int = 4
    """In scripts without spaces between words each character counts as one."""
    min_chars: int = 10


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """An input as it was read: its bytes, where and when, and what its headers say."""

    payload: bytes
    position: Position
    arrived: datetime
    origin: Origin
    uri: str | None = None
    name: str | None = None


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """An input that is no article: its place in the order, and the letter for the people who look into it."""

    rejection: Rejection
    dead_letter: DeadLetter


_DEFAULT_LIMITS = Limits()


def parse(delivery: Delivery, limits: Limits = _DEFAULT_LIMITS) -> Article | Refused:
    """The article that a payload holds, cleaned and identified, or why it holds none.

    Never raises, whatever the bytes; always gives the same for the same delivery.
    """
    try:
        return _article(delivery, limits)
    except RefusalError as refusal:
        return refused(delivery, refusal.reason, refusal.message)
    except Exception as error:  # noqa: BLE001  one input must not stop the news
        message = (
            f"{type(error).__name__}: {shown(str(error))} at {shown(delivery.payload)}; please report it"
        )
        return refused(delivery, "internal_error", message)


def readable(payload: bytes) -> str:
    """The text of a payload.

    Raises:
        RefusalError: `empty` where nothing in it is visible, `not_text` where it is none.
    """
    if not payload.strip(b" \t\r\n\0\xef\xbb\xbf"):
        if b"\0" in payload:
            raise RefusalError("not_text", f"{len(payload)} bytes of NUL and space; send UTF-8 text")
        raise RefusalError("empty", f"{len(payload)} bytes without a character; send text or a JSON object")
    text = decode(payload)
    if len(text) < _FEW_CHARS and not visible(text).strip():
        raise RefusalError(
            "empty", f"{len(text)} characters, none of them visible; send text or a JSON object"
        )
    return text


def _article(delivery: Delivery, limits: Limits) -> Article:
    _check_size("payload", len(delivery.payload), limits.max_text_bytes * limits.max_payload_factor)
    text = readable(delivery.payload)
    fields = read_fields(text)
    published = None if fields.published is None else parse_date(fields.published, "publication date")
    _check_size("text", len(fields.body.encode("utf-8", "replace")), limits.max_text_bytes)

    read = clean(fields)
    cleaned, cuts, headline = read.cleaned, read.cuts, read.given
    words = normalised_words(cleaned.body_text)
    _check_length(cleaned.body_text, len(words), limits)

    headline, headline_source = headline_of(headline, cleaned.headline, cleaned.body_text)
    uri = _uri(fields.uri) or _uri(delivery.uri)
    moment, moment_source = event_time(published, delivery.arrived)
    return Article(
        article_id=article_id(uri, words),
        content_hash=content_hash(words),
        headline=headline,
        headline_source=headline_source,
        body_text=cleaned.body_text,
        language=language_of(cleaned.body_text, fields.language),
        uri=uri,
        name=_line(fields.name or delivery.name, _LONGEST_NAME),
        byline=_line(fields.byline, _LONGEST_NAME) or _line(cleaned.byline, _LONGEST_NAME),
        dateline=cleaned.dateline,
        credit=_line(cleaned.credit, LONGEST),
        cut=dict(sorted(Counter(cut.rule for cut in cuts).items())),
        source=_line(fields.source, _LONGEST_NAME) or (host_of(uri) if uri else None),
        versioncreated=published,
        event_time=moment,
        event_time_source=moment_source,
        arrived=delivery.arrived,
        origin=delivery.origin,
        position=delivery.position,
        minhash=minhash(cleaned.body_text),
    )


class Clean(msgspec.Struct, frozen=True, kw_only=True):
    """The text of an input, cleaned, and all that was cut on the way."""

    given: str | None
    """The headline that the input has as a field."""
    cleaned: Cleaned
    cuts: tuple[Cut, ...]


def clean(fields: Fields) -> Clean:
    """Markup, invisible characters and furniture out of the body of an input."""
    given = _line(fields.headline, LONGEST)
    cleaned, cuts = cut_furniture(tidy(to_text(fields.body)), given)
    return Clean(given=given, cleaned=cleaned, cuts=cuts)


def headline_of(given: str | None, found: str | None, body_text: str) -> tuple[str, HeadlineSource]:
    """The headline given, else found, else derived from the text, and which it is."""
    if given:
        return given, "given"
    if found:
        return shorten(found, LONGEST), "found"
    return derive_headline(body_text), "derived"


def _line(text: str | None, limit: int) -> str | None:
    """A short field as one tidy line; None where nothing is left."""
    return (shorten(tidy(to_text(text)).replace("\n", " "), limit) or None) if text else None


def _uri(text: str | None) -> str | None:
    """A URI without spaces and invisible characters.

    Raises:
        RefusalError: `too_long` beyond 8,000 characters.
    """
    uri = "".join(visible(text).split()) if text else ""
    _check_size("uri", len(uri), _LONGEST_URI)
    return uri or None


def _check_size(what: str, size: int, limit: int) -> None:
    if size > limit:
        raise RefusalError(
            "too_long", f"{what} of {size:,} bytes, the limit is {limit:,}; send less, or raise the limit"
        )


def _check_length(body_text: str, words: int, limits: Limits) -> None:
    if words < limits.min_words or len(body_text) < limits.min_chars:
        raise RefusalError(
            "too_short",
            f"{shown(body_text)} is all that is left: {words} words, {len(body_text)} characters, "
            f"the limit is {limits.min_words} words and {limits.min_chars} characters; send the whole text",
        )


def refused(delivery: Delivery, reason: Reason, message: str) -> Refused:
    """Refuse a delivery: its rejection, and its dead letter with the first of its bytes."""
    at = delivery.position
    return Refused(
        rejection=Rejection(
            reason=reason,
            message=message,
            event_time=delivery.arrived,
            arrived=delivery.arrived,
            origin=delivery.origin,
            position=at,
        ),
        dead_letter=DeadLetter(
            reason=reason,
            message=message,
            step=STEP,
            topic=at.topic,
            partition=at.partition,
            offset=at.offset,
            time=delivery.arrived,
            payload=delivery.payload[:KEPT_BYTES],
            size=len(delivery.payload),
        ),
    )
