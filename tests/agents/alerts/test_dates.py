from datetime import date

import pytest

from agents.alerts.dates import dates


def said(text: str) -> list[str]:
    return [value for _, value in dates(text)]


@pytest.mark.parametrize(
    ("ways", "value"),
    [
        (
            [
                *("November 27", "Nov. 27", "27 November", "27th of November", "November 27, 2025"),
                *("2025-11-27", "27/11/2025", "11/27/2025", "27.11.2025"),
            ],
            "11-27",
        ),
        (["March 2026", "March, 2026"], "2026-03"),
        (["Friday", "Fri."], "friday"),
        (["17:30", "5:30 p.m.", "5.30pm", "1730 GMT"], "17:30"),
        (["6:00", "06:00", "6 a.m.", "6am"], "06:00"),
        (["12:00", "noon", "12 p.m."], "12:00"),
        (["2031"], "2031"),
        (["October"], "october"),
    ],
)
def test_one_date_has_one_form(ways: list[str], value: str) -> None:
    """Month and day without the year, which one copy prints and the next does not."""
    assert {way: [value] for way in ways} == {way: said(f"It was set for {way} by both.") for way in ways}


@pytest.mark.parametrize(
    "text", ["May they come.", "March on.", "2,024 men", "12.2024 m", "today", "we may", "a mon day"]
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    """Nor is 'today', which papers put for the weekday."""
    assert said(text) == []


def test_a_date_in_figures_that_may_be_two_is_as_it_is_written() -> None:
    """The sixth of May, or the fifth of June."""
    assert said("It was set for 5/6/2026 by both.") == ["5/6/2026"]
    assert said("It was set for 5.6.2026 by both.") == ["06-05"]


def test_a_year_before_a_comma_is_a_year() -> None:
    """'Until 2027, the ministry said'."""
    assert said("Until 2027, the ministry said.") == ["2027"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("today", ["~monday", "~11-24"]),
        ("tonight", ["~monday", "~11-24"]),
        ("yesterday", ["~sunday", "~11-23"]),
        ("on Monday", ["monday", "~11-24"]),
        ("on Friday", ["friday", "~11-21", "~11-28"]),
        ("on November 28", ["11-28", "~friday"]),
        ("on December 28", ["12-28"]),
        ("at noon", ["12:00"]),
    ],
)
def test_a_day_is_what_it_is_called_elsewhere_by_the_way(text: str, values: list[str]) -> None:
    """Where the article's own day is known, and the other is near it."""
    assert [value for _, value in dates(f"Signed {text} by both.", date(2025, 11, 24))] == values


def test_next_week_is_not_next_month() -> None:
    """Nor has either a day."""
    assert said("It begins next week or next month.") == ["next week", "next month"]
