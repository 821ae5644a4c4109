"""Style sheet and scripts: files of our own, each with a mark of its content in its address."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

if TYPE_CHECKING:
    import os

    from starlette.responses import Response
    from starlette.types import Scope

FOLDER = Path(__file__).parents[1] / "static"
FOR_EVER = "public, max-age=31536000, immutable"
ASK_FIRST = "no-cache"
"""Kept, but asked for again by its ETag: an address without the mark, or with that of another version."""
_MARKS = {
    path.name: hashlib.blake2b(path.read_bytes(), digest_size=6).hexdigest() for path in FOLDER.iterdir()
}


def address(name: str) -> str:
    """Where a file is; another content has another address, so a browser may keep it.

    Raises:
        KeyError: there is no such file.
    """
    return f"/static/{name}?v={_MARKS[name]}"


def routes() -> list[BaseRoute]:
    """Where the files are served."""
    return [Mount("/static", _Marked(directory=FOLDER))]


class _Marked(StaticFiles):
    """Says how long a file may be kept."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        asked: dict[str, Any] = parse_qs(scope["query_string"].decode("latin-1"))
        current = asked.get("v") == [_MARKS.get(Path(full_path).name)]
        response.headers["cache-control"] = FOR_EVER if current else ASK_FIRST
        return response
