"""Parts of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.entities.names import given_name, is_full, person_name, slug, surname, trimmed


@pytest.mark.parametrize(
    ("mention", "expected"),
    [
        ("President Ana Rubio", "Ana Rubio"),
        ("Secretary of State Marco Rubio", "Marco Rubio"),
        ("Mr. Arlen", "Arlen"),
        ("president Arlen", "Arlen"),
        ("President", "President"),
        ("michael Arlen", "Michael Arlen"),
        ("Ana  Rubio", "Ana Rubio"),
    ],
)
def test_a_person_s_name_is_without_titles(mention: str, expected: str) -> None:
    """A title alone stays what it is; white space is one space."""
    assert expected == person_name(mention)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Marco Rubio", "rubio"),
        ("John Arlen Jr.", "arlen"),
        ("Ahmed al-Sharaa", "sharaa"),
        ("Volodymyr Zelenskýy", "zelenskyy"),
        ("Jr", "jr"),
    ],
)
def test_surnames_meet_in_one_key(name: str, expected: str) -> None:
    """Without accents, article and generation."""
    assert expected == surname(name)


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("Ana Rubio", True),
        ("Rubio", False),
        ("von der Leyen", False),
        ("al Assad", False),
        ("Arlen Jr.", False),
    ],
)
def test_a_full_name_has_two_words_of_its_own(name: str, full: bool) -> None:
    """Particles and generations are none."""
    assert full == is_full(name)


names = st.text(alphabet="aBÉé ’'.-Жд\n", min_size=1).filter(str.strip)


@given(names)
def test_every_name_has_its_keys(name: str) -> None:
    """A pipeline may deliver anything that is not blank."""
    assert person_name(name).strip()
    assert isinstance(surname(name), str)
    assert isinstance(given_name(name), str)


@given(st.text(), st.data())
def test_a_trimmed_span_lies_within_the_span(text: str, data: st.DataObject) -> None:
    """It may be empty, it never grows, and never ends in white space."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    left, right = trimmed(text, start, end)
    assert start <= left <= end
    assert right <= end
    if left < right:
        assert text[left:right] == text[left:right].strip()


@given(st.text(min_size=1))
def test_a_slug_is_never_empty_and_one_word(name: str) -> None:
    """It is an id's last part, in any script."""
    assert slug(name)
    assert not set(slug(name)) & set(" _/\n")
