"""Watches as a file that `newswatch watch apply` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import yaml

from streams.watches.entries import encode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agents.mentions.watch import Watch

WIDTH = 100


def as_file(watches: Iterable[Watch]) -> str:
    """YAML with all that the watches have; what is as by default is left out."""
    listed = [msgspec.json.decode(encode(watch)) for watch in watches]
    return yaml.safe_dump({"watches": listed}, allow_unicode=True, sort_keys=False, width=WIDTH)
