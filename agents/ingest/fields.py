"""What an input says: a JSON object under the names the world uses, an HTML page, or plain text."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from agents.ingest.markup import is_page, read_page
from agents.ingest.refusal import RefusalError, shown

# Keys are compared without case, '_', '-', ':' and spaces: bodyText, body_text and Body-Text are one.
# In each tuple the first that is there wins; of the bodies the longest, see `_body`.
_ALIASES: dict[str, tuple[str, ...]] = {
    "headline": ("headline", "title", "headlines", "heading"),
    "byline": ("byline", "author", "authors", "creator", "dccreator", "by"),
    "published": (
        "versioncreated",
        "published",
        "publishedat",
        "pubdate",
        "datepublished",
        "publisheddate",
        "publicationdate",
        "publishdate",
        "publishedtime",
        "date",
        "firstcreated",
        "created",
        "createdat",
        "timestamp",
        "updated",
        "updatedat",
    ),
    "uri": ("uri", "url", "link", "href", "permalink", "canonicalurl"),
    "source": ("source", "publisher", "outlet", "provider", "sitename"),
    "language": ("language", "lang", "inlanguage", "languagecode"),
    "name": ("id", "guid", "name", "filename"),
}
_BODY = ("bodytext",)
_BODIES = (
    "body",
    "text",
    "content",
    "contents",
    "articlebody",
    "articletext",
    "fulltext",
    "maintext",
    "bodyhtml",
    "bodyxhtml",
    "bodies",
    "contenthtml",
    "contenttext",
    "contentencoded",
    "html",
    "summary",
    "description",
    "abstract",
    "lead",
    "snippet",
)
# Where feeds, WordPress, NewsAPI, schema.org and XML-to-JSON converters put the text of a nested value.
_INNER = (
    "value",
    "rendered",
    "text",
    "#text",
    "$t",
    "_",
    "name",
    "content",
    "html",
    "plain",
    "href",
    "url",
    "@id",
)
_MAX_DEPTH = 4  # {"authors": [{"name": {"value": …}}]} has three
_KEY_NOISE = re.compile(r"[\s_:-]+")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_JSON_STARTS = frozenset('{["-0123456789')
_JSON_NAMES = frozenset(("null", "true", "false", "NaN", "Infinity"))
# What programs write for a value they don't have.
_MISSING = frozenset(("null", "none", "nan", "nil", "undefined", "n/a"))
_JSON_TYPES = {
    type(None): "null",
    bool: "boolean",
    int: "number",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
}
_TEXT = object()


class Fields(msgspec.Struct, frozen=True, kw_only=True):
    """What an input says of itself, untouched but for its nesting; `body` may be markup."""

    body: str
    headline: str | None = None
    byline: str | None = None
    published: str | float | None = None
    uri: str | None = None
    source: str | None = None
    language: str | None = None
    name: str | None = None


def read_fields(text: str) -> Fields:
    """Fields of a JSON object, of an HTML page, or of plain text (which is all body).

    Of several bodies `body_text` wins; else the longest, since the others are its teaser or a cut version.

    Raises:
        RefusalError: `bad_json` for what starts with `{` and is no JSON; `wrong_type` for any other JSON
            value and for a field of the wrong type; `no_body` for an object without a text.
    """
    start = text.lstrip("\ufeff \t\r\n")
    if start[:1] in _JSON_STARTS or start.rstrip() in _JSON_NAMES:
        value = _json(start)
        if isinstance(value, dict):
            return _from_object(value)
        if value is not _TEXT:
            raise RefusalError(
                "wrong_type",
                f"{_json_type(value)} {shown(start)} is no article; "
                'send an object such as {"headline": "…", "body_text": "…"}, or plain text',
            )
    if is_page(text):
        return _from_page(text)
    return Fields(body=text)


def _from_page(html: str) -> Fields:
    page = read_page(html)
    return Fields(
        body=page.text,
        headline=page.headline,
        byline=page.byline,
        published=page.published,
        uri=page.uri,
        source=page.source,
        language=page.language,
    )


def _json(text: str) -> Any:
    """The JSON value a text is; `_TEXT` where it is text that merely starts like one.

    Raises:
        RefusalError: `bad_json` for a broken object, and for anything nested too deep to read.
    """
    try:
        # Line feeds in strings and a comma behind the object: broken, but common and harmless.
        return json.loads(text.rstrip(", \t\r\n") if text.startswith("{") else text, strict=False)
    except (RecursionError, MemoryError):
        reason = "it is nested too deep"
    except ValueError as error:  # JSONDecodeError, and the digits limit of int
        if not text.startswith("{"):
            return _TEXT
        reason = str(error)
    raise RefusalError(
        "bad_json", f"{shown(text)} is no JSON: {reason}; send one whole object a message, in UTF-8"
    )


def _from_object(value: dict[str, Any]) -> Fields:
    given: dict[str, tuple[str, Any]] = {}
    for key, inner in value.items():
        if inner is not None and not (isinstance(inner, str) and inner.strip().casefold() in _MISSING):
            given.setdefault(_KEY_NOISE.sub("", key.casefold()), (key, inner))
    named = {
        field: next((text for alias in aliases if (text := _read(given, alias, field))), None)
        for field, aliases in _ALIASES.items()
        if field != "published"
    }
    body, published = _body(given), _published(given)
    if not is_page(body):
        return Fields(body=body, published=published, **named)
    page = _from_page(body)
    said = {name: value for name, value in (named | {"published": published}).items() if value is not None}
    return msgspec.structs.replace(page, **said)


def _body(given: dict[str, tuple[str, Any]]) -> str:
    for names in (_BODY, _BODIES):
        found = [text for name in names if (text := _read(given, name, "body")) and text.strip()]
        if found:
            return max(found, key=len)
    raise RefusalError(
        "no_body",
        f"no text in the fields {shown(sorted(key for key, _ in given.values())[:8])}; "
        "send it as body_text (or text, content, body, description, summary)",
    )


def _published(given: dict[str, tuple[str, Any]]) -> str | float | None:
    for alias in _ALIASES["published"]:
        key, value = given.get(alias, ("", None))
        if value in (None, "", [], {}):
            continue
        date = _date(value)
        if date is None:
            raise _wrong_type(key, value, "a date as text or as a number of seconds")
        return date
    return None


def _date(value: Any) -> str | float | None:
    """A date, also inside the list or objects databases wrap it in: `{"$date": {"$numberLong": "…"}}`."""
    for _ in range(_MAX_DEPTH):
        if isinstance(value, dict) and value:
            lowered = {str(key).casefold(): inner for key, inner in value.items()}
            value = next(
                (lowered[name] for name in ("$date", "$numberlong", *_INNER) if name in lowered), None
            )
        elif isinstance(value, list) and value:
            value = value[0]
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return _whole(value) if isinstance(value, str) else value


def _read(given: dict[str, tuple[str, Any]], alias: str, field: str) -> str | None:
    key, value = given.get(alias, ("", None))
    if value is None:
        return None
    if field == "name" and not isinstance(value, str):
        # Programs count, or write {"$oid": "…"}; nothing is reckoned by it, so any form will do.
        return _whole(_text(value) or json.dumps(value, ensure_ascii=False))
    if field == "uri" and isinstance(value, list):
        value = value[0] if value else ""
    text = _text(value, joined="\n" if field == "body" else ", ")
    if text is None:
        raise _wrong_type(key, value, "text")
    return _whole(text)


def _text(value: Any, joined: str = ", ", depth: int = 0) -> str | None:
    """Text of a value and of the nested forms common in the wild; None where it has none.

    A list of strings is joined (authors, paragraphs); of a list of objects the persons are joined and of
    other things the longest is taken, since they are versions of one text.
    """
    if isinstance(value, str):
        return value
    if depth == _MAX_DEPTH:
        return None
    if isinstance(value, dict):
        lowered = {str(key).casefold(): inner for key, inner in value.items()}
        inner = next((lowered[name] for name in _INNER if lowered.get(name) is not None), None)
        return None if inner is None else _text(inner, joined, depth + 1)
    if isinstance(value, list):
        texts = [_text(item, joined, depth + 1) for item in value if item is not None]
        if any(text is None for text in texts):
            return None
        versions = joined == "\n" and value and all(isinstance(item, dict) for item in value)
        return max(texts, key=lambda text: len(text or "")) if versions else joined.join(filter(None, texts))
    return None


def _json_type(value: Any) -> str:
    return f"JSON {_JSON_TYPES[type(value)]}"


def _whole(text: str) -> str:
    return _SURROGATES.sub("\ufffd", text)


def _wrong_type(key: str, value: Any, wanted: str) -> RefusalError:
    return RefusalError(
        "wrong_type",
        f"{shown(key)} is {_json_type(value)} {shown(value)}; send {wanted}, or leave it out",
    )
