"""Aliases are learnt from stories of several outlets, end with a contradiction, and are forgotten in time."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from agents.alerts.aliases import KEPT_MS, MOST_EVIDENCE, Aliases, resolved_by
from agents.entities.explained import alias_key, explained
from streams.records import Entity, Learnt
from tests.agents.alerts.test_desk import outcome

OPCW = "Organisation for the Prohibition of Chemical Weapons"


def entity(text: str, canonical: str, by: Any = "none", label: str = "ORG") -> Entity:
    canonical_id = f"{label.lower()}:{canonical.lower().replace(' ', '-')}"
    return Entity(
        text=text, label=label, start=0, end=len(text), canonical=canonical, canonical_id=canonical_id, by=by
    )


def explains(seq: int, source: str | None, *entities: Entity, story: str | None = None) -> Any:
    """An article that uses the full name and the acronym."""
    named = entities or (entity(OPCW, OPCW), entity("OPCW", OPCW, "text"))
    return outcome(seq, story or f"s{seq}", (), source=source, status="new", explained=explained(named))


def heard(*outcomes: Any) -> Aliases:
    aliases = Aliases()
    for number, item in enumerate(outcomes):
        aliases.hear(item, number, number)
    return aliases


def learnt(aliases: Aliases, text: str = "OPCW", label: str = "ORG") -> list[Learnt]:
    return list(aliases.learnt([entity(text, text, label=label)]))


def test_three_stories_of_two_outlets_make_an_alias() -> None:
    """What was learnt names its evidence; a name that the text or the table explains is not asked for."""
    aliases = heard(explains(0, "a.example"), explains(1, "b.example"), explains(2, "a.example"))
    [found] = learnt(aliases)
    assert (found.canonical, found.stories, found.outlets) == (OPCW, 3, 2)
    assert [one.article_id for one in found.evidence] == ["a0", "a1", "a2"]
    assert aliases.learnt([entity("OPCW", "X", "text"), entity("OPCW", "X", "table")]) == ()
    assert [item.by for item in resolved_by([entity("OPCW", "OPCW")], [found])] == ["learnt"]
    # A pipeline that labels it otherwise means the same body.
    assert [item.canonical_id for item in learnt(aliases, label="GPE")] == [found.canonical_id]


@pytest.mark.parametrize(
    "outcomes",
    [
        [explains(0, "a.example"), explains(1, "b.example")],
        [explains(0, "a.example"), explains(1, "www.a.example"), explains(2, "A.example")],
        [explains(0, None), explains(1, None), explains(2, "a.example")],
        [explains(n, f"{n}.example", story="one") for n in range(5)],
    ],
    ids=["two stories", "one outlet", "sources unknown", "updates of one story"],
)
def test_less_is_no_evidence(outcomes: list[Any]) -> None:
    """Two stories, one outlet under three spellings, articles without a source, one story told five times."""
    assert learnt(heard(*outcomes)) == []


def test_another_meaning_ends_it() -> None:
    """One article that uses the letters for something else is a contradiction, until it is forgotten."""
    other = entity("OPCW", "Old Port Coal Works", "text")
    aliases = heard(*(explains(n, f"{n}.example") for n in range(3)), explains(3, "x.example", other))
    assert learnt(aliases) == []
    for seq in range(4, 6):
        aliases.hear(explains(seq, f"{seq}.example"), KEPT_MS, KEPT_MS)
    aliases.forget(4, KEPT_MS + 4)
    [found] = learnt(aliases)
    assert (found.canonical, found.stories) == (OPCW, 5)


def test_a_surname_is_learnt_of_one_bearer_only() -> None:
    """Articles that use it for one person teach it; one that names another bearer in full takes it back."""
    steven = (
        entity("Steven Witkoff", "Steven Witkoff", label="PERSON"),
        entity("Witkoff", "Steven Witkoff", "text", label="PERSON"),
    )
    aliases = heard(*(explains(n, f"{n}.example", *steven) for n in range(3)))
    assert [one.canonical for one in learnt(aliases, "Witkoff", "PERSON")] == ["Steven Witkoff"]
    assert [one.canonical for one in learnt(aliases, "Mr Witkoff", "PERSON")] == ["Steven Witkoff"]
    assert learnt(aliases, "Alex Witkoff", "PERSON") == []
    aliases.hear(explains(3, "x.example", entity("Tom Witkoff", "Tom Witkoff", label="PERSON")), 3, 3)
    assert learnt(aliases, "Witkoff", "PERSON") == []


def test_a_name_in_full_alone_teaches_nothing() -> None:
    """Ten stories that name somebody in full have never used the surname for it."""
    named = entity("Steven Witkoff", "Steven Witkoff", label="PERSON")
    aliases = heard(*(explains(n, f"{n}.example", named) for n in range(10)))
    assert learnt(aliases, "Witkoff", "PERSON") == []


def test_memory_is_bounded_and_comes_back_from_the_table() -> None:
    """Ten stories are kept of a meaning; what was written is what is known after a restart."""
    aliases = heard(*(explains(n, f"{n}.example") for n in range(MOST_EVIDENCE + 5)))
    [found] = learnt(aliases)
    assert found.stories == MOST_EVIDENCE
    sets, gone = aliases.memory.flush(1)
    assert gone == {}
    again = Aliases()
    again.memory.restore([(key, value) for key, value in sets.items() if value], 1)
    again.restored()
    assert learnt(again) == [found]
    again.forget(MOST_EVIDENCE + 100, MOST_EVIDENCE + 100)
    assert (learnt(again), len(again)) == ([], 0)


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("OPCW", "ORG", "name/OPCW"),
        ("O.P.C.W.", "ORG", "name/OPCW"),
        ("AfD", "ORG", "name/afd"),
        ("Reuters", "ORG", None),
        (OPCW, "ORG", None),
        ("Witkoff", "PERSON", "person/witkoff"),
        ("al-Sharaa", "PERSON", "person/sharaa"),
        ("Ahmed al-Sharaa", "PERSON", None),
        ("Trump Jr.", "PERSON", None),
    ],
)
def test_what_may_be_learnt(text: str, label: str, expected: str | None) -> None:
    """Surnames and acronyms; no name in full, and no word."""
    assert alias_key(text, label) == expected


def test_what_was_learnt_survives_the_wire() -> None:
    """It stands in alerts and in the ledger."""
    [found] = learnt(heard(*(explains(n, f"{n}.example") for n in range(3))))
    assert msgspec.json.decode(msgspec.json.encode(found), type=Learnt) == found
