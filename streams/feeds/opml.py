"""A list of feeds from a feed reader (OPML 2.0) as a file of feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml
from lxml import etree

from streams.feeds.feed import FeedsError
from streams.feeds.fields import LONGEST_TEXT, read_url

if TYPE_CHECKING:
    from collections.abc import Iterator


def converted(text: str, name: str) -> str:
    """The feeds of an OPML document as YAML, to be read by `configured.parse`; each address once.

    Args:
        text: the document.
        name: stands for the file in errors.

    Raises:
        FeedsError: it is no XML, or lists no feed.
    """
    # Without entities and network: an OPML file comes from anywhere.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise FeedsError(f"{name}:{error.lineno}: is no OPML: {error.msg}; export it again") from error
    feeds = list(_feeds(root))
    if not feeds:
        raise FeedsError(f"{name}: has no <outline> with an xmlUrl; export the subscriptions as OPML")
    return yaml.safe_dump({"feeds": feeds}, sort_keys=False, allow_unicode=True, width=LONGEST_TEXT)


def _feeds(root: etree._Element) -> Iterator[dict[str, str]]:
    addresses: set[str] = set()
    names: set[str] = set()
    for outline in root.iter("outline"):
        fields = {key.lower(): " ".join(value.split()) for key, value in outline.attrib.items()}
        address = _web(fields.get("xmlurl", "")).replace("${", "%24{")
        if address in addresses or read_url(address) is None:
            continue
        addresses.add(address)
        feed = {"url": address}
        title = (fields.get("title") or fields.get("text") or "")[:LONGEST_TEXT].strip()
        if title and title not in names:
            names.add(title)
            feed |= {"name": title, "source": title}
        yield feed


def _web(address: str) -> str:
    """`feed:` is what readers call https, with or without the scheme behind it."""
    scheme, colon, rest = address.partition(":")
    if scheme.lower() != "feed" or not colon:
        return address
    return rest if rest.startswith(("http:", "https:")) else f"https:{rest}"
