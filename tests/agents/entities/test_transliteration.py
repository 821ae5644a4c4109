"""One name in two ways of writing it sounds the same, two names do not."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.entities.table import load_table
from agents.entities.transliteration import sounds


@pytest.mark.parametrize(
    "spellings",
    [
        "Volodymyr Zelensky|Volodymyr Zelenskyy|Volodymyr Zelenskiy|Volodymyr Zelenskyi",
        "Muammar Gaddafi|Moammar Qaddafi|Muammar al-Kadhafi|Moammar Qadhafi",
        "Qasem Soleimani|Qassem Suleimani|Kasim Soleimani",
        "Nikita Khrushchev|Nikita Khruschev|Nikita Krushchev",
        "Mohammed bin Salman|Mohammad bin Salman|Muhammad bin Salman",
        "Saddam Hussein|Saddam Husain|Saddam Hossein",
        "Arseniy Yatsenyuk|Arseny Yatseniuk",
        "Osama bin Laden|Usama bin Ladin",
        "Viktor Yanukovych|Victor Yanukovich",
        "Vitali Klitschko|Vitaliy Klichko",
        "Abdel Fattah al-Sisi|Abdul Fatah el-Sisi",
        "Alexei Navalny|Aleksey Navalny|Alexei Nawalny",
        "Valery Zaluzhny|Valerii Zaluzhnyi|Valeriy Zaluzhniy",
    ],
)
def test_spellings_of_one_name(spellings: str) -> None:
    """Cyrillic, Arabic and Persian names as different houses write them."""
    assert len({sounds(name) for name in spellings.split("|")}) == 1


@pytest.mark.parametrize(
    "names",
    [
        "Hassan Rouhani|Hussein Rouhani",
        "Alfonso XI|Alfonso XII",
        "Vladimir Putin|Volodymyr Putin",
        "Alexei Navalny|Yulia Navalnaya",
        "Ali Khamenei|Ali Khatami",
        "Kim Jong Un|Kim Jong Il",
        "Marco Rubio|Ana Rubio",
        "Steven Witkoff|Tom Witkoff",
    ],
)
def test_two_names_stay_two(names: str) -> None:
    """What differs by more than a house's habit."""
    one, other = names.split("|")
    assert sounds(one) != sounds(other)


def test_no_two_persons_of_the_table_sound_alike() -> None:
    """Else nobody could be found by the sound."""
    people = [name for name in load_table().names if name.label == "PERSON"]
    heard = {name.id: {sounds(spelling) for spelling in name.spellings} for name in people}
    clashes = [
        (one, other)
        for one, other in combinations(heard, 2)
        if any(len(sound) > 1 for sound in heard[one] & heard[other])
    ]
    assert clashes == []


@given(st.text(max_size=30))
def test_any_text_has_a_sound(text: str) -> None:
    """And the same each time."""
    assert sounds(text) == sounds(text)
