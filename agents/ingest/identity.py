"""What makes two deliveries the same article: its words, its canonical URI, and hashes of both.

Hashes are BLAKE2b (RFC 7693) of 128 bits, as 32 hex digits: with a thousand million articles, two
share one by chance once in 10^20 archives of that size.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

_DIGEST_BYTES = 16
# Apostrophes in all the ways newsrooms type them, and what is invisible: "don't" and 'don’t' are one word.
_DROPPED = re.compile("['’‘ʼʹ′´`＇\u00ad\u200b\u200c\u200d\u2060\ufeff]")
# With these out of the way most English texts are ASCII, which takes a seventh of the time.
_TYPOGRAPHY = re.compile("[“”„«»–—…•\u00a0]")
_ASCII_WORDS = bytes(
    ord(chr(byte).lower()) if byte < 0x80 and chr(byte).isalnum() else 0x20  # noqa: PLR2004
    for byte in range(0x100)
)
_ASCII_DROPPED = b"'`"
# Scripts written without spaces between words: Thai, Lao, Myanmar, Khmer, kana, Han. Each character counts
# as a word there, else a whole sentence would be one, and one changed character would change all of it.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
# `re` does not count combining marks as word characters; without them Hindi falls apart at each vowel sign.
_MARKS = "".join(
    chr(point) for point in range(0x0300, 0xFE30) if unicodedata.category(chr(point)) in {"Mn", "Mc"}
)
_WORD = re.compile(rf"[\w{_MARKS}]+")
_ALONE = re.compile(rf"[{_UNSPACED}]")

_DEFAULT_PORTS = {"http": 80, "https": 443}
# Parameters that say how a reader came, never what is read. Only unmistakable ones: a parameter wrongly
# dropped makes two articles one, a parameter wrongly kept makes a copy that the text gives away anyway.
_TRACKING = re.compile(
    r"(?:utm|mtm|pk|piwik|hsa|vero|oly|guce|at)_.+|_hs(?:enc|mi)|_g[al]|"
    r"(?:fb|g|dc|gb|msclk|yc|ysc|twc|tt|li_fat_)(?:c?l)?id|gclsrc|[gw]braid|igshi?d?|mc_[ce]id|mkt_tok|"
    r"guccounter|xtor|ref_src|ref_url|cmpid|icid|ocid|ncid|smid|smtyp|taid|sr_share|soc_(?:src|trk)|s_cid|"
    r"__twitter_impression|spm|share_source|ftag|sh",
    re.IGNORECASE,
)
_HOST_FIRST = re.compile(
    r"(?://)?(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?::\d{1,5})?(?:[/?#]|$)", re.IGNORECASE
)


def normalised_words(text: str) -> list[str]:
    """Words of a text with everything gone that typesetting changes.

    NFKC (Unicode Annex 15) and case folding; apostrophes and invisible characters dropped; a word is a
    run of letters, digits and combining marks, or one character of a script that puts no spaces
    between words. The text hash and the shingles of the duplicate check both stand on these words.
    """
    plain = text if text.isascii() else _TYPOGRAPHY.sub(" ", _DROPPED.sub("", text))
    if plain.isascii():
        return plain.encode("ascii").translate(_ASCII_WORDS, _ASCII_DROPPED).decode("ascii").split()
    folded = unicodedata.normalize("NFKC", plain.replace("_", " ")).casefold()
    folded = unicodedata.normalize("NFKC", folded)
    return _WORD.findall(_ALONE.sub(r" \g<0> ", folded) if _ALONE.search(folded) else folded)


def canonical_uri(uri: str) -> str:
    """One form of the many URIs that lead to the same article (RFC 3986, section 6, and how the web is used).

    Scheme and host in lower case, https for http, no `www.`, user, default port, fragment, trailing slash
    or tracking parameter, the query sorted, percent-encoding the shortest. What has no host (`urn:`,
    `tag:`, a bare identifier) is kept but for surrounding space.
    """
    uri = uri.strip()
    try:
        parts = _split(uri)
        host, port = host_of(uri), parts.port
    except ValueError:  # a port or an IPv6 address that is none
        return uri
    if host is None:
        return uri
    default = port is None or port == _DEFAULT_PORTS.get(parts.scheme)
    # Sites serve the same page over both; since about 2018 http only redirects to https.
    scheme = "https" if parts.scheme == "http" else parts.scheme
    path = quote(unquote(re.sub("/+", "/", parts.path)), safe="/:@!$&'()*+,;=~").rstrip("/")
    query = urlencode(sorted(_telling(parse_qsl(parts.query, keep_blank_values=True))))
    return f"{scheme}://{host}{'' if default else f':{port}'}{path}{f'?{query}' if query else ''}"


def host_of(uri: str) -> str | None:
    """Host of a URI in lower case without `www.`; None where it has none."""
    try:
        host = _split(uri.strip()).hostname
    except ValueError:
        return None
    return host.rstrip(".").removeprefix("www.") or None if host else None


def article_id(uri: str | None, words: Iterable[str]) -> str:
    """Identity of an article: of its canonical URI, or of its body's words where it has none of its own.

    A site's front page is nobody's own: two articles that name it would be versions of one another.
    """
    canonical = canonical_uri(uri) if uri else ""
    front_page = canonical.startswith("https://") and "/" not in canonical[8:] and "?" not in canonical
    return digest(canonical) if canonical and not front_page else content_hash(words)


def content_hash(words: Iterable[str]) -> str:
    """Hash of a body by its normalised words: spaces, quotes, case and punctuation don't change it."""
    return digest(" ".join(words))


def digest(text: str) -> str:
    """128-bit BLAKE2b of a text in UTF-8, as 32 hex digits."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=_DIGEST_BYTES).hexdigest()


def _split(uri: str) -> SplitResult:
    return urlsplit(f"https://{uri.removeprefix('//')}" if _HOST_FIRST.match(uri) else uri)


def _telling(query: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    return ((name, value) for name, value in query if not _TRACKING.fullmatch(name))
