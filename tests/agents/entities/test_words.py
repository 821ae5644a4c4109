"""The lists of words hold together."""

from __future__ import annotations

from dataclasses import fields

from agents.entities.words import Words, load_words


def test_no_list_is_empty() -> None:
    """A slip in the file would switch a rule off without a sound."""
    words = load_words()
    assert [field.name for field in fields(Words) if not getattr(words, field.name)] == []


def test_titles_stand_with_a_stop_and_without_a_capital() -> None:
    """'Mr. X', 'president X'."""
    assert {"Mr", "Mr.", "President", "president"} <= load_words().titles


def test_given_names_are_names() -> None:
    """No comment of the file is read as one; each has its capital, or the rules never see it."""
    assert [name for name in load_words().given_names if not name[0].isupper()] == []


def test_what_ends_a_body_or_place_ends_no_person() -> None:
    """'Ana River' is a river."""
    words = load_words()
    assert {"Ministry", "River"} <= words.not_surnames
    assert not words.not_surnames & words.name_ends
