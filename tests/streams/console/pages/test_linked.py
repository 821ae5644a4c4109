"""Lines whose ids lead somewhere."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from streams.console.pages.linked import Piece, linked

ID = "0123456789abcdef" * 2


def test_an_id_leads_to_the_page_of_what_it_is() -> None:
    """By the words before it; without them it is an article's."""
    assert linked(f"new, story {ID}") == [Piece("new, story "), Piece(ID, f"/stories/{ID}")]
    assert linked(f"alert for x: under alert {ID}, revision 0")[1:] == [
        Piece(ID, f"/alerts/{ID}"),
        Piece(", revision 0"),
    ]
    for line in (f"alert for x: {ID}, revision 0", f"alert for x (on trial): {ID}, revision 0"):
        assert Piece(ID, f"/alerts/{ID}") in linked(line)
    assert linked(f"of {ID}, seq 0") == [Piece("of "), Piece(ID, f"/articles/{ID}"), Piece(", seq 0")]
    assert linked(ID) == [Piece(ID, f"/articles/{ID}")]


def test_what_is_longer_or_shorter_is_no_id() -> None:
    """As a hash in a headline."""
    for text in (ID[1:], ID + "0", ID.upper(), ""):
        assert all(piece.href is None for piece in linked(text))


@given(st.text(st.sampled_from("ab0 story:\u202e"), max_size=80))
def test_no_character_is_lost(line: str) -> None:
    """Whatever the line."""
    assert "".join(piece.text for piece in linked(line)) == line
