"""Pages in one line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agents.ingest.flat import unfold

MENU = "World Europe Asia Africa Americas Oceania Sport Football Tennis Cycling Chess Opinion Letters Shop"
PROSE = " ".join(
    f"On day {day} the delegations met again, and they agreed to go on with the talks on guarantees."
    for day in range(8)
)


def test_a_menu_and_sentences_are_parted() -> None:
    """Each sentence is a piece; up to eight words of the menu may stay with the first."""
    pieces = [piece.text for piece in unfold(f"{MENU} {PROSE} {MENU}")]
    assert pieces[0].startswith("World Europe")
    assert pieces[1].endswith(
        "On day 0 the delegations met again, and they agreed to go on with the talks on guarantees."
    )
    assert len(pieces) == 10


def test_paragraphs_are_left_alone() -> None:
    """However long; a list of names has commas, and other scripts have no capitals to tell."""
    names = "Ministers Ada Lovelace, Alan Turing, Mark Twain, Jane Austen, Isaac Newton and others came. "
    for line in (PROSE, names + PROSE, "停火延长一周。" * 100, "وقال الجانبان إن المحادثات ستستمر. " * 40):
        assert [piece.text for piece in unfold(line.strip())] == [line.strip()]


def test_the_title_is_parted_where_it_comes_again() -> None:
    """With which the page begins."""
    title = "Truce In Geneva Extended By Another Week"
    pieces = [piece.text for piece in unfold(f"{title} {MENU} {title} {PROSE}")]
    assert pieces.count(title) == 2


def test_labels_are_pieces() -> None:
    """What stands before and after them is parted by them."""
    pieces = [piece.text for piece in unfold(f"{MENU} {PROSE} Share Tweet Most Read Choir Sings {MENU}")]
    assert {"Share", "Tweet", "Most Read"} <= set(pieces)


def test_a_sentence_keeps_its_dateline_and_its_numbers() -> None:
    """Below a menu that ran into it."""
    for first in (
        "GENEVA (Example) - Delegations met again, and they agreed to go on with the talks.",
        "Nepal and China announced on Tuesday that Mount Everest is 8,848.86 metres high, more than before.",
    ):
        pieces = [piece.text for piece in unfold(f"{MENU} {first} {PROSE}")]
        assert pieces[1].endswith(first)


@given(st.lists(st.sampled_from([*MENU.split(), *PROSE.split()]), max_size=300).map(" ".join))
def test_folded_again_it_is_the_same(text: str) -> None:
    """Whatever the words."""
    assert " ".join(piece.text for piece in unfold(text)) == text
