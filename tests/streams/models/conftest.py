"""A wheel of a small spaCy pipeline, as `spacy package` lays one out."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from typing import TYPE_CHECKING

import pytest
import spacy

if TYPE_CHECKING:
    from pathlib import Path

NAME, VERSION = "en_kyiv", "7.7.7"
WHEEL = f"{NAME}-{VERSION}-py3-none-any.whl"
INIT = """
from spacy.util import load_model_from_init_py
def load(**options):
    return load_model_from_init_py(__file__, **options)
"""


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """It finds 'Kyiv', and says so in its card."""
    return make_wheel(tmp_path)


def make_wheel(folder: Path, *, pipeline: bool = True) -> Path:
    """Write the wheel; `pipeline=False`: with nothing that spaCy could load."""
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "GPE", "pattern": "Kyiv"}])  # type: ignore[attr-defined]
    nlp.meta |= {
        "name": "kyiv",
        "version": VERSION,
        "license": "MIT",
        "description": "Kyiv, and nothing else",
    }
    made = folder / "made"
    nlp.to_disk(made)
    files = {f"{NAME}/__init__.py": INIT.encode(), f"{NAME}/meta.json": (made / "meta.json").read_bytes()}
    if pipeline:
        for path in made.rglob("*"):
            if path.is_file():
                files[f"{NAME}/{NAME}-{VERSION}/{path.relative_to(made)}"] = path.read_bytes()
    described = f"{NAME}-{VERSION}.dist-info"
    files[f"{described}/METADATA"] = f"Metadata-Version: 2.1\nName: {NAME}\nVersion: {VERSION}\n".encode()
    files[f"{described}/WHEEL"] = b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files[f"{described}/entry_points.txt"] = f"[spacy_models]\n{NAME} = {NAME}\n".encode()
    lines = [f"{name},sha256={_sum(data)},{len(data)}" for name, data in files.items()]
    files[f"{described}/RECORD"] = "\n".join([*lines, f"{described}/RECORD,,", ""]).encode()
    with zipfile.ZipFile(folder / WHEEL, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return folder / WHEEL


def _sum(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
