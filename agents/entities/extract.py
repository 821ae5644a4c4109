"""Texts to entities: `nlp.pipe` over pieces, spans trimmed, names resolved.

Everything is a function of one text at a time, so a text has the same entities in any batch.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agents.entities.canonical import Found, resolve
from agents.entities.labels import DROPPED, RENAMED
from agents.entities.names import trimmed
from agents.entities.spans import completed
from streams.records import Entity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.language import Language

    from agents.entities.table import Table

PIECE = 50_000
"""Characters given to spaCy at once. Its NER wants about 1 GB for 100,000; an article of this length (8,000
words) is one piece, so only books are cut, at a paragraph's end where there is one. Nothing is left out."""
TOGETHER = 8
"""Texts that spaCy's NER takes at once. With 16 or 32 articles of 2.7 kB its arrays leave the processor's
cache: an article then costs 27 to 28 ms instead of 25 (one core, a network of spaCy's default size)."""
SURROGATES = re.compile("[\ud800-\udfff]")
RUBBLE = re.compile(r"[^\w\s]{64,}|(?:[^\w\s]\w){64,}")
"""Punctuation without a space: spaCy's tokenizer takes it off mark by mark, in quadratic time (a million
quotation marks: minutes)."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text to look at. The headline gives context and full names; entities come from the body only."""

    body: str
    headline: str = ""


def extract(
    nlp: Language, table: Table, sources: Sequence[Source], *, batch_size: int = TOGETHER
) -> list[tuple[Entity, ...]]:
    """Entities of each body, in order; offsets are code points, `body[start:end] == text`."""
    wholes = [_whole(source) for source in sources]
    pieces = [(piece, (i, offset)) for i, whole in enumerate(wholes) for offset, piece in _pieces(whole)]
    found: list[list[Found]] = [[] for _ in sources]
    for doc, (i, offset) in nlp.pipe(pieces, as_tuples=True, batch_size=batch_size):
        whole = wholes[i]
        for ent in doc.ents:
            start, end = trimmed(whole, offset + ent.start_char, offset + ent.end_char)
            label = RENAMED.get(ent.label_, ent.label_)
            if start < end and label not in DROPPED:
                found[i].append(Found(whole[start:end], label, start, end))
    return [_entities(*each, table) for each in zip(sources, wholes, found, strict=True)]


def _whole(source: Source) -> str:
    """Headline and body, character for character; what spaCy can't encode or tokenise in time is blanked."""
    whole = f"{source.headline}\n\n{source.body}" if source.headline else source.body
    return RUBBLE.sub(lambda match: " " * len(match[0]), SURROGATES.sub("\ufffd", whole))


def _entities(source: Source, whole: str, mentions: list[Found], table: Table) -> tuple[Entity, ...]:
    skipped = len(whole) - len(source.body)
    mentions = completed(whole, mentions, table)
    identities = resolve(whole, mentions, table)
    return tuple(
        Entity(
            text=source.body[m.start - skipped : m.end - skipped],
            label=identity.label,
            start=m.start - skipped,
            end=m.end - skipped,
            canonical=identity.name,
            canonical_id=identity.id,
            by=identity.by,
        )
        for m, identity in zip(mentions, identities, strict=True)
        if m.start >= skipped
    )


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Pieces of at most `PIECE` characters, and their offsets: cut after a paragraph, a line, a word."""
    start = 0
    while len(text) - start > PIECE:
        half, full = start + PIECE // 2, start + PIECE
        cut = next(
            (
                at + len(mark)
                for mark in ("\n\n", "\n", ". ", " ")
                if (at := text.rfind(mark, half, full)) > 0
            ),
            full,
        )
        yield start, text[start:cut]
        start = cut
    if start < len(text):
        yield start, text[start:]
