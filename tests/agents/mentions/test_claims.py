"""How mentions are meant."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.mentions.claims import claim_of
from streams.records import Claim


def meant(marked: str) -> str:
    left, mention, right = marked.split("**")
    return claim_of(left + mention + right, len(left), len(left) + len(mention))


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        ("affirmed", "The **truce** holds."),
        ("affirmed", "**Truce**"),
        ("negated", "Kyiv rejected a **ceasefire**."),
        ("negated", "There is no **deadline**."),
        ("negated", "They didn’t agree to a **truce**."),
        ("hypothetical", "If **sanctions** are lifted, oil flows."),
        ("hypothetical", "They could agree to a **truce**."),
        ("hypothetical", "Will the **truce** hold?"),
        ("attributed", "Moscow said the **truce** was broken."),
        ("attributed", "“The **truce** is dead,” said Lavrov, who left."),
    ],
)
def test_each_kind_of_statement(expected: str, sentence: str) -> None:
    """The usual ways to say it."""
    assert expected == meant(sentence)


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        ("negated", "Moscow said it rejected the **truce**."),
        ("negated", "Kyiv would not accept a **truce**."),
        ("hypothetical", "Moscow said it could accept a **truce**."),
        ("hypothetical", "Moscow does not say whether the **truce** is over."),
        ("hypothetical", "If the **sanctions** are not lifted, nobody comes."),
    ],
)
def test_what_goes_before_what(expected: str, sentence: str) -> None:
    """A condition before a denial, a denial before a possibility, that before who said it."""
    assert expected == meant(sentence)


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        ("affirmed", "Brussels refused to lift the **embargo**."),
        ("affirmed", "The **embargo** will not be lifted."),
        ("hypothetical", "Washington has not ruled out an **embargo**."),
        ("hypothetical", "The **embargo** was not rejected."),
        ("hypothetical", "Kyiv could reject the **truce**."),
        ("negated", "Kyiv rejected a plan for a **truce**."),
        ("hypothetical", "The **embargo** could be lifted."),
        ("negated", "A plan for a **truce** was rejected."),
        ("negated", "The **truce** did not hold."),
        ("affirmed", "The **truce** did not please him."),
        ("negated", "The **embargo**, imposed in 2014 and never loved, was lifted."),
        ("affirmed", "The **union** rejected the offer."),
        ("negated", "The **offer** was rejected the same day."),
        ("negated", "The **truce** collapsed the same day."),
    ],
)
def test_of_two_words_the_one_that_governs_decides(expected: str, sentence: str) -> None:
    """Two denials may leave a thing where it is, or open."""
    assert expected == meant(sentence)


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        ("affirmed", "Not only did the **truce** hold, it grew."),
        ("affirmed", "The talks failed, but the **truce** holds."),
        ("affirmed", "The general rejected the offer after the **truce** began."),
        ("affirmed", "“We fight on,” he said as the **truce** began."),
        ("affirmed", "A **truce** signed in May 2024 holds."),
        ("affirmed", "Since May the **truce** has held."),
        ("affirmed", "Asked about the **deadline**, he said the truth."),
    ],
)
def test_a_cue_ends_where_its_scope_does(expected: str, sentence: str) -> None:
    """At a 'but', at 'after the'; and what only looks like a cue is none."""
    assert expected == meant(sentence)


@given(st.text(max_size=80), st.text(min_size=1, max_size=10), st.text(max_size=80))
def test_any_text_has_a_claim(left: str, mention: str, right: str) -> None:
    """Whatever stands around it."""
    assert claim_of(left + mention + right, len(left), len(left) + len(mention)) in get_args(Claim)


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        ("affirmed", "Kyiv did not respond to the **ultimatum**."),
        ("affirmed", "The rebels refused to respect the **truce**."),
        ("affirmed", "The firm failed to meet the **deadline**."),
        ("affirmed", "They cancelled a meeting on the **sanctions**."),
        ("negated", "Kyiv did not agree to the **ultimatum**."),
    ],
)
def test_what_a_denied_verb_takes_as_given(expected: str, sentence: str) -> None:
    """Who does not answer an ultimatum has one."""
    assert expected == meant(sentence)


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        ("negated", "The **sanctions** expired at midnight."),
        ("affirmed", "The **sanctions** have not lapsed."),
        ("affirmed", "The **deadline** expired at midnight."),
        ("affirmed", "The **ultimatum** lapsed on Friday."),
    ],
)
def test_what_runs_out_is_over_unless_it_is_there_to_run_out(expected: str, sentence: str) -> None:
    """A deadline that expired was one."""
    assert expected == meant(sentence)


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        ("hypothetical", "Had the **truce** held, the convoy would have come."),
        ("hypothetical", "Were Kyiv to sign the **truce**, the port would open."),
        ("hypothetical", "The report of a **truce** could not be independently confirmed."),
        ("hypothetical", "Doha declined to confirm a **ceasefire**."),
        ("affirmed", "Had enough: the **strike** goes on."),
    ],
)
def test_a_condition_without_if_and_what_nobody_confirms(expected: str, sentence: str) -> None:
    """Both leave it open."""
    assert expected == meant(sentence)
