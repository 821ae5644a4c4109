"""The pipelines that can be used here, without loading them: bundled, installed, configured."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from spacy.util import get_installed_models, get_package_path

from agents.entities import bundled
from agents.entities.table import SEEDS

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["bundled", "package", "folder"]
BUNDLED = {bundled.NAME: ("PERSON", "ORG", "GPE", "LOC", "NORP")}
"""Name to labels of those that come along."""


@dataclass(frozen=True, slots=True)
class Available:
    """A pipeline as `pipeline.choose` takes it by `name`."""

    name: str
    kind: Kind
    folder: Path
    """Where its files are."""
    meta: dict[str, Any]
    """As spaCy's `meta.json`; empty where there is none that can be read."""
    labels: tuple[str, ...]

    @property
    def version(self) -> str:
        """By its own account; of a bundled one that is made when it is loaded, without its data's digest."""
        return str(self.meta.get("version", "?"))

    @property
    def files(self) -> tuple[Path, ...]:
        """All of them, in order."""
        return tuple(sorted(path for path in self.folder.rglob("*") if path.is_file() and _counts(path)))

    @property
    def bytes(self) -> int:
        """Of its files."""
        return sum(path.stat().st_size for path in self.files)


def catalogue(configured: str | None = None) -> list[Available]:
    """Those that come along, the installed packages, and a folder that is configured; each once."""
    found = [_bundled(name) for name in BUNDLED]
    found += [_saved(name, "package", get_package_path(name)) for name in sorted(get_installed_models())]
    if configured and configured not in {one.name for one in found} and Path(configured).is_dir():
        found.append(_saved(configured, "folder", Path(configured)))
    return found


def named(name: str) -> Available | None:
    """The one of this name, or in the folder of this path."""
    return next((one for one in catalogue(name) if one.name == name), None)


def _bundled(name: str) -> Available:
    meta = {
        "version": bundled.VERSION,
        "description": "Tables of names, and rules for names that no table has; English",
        "license": "Apache-2.0",
    }
    return Available(name, "bundled", SEEDS, meta, BUNDLED[name])


def _saved(name: str, kind: Kind, folder: Path) -> Available:
    """A package keeps its pipeline in a folder of its own, with the version in the name."""
    inner = next(iter(sorted(folder.glob("*/config.cfg"))), None) if kind == "package" else None
    place = inner.parent if inner else folder
    meta = _meta(place)
    return Available(name, kind, place, meta, tuple(_labels(meta)))


def _meta(folder: Path) -> dict[str, Any]:
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return meta if isinstance(meta, dict) else {}


def _labels(meta: dict[str, Any]) -> Iterator[str]:
    """Of the components that find entities."""
    labels = meta.get("labels", {})
    for name, of_pipe in labels.items() if isinstance(labels, dict) else ():
        if "ner" in name or "entity" in name or "names" in name:
            yield from of_pipe


def _counts(path: Path) -> bool:
    return "__pycache__" not in path.parts
