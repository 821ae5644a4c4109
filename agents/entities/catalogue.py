"""The pipelines that can be used here, without loading them: bundled, installed, configured."""

from __future__ import annotations

import base64
import importlib.metadata
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from spacy.util import get_installed_models, get_package_path

from agents.entities.bundled import BUNDLED, VERSION
from agents.entities.labels import LABELS, RENAMED
from agents.entities.table import SEEDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Kind = Literal["bundled", "package", "folder"]
OF_BUNDLED = ("PERSON", "ORG", "GPE", "LOC", "NORP")
"""What the table and the rules give; after a network also FAC, where a word says that a place was built."""


@dataclass(frozen=True, slots=True)
class Available:
    """A pipeline as `pipeline.choose` takes it by `name`."""

    name: str
    kind: Kind
    folder: Path
    """Where its files are."""
    files: tuple[Path, ...]
    """All of them that are there, in order."""
    meta: Mapping[str, Any]
    """As spaCy's `meta.json`; empty where there is none that can be read."""
    labels: tuple[str, ...]
    sums: Mapping[Path, str] = field(default_factory=dict)
    """SHA-256 of files as they were made: by this program's own list, or by the RECORD that pip keeps."""
    card: Path | None = None
    """A longer text about it."""

    @property
    def version(self) -> str:
        """By its own account; of a bundled one without the digest of its data, which loading it tells."""
        return str(self.meta.get("version", "?"))

    @property
    def bytes(self) -> int:
        """Of its files."""
        return sum(path.stat().st_size for path in self.files)


def catalogue(configured: str | None = None) -> list[Available]:
    """Those that come along, the installed packages, and a folder that is configured; each once."""
    found = [_bundled(name) for name in BUNDLED]
    found += [_package(name) for name in sorted(get_installed_models())]
    if configured and configured not in {one.name for one in found} and Path(configured).is_dir():
        found.append(_saved(configured, "folder", Path(configured)))
    return found


def named(name: str) -> Available | None:
    """The one of this name, or in the folder of this path."""
    return next((one for one in catalogue(name) if one.name == name), None)


def _bundled(name: str) -> Available:
    """A network has its own files; all use the table and the words in `seeds/`, and one has nothing else."""
    one = BUNDLED[name]
    meta = {"version": VERSION, "description": f"{one.summary}; English", "license": one.licence}
    sums = {one.folder / file: sha256 for file, sha256 in one.files.items()}
    folder = one.folder if one.network else SEEDS
    files = tuple(sorted(path for path in sums if path.is_file())) if one.network else _files(SEEDS)
    labels = (*OF_BUNDLED, "FAC") if one.network else OF_BUNDLED
    return Available(name, "bundled", folder, files, meta, labels, sums, one.card)


def _package(name: str) -> Available:
    """A package keeps its pipeline in a folder of its own, with the version in the name."""
    folder = get_package_path(name)
    inner = next(iter(sorted(folder.glob("*/config.cfg"))), None)
    sums = dict(_recorded(name))
    return _saved(name, "package", inner.parent if inner else folder, sums)


def _saved(name: str, kind: Kind, folder: Path, sums: Mapping[Path, str] | None = None) -> Available:
    meta = _meta(folder)
    return Available(name, kind, folder, _files(folder), meta, tuple(_labels(meta)), sums or {})


def _files(folder: Path) -> tuple[Path, ...]:
    return tuple(
        sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    )


def _recorded(name: str) -> Iterator[tuple[Path, str]]:
    """The sums that a package was installed with."""
    for file in importlib.metadata.distribution(name).files or ():
        if file.hash is not None and file.hash.mode == "sha256":
            padded = file.hash.value + "=" * (-len(file.hash.value) % 4)
            yield Path(str(file.locate())), base64.urlsafe_b64decode(padded).hex()


def _meta(folder: Path) -> Mapping[str, Any]:
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return meta if isinstance(meta, dict) else {}


def _labels(meta: Mapping[str, Any]) -> Iterator[str]:
    """Of its components, those that are names; a tagger's and a parser's are none."""
    labels = meta.get("labels", {})
    of_pipes = labels.values() if isinstance(labels, dict) else ()
    given = {RENAMED.get(label, label) for of_pipe in of_pipes for label in of_pipe}
    yield from (label for label in LABELS if label in given)
