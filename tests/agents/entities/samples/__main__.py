"""The labelled sentences beside this file, as rows that `newswatch models evaluate` reads.

python -m tests.agents.entities.samples | newswatch models evaluate -
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from agents.entities.gold.document import Marked
from agents.entities.score import Span

SENTENCES = Path(__file__).parent / "sentences.txt"
NAME = re.compile(r"\[([A-Z]+) ([^\]]+)\]")


def samples() -> list[Marked]:
    """Each line as a text with its names."""
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    return [_marked(line) for line in lines if line and not line.startswith("#")]


def _marked(line: str) -> Marked:
    text, names, at = "", [], 0
    for found in NAME.finditer(line):
        text += line[at : found.start()]
        names.append(Span(len(text), len(text) + len(found[2]), found[1]))
        text += found[2]
        at = found.end()
    return Marked(text + line[at:], tuple(names))


def encoded() -> bytes:
    """All as rows of spans, one a line."""
    return b"".join(json.dumps(_row(one), ensure_ascii=False).encode() + b"\n" for one in samples())


def _row(marked: Marked) -> dict[str, object]:
    entities = [
        {
            "start": name.start,
            "end": name.end,
            "label": name.label,
            "text": marked.text[name.start : name.end],
        }
        for name in marked.names
    ]
    return {"text": marked.text, "entities": entities}


if __name__ == "__main__":
    sys.stdout.buffer.write(encoded())
