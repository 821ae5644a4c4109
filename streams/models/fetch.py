"""Download the pinned wheel, by way of the proxy that the environment names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import requests
from spacy import about

from streams.models.wheel import PINNED, InstallError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RELEASES: str = about.__download_url__
SILENCE = 20.0
"""Seconds without an answer or a byte."""
PIECE = 1 << 16
WAY_OUT = (
    "where a proxy is needed, set HTTPS_PROXY; where there is a mirror, give --mirror URL; else fetch "
    "{address} on another machine and install it with 'newswatch models install {name}'. Until then the "
    "bundled pipeline is used, which needs no download"
)


def fetch(folder: Path, *, mirror: str | None = None, shown: Callable[[int, int | None], None]) -> Path:
    """Download into a folder; nothing is checked yet.

    Args:
        folder: it has to be there.
        mirror: address below which the releases lie as on spaCy's own.
        shown: given the bytes so far, and how many there are if the server says it.

    Raises:
        InstallError: it can't be had.
    """
    address = f"{(mirror or RELEASES).rstrip('/')}/{PINNED.path}"
    way_out = WAY_OUT.format(address=f"{RELEASES}/{PINNED.path}", name=PINNED.file_name)
    path = folder / PINNED.file_name
    try:
        with requests.get(address, stream=True, timeout=SILENCE) as answer, path.open("wb") as file:
            if not answer.ok:
                raise InstallError(
                    f"{address}: the server says {answer.status_code} {answer.reason}; {way_out}"
                )
            length = answer.headers.get("Content-Length")
            done, total = 0, int(length) if length and length.isdigit() else None
            for piece in answer.iter_content(PIECE):
                done += file.write(piece)
                shown(done, total)
    except requests.RequestException as error:
        raise InstallError(f"{address} can't be fetched: {_reason(error)}; {way_out}") from error
    return path


def _reason(error: requests.RequestException) -> str:
    """In words, where requests gives the path that the error took through its parts."""
    known: dict[type[requests.RequestException], str] = {
        requests.exceptions.ProxyError: "the proxy can't be reached, or lets nobody through to it",
        requests.exceptions.Timeout: f"no answer within {SILENCE:.0f} s",
        requests.exceptions.SSLError: "the certificate is not trusted (REQUESTS_CA_BUNDLE names others)",
    }
    for kind, words in known.items():
        if isinstance(error, kind):
            return words
    text = str(error)
    if "resolve" in text or "getaddrinfo" in text or "service not known" in text:
        return "the host's name can't be resolved"
    return "the connection is refused" if "refused" in text else text
