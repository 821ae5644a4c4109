"""HTML to plain text: whole pages, fragments as feeds carry them, and entities in plain text."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from html import unescape
from typing import Any

import lxml.html
import msgspec
import trafilatura
from lxml.etree import LxmlError

from agents.ingest.characters import tidy
from agents.ingest.complete import completed

# What must be seen before text counts as markup: a closing tag, or one that needs none. So '2 < 3' and
# 'the <b> tag' stay as they are. Each match ends at the next angle bracket, so this is linear.
_NAMES = (
    "html|head|body|title|meta|article|section|main|header|footer|nav|aside|div|p|span|a|b|i|u|em|strong|small|"
    "h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|td|th|figure|figcaption|blockquote|q|cite|script|style|"
    "noscript|template|iframe|svg|form|button|time|pre|code|sub|sup|font|center|video|audio"
)
_MARKUP = re.compile(
    rf"</(?:{_NAMES})\s{{0,9}}>|<(?:br|hr|p|img|input|iframe|script|link|meta)(?:\s[^<>]{{0,4000}})?/?>|<!--|<!\[CDATA\[",
    re.IGNORECASE,
)
_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]|<body[\s>]|<head[\s>]", re.IGNORECASE)
_PAGE_WITHIN_CHARS = 4000
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_AMPERSANDS = re.compile(r"&(?:amp;|#0{0,4}38;|#x0{0,4}26;)+", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
_SILENT = "|".join(
    f"//{name}"
    for name in (
        *("script", "style", "noscript", "template", "iframe", "svg", "object", "button", "select", "head"),
        *("comment()", "processing-instruction()"),
    )
)
# What runs on in its line; anything else, known or not, is a block.
_INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn"),
        *("em", "font", "i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt"),
        *("ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u"),
        *("var", "wbr"),
    )
)
_WHITESPACE = re.compile(r"\s+")
_LINKED = ("headline", "author", "datePublished", "publisher")
# 'Talks resume | Daily Herald': the name of a site has at most five words.
_SITE_NAME = re.compile(r"(?<=\S)\s+(?:\||–|—|»|·|•|-)\s+(?:\S+\s?){1,5}$")
# Escaped markup inside escaped markup is met in feeds; a third layer is a test.
_MAX_LAYERS = 3


# Trafilatura took 22 s for a page of 180,000 links; pages of newspapers have 1,000 to 5,000 elements.
_MAX_ELEMENTS = 20_000


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What a web page says of itself, and its main text."""

    text: str
    headline: str | None = None
    byline: str | None = None
    published: str | None = None
    uri: str | None = None
    language: str | None = None
    source: str | None = None


def is_page(text: str) -> bool:
    """Whether a text is a whole HTML page (rather than a fragment, or no markup at all)."""
    return "<" in text[:_PAGE_WITHIN_CHARS] and bool(_PAGE.search(text[:_PAGE_WITHIN_CHARS]))


def read_page(html: str) -> Page:
    """The main text of an HTML page (trafilatura, completed), else all visible text, and its metadata."""
    tree = _tree(html)
    if tree is None:
        return Page(text="")
    text = None
    if sum(1 for _ in tree.iter()) <= _MAX_ELEMENTS:
        # A page it fails on still has its visible text.
        with suppress(Exception):
            text = trafilatura.extract(html, include_comments=False, include_tables=True, with_metadata=False)
    said = _linked_data(tree)
    meta = {
        str(node.get("property") or node.get("name") or node.get("itemprop")).lower(): node.get("content")
        for node in reversed(tree.xpath("//meta[@content]"))  # the first of a name wins
    }
    headings = [_one_line(node) for node in tree.xpath("//h1")]
    headline = (
        meta.get("og:title")
        or said.get("headline")
        or (headings[0] if len(headings) == 1 else None)
        or _SITE_NAME.sub("", _first(tree, "//title") or "")
        or None
    )
    uri = next(iter(tree.xpath("//link[@rel='canonical']/@href")), None) or meta.get("og:url")
    language = next(iter(tree.xpath("//html/@lang")), None)
    # Last of all: it takes the head out of the tree.
    seen = _visible(tree)
    return Page(
        text=completed(tidy(text), tidy(seen), headline) if text else seen,
        headline=headline,
        byline=meta.get("author") or meta.get("article:author_name") or said.get("author"),
        published=meta.get("article:published_time")
        or meta.get("datepublished")
        or meta.get("date")
        or said.get("datePublished"),
        uri=uri,
        language=language,
        source=meta.get("og:site_name") or said.get("publisher"),
    )


def _linked_data(tree: lxml.html.HtmlElement) -> dict[str, str]:
    """What the page's JSON-LD (schema.org, `NewsArticle` and its kin) says; the first that has a headline."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            found = json.loads(str(script.text_content()), strict=False)
        except (ValueError, RecursionError):
            continue  # broken linked data is common; the page says the rest
        nodes = found if isinstance(found, list) else [found]
        for node in nodes + [inner for one in nodes if isinstance(one, dict) for inner in _graph(one)]:
            if isinstance(node, dict) and isinstance(node.get("headline"), str):
                named = {name: _named(node.get(name)) for name in _LINKED}
                return {name: value for name, value in named.items() if value}
    return {}


def _graph(node: dict[str, Any]) -> list[Any]:
    graph = node.get("@graph")
    return graph if isinstance(graph, list) else []


def _named(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_named, value)))
    if isinstance(value, dict):
        value = value.get("name")
    return value.strip() if isinstance(value, str) else ""


def to_text(text: str) -> str:
    """Plain text of what may be an HTML fragment; text without markup comes back with its entities resolved.

    Scripts, styles and forms are dropped; a block is a line. Idempotent up to three layers of escaping.
    """
    for _ in range(_MAX_LAYERS):
        if "<" in text and _MARKUP.search(text):
            text = _fragment(text)
        if "&" not in text:
            break
        text = _ENTITY.sub(lambda match: unescape(match[0]), _AMPERSANDS.sub("&", text))
        if "<" not in text or not _MARKUP.search(text):
            break
    return text


def _fragment(html: str) -> str:
    # A body of its own, so that a leading <meta> or <title> isn't taken for a head and moved.
    tree = _tree(f"<div>{_CDATA.sub('', html)}</div>")
    return "" if tree is None else _visible(tree)


def _tree(html: str) -> lxml.html.HtmlElement | None:
    # libxml2 stops at U+0000 and refuses a str with an encoding declaration.
    try:
        return lxml.html.document_fromstring(_XML_DECLARATION.sub("", html.replace("\0", ""), count=1))
    except (LxmlError, ValueError, AssertionError):
        return None


def _visible(tree: lxml.html.HtmlElement) -> str:
    for node in tree.xpath(_SILENT):
        if node.getparent() is not None:
            node.drop_tree()
    for node in tree.iter():
        text = node.text or ""
        tail = node.tail or ""
        if node.tag != "pre":
            text = _WHITESPACE.sub(" ", text)
        tail = _WHITESPACE.sub(" ", tail)
        if node.tag not in _INLINE:
            text, tail = "\n" + text, "\n" + tail
        node.text, node.tail = text, tail
    return str(tree.text_content())


def _first(tree: lxml.html.HtmlElement, path: str) -> str | None:
    return next((_one_line(node) for node in tree.xpath(path)), None)


def _one_line(node: lxml.html.HtmlElement) -> str:
    return _WHITESPACE.sub(" ", str(node.text_content())).strip()
