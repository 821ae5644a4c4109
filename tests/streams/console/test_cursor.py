"""Places in a list and in a stream, written and read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.console.cursor import Cursor, CursorError, EventId, cursor, event_id

NOON = datetime(2025, 11, 24, 12, 0, 0, 123_000, tzinfo=UTC)


def test_a_cursor_is_read_as_it_was_written() -> None:
    """To the millisecond."""
    place = Cursor("0d818358", 12, 5, NOON)
    assert cursor(str(place)) == place


@pytest.mark.parametrize("place", [EventId(-1, "0d818358"), EventId(0, None), EventId(41, "0d818358")])
def test_an_event_id_is_read_as_it_was_written(place: EventId) -> None:
    """The one before the first as well."""
    assert event_id(str(place)) == place


@pytest.mark.parametrize(
    "text",
    ["", "x", "0d818358-1-2-0", "0d818358-2-1-0\n", "0D818358-2-1-0", "0d818358-2-1", "0d818358-٢-1-0"],
)
def test_what_is_no_cursor_is_refused(text: str) -> None:
    """Below the end of its own list, too."""
    with pytest.raises(CursorError, match="is no cursor"):
        cursor(text)


@pytest.mark.parametrize("text", ["", "x", "-2", "1-", "1-xyz", "1 ", "1\n", "٤", "9" * 19])
def test_what_is_no_event_id_is_refused(text: str) -> None:
    """With what it would be."""
    with pytest.raises(CursorError, match="send the id of the last event as it came, or -1"):
        event_id(text)


@given(st.text())
def test_any_text_is_a_place_or_refused(text: str) -> None:
    """Never another error."""
    for reader in (cursor, event_id):
        try:
            assert str(reader(text))
        except CursorError as error:
            assert repr(text[:100]) in str(error)  # noqa: PT017  which of the two is the text's business
