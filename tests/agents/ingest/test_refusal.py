"""A value as a message shows it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agents.ingest.refusal import shown

values = st.recursive(
    st.none() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(values)
def test_any_value_is_one_short_line(value: object) -> None:
    """A log line stays a line, whatever a producer sends."""
    text = shown(value)
    assert len(text) <= 60
    assert text.isprintable()


def test_what_is_short_is_shown_whole_and_what_is_cut_says_so() -> None:
    """A megabyte is not even looked at."""
    assert shown("2025-02-30") == "'2025-02-30'"
    assert shown("x" * 1_000_000) == "'" + "x" * 58 + "…"
    assert shown(b"\xff\n") == r"b'\xff\n'"
