import pytest

from agents.alerts.dates import dates


def said(text: str) -> list[str]:
    return [value for _, value in dates(text)]


@pytest.mark.parametrize(
    ("ways", "value"),
    [
        (
            ["November 27", "Nov. 27", "27 November", "27th of November", "November 27, 2025", "2025-11-27"],
            "11-27",
        ),
        (["March 2026", "March, 2026"], "2026-03"),
        (["Friday"], "friday"),
        (["17:30"], "17:30"),
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
