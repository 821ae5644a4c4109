"""Texts to entities: offsets hold, batches don't matter, the seeds give what they must."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents.entities.extract import PIECE, Source, extract
from agents.entities.table import SEEDS

if TYPE_CHECKING:
    from spacy.language import Language

    from agents.entities.table import Table

WORDS = [
    "Kyiv",
    "’s",
    "U.S.",
    "the EU",
    "(EU)",
    "Mr",
    "Marco Rubio",
    "Rubio",
    "\n",
    "😀",
    "\ud800",
    "\x00",
    '"',
    "of",
]
texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
ARTICLES = sorted((SEEDS.parent / "articles").glob("*.txt"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=st.lists(texts, max_size=5), headline=texts)
def test_offsets_hold_and_batches_do_not_matter(
    nlp: Language, table: Table, bodies: list[str], headline: str
) -> None:
    """Each entity is the body's own text at its offsets; one at a time gives what all at once gives."""
    sources = [Source(body, headline) for body in bodies]
    together = extract(nlp, table, sources)
    assert together == [extract(nlp, table, [source], batch_size=1)[0] for source in sources]
    for source, entities in zip(sources, together, strict=True):
        for e in entities:
            assert e.text
            assert source.body[e.start : e.end] == e.text


def test_a_headline_names_whom_the_body_means(nlp: Language, table: Table) -> None:
    """A surname in the body is whom the headline names in full; the headline itself gives no entity."""
    [entities] = extract(nlp, table, [Source("Vask said no.", "Senator Orrin Vask speaks")])
    assert [(e.text, e.start, e.end, e.canonical) for e in entities] == [("Vask", 0, 4, "Orrin Vask")]


def test_a_book_is_read_to_its_end(nlp: Language, table: Table) -> None:
    """A text longer than one piece keeps its last name, at its own offset."""
    body = "Nothing here.\n\n" * (2 * PIECE // 15) + "It was Kyiv."
    [entities] = extract(nlp, table, [Source(body)])
    assert [(body.index("Kyiv"), "city:703448")] == [(e.start, e.canonical_id) for e in entities]


@pytest.mark.skipif(not ARTICLES, reason="the seed articles are not there")
def test_the_seeds_give_what_they_must(nlp: Language, table: Table) -> None:
    """One identity for each of the spellings that the seeds use, with its label."""
    sources = [Source(path.read_text(encoding="utf-8")) for path in ARTICLES]
    found = [
        {(e.text, e.label, e.canonical_id) for e in entities} for entities in extract(nlp, table, sources)
    ]
    everywhere = set().union(*found)
    for text, label, identity in [
        ("US", "GPE", "country:US"),
        ("U.S.", "GPE", "country:US"),
        ("United States", "GPE", "country:US"),
        ("Zelensky", "PERSON", "person:volodymyr-zelenskyy"),
        ("Zelenskyy", "PERSON", "person:volodymyr-zelenskyy"),
        ("Volodymyr Zelenskyy", "PERSON", "person:volodymyr-zelenskyy"),
        ("Rubio", "PERSON", "person:marco-rubio"),
        ("Marco Rubio", "PERSON", "person:marco-rubio"),
        ("EU", "ORG", "org:european-union"),
        ("European Union", "ORG", "org:european-union"),
    ]:
        assert {(label, identity)} == {(la, i) for t, la, i in everywhere if t == text}
    third = next(f for f, path in zip(found, ARTICLES, strict=True) if path.name.startswith("003"))
    for text, label in [("Kremlin", "ORG"), ("NATO", "ORG"), ("Reuters", "ORG"), ("Dmitry Peskov", "PERSON")]:
        assert {label} == {la for t, la, _ in third if t == text}
    assert ("Witkoff", "PERSON", "person:steve-witkoff") in third
