"""What a verdict says of the article beside it."""

from __future__ import annotations

from agents.deduplicate.compared import SHOWN, compared
from agents.deduplicate.likeness import Fingerprint, compare

OLD = Fingerprint.of("The bank in Oslo raised its rate to 4 percent in 2023, from 3 percent in Bergen.")
NEW = Fingerprint.of("The bank in Oslo raised its rate to 5 percent in 2023, from 3 percent in Tromso.")


def test_facts_of_both_and_of_one() -> None:
    """As they are written, in their order."""
    found = compared(NEW, OLD, compare(NEW, OLD), "a1", "template")
    assert (found.article_id, found.turned_down) == ("a1", "template")
    assert found.shared_numbers == ("2023", "3")
    assert (found.numbers_here, found.numbers_there) == (("5",), ("4",))
    assert (found.names_here, found.names_there) == (("Tromso",), ("Bergen",))


def test_a_table_makes_no_long_verdict() -> None:
    """Ten of each, and of a long one its beginning."""
    long = Fingerprint.of("Sums: " + " ".join(f"{number}" for number in range(100, 200)) + " " + "9" * 300)
    found = compared(long, OLD, compare(long, OLD), "a1")
    assert len(found.numbers_here) == SHOWN
    huge = Fingerprint.of("It was " + "9" * 300)
    assert compared(huge, OLD, compare(huge, OLD), "a1").numbers_here == ("9" * 24,)


def test_a_name_in_capitals_or_with_an_s_is_the_same_name() -> None:
    """And one that begins a sentence there: only what the other text has nowhere is shown."""
    old = Fingerprint.of("The bank in Oslo raised its rate, Norway's government said. Bergen was quiet.")
    new = Fingerprint.of(
        "THE BANK IN OSLO RAISED ITS RATE, the government of Norway and Bergen said in Tromso."
    )
    found = compared(new, old, compare(new, old), "a1")
    assert (found.names_here, found.names_there) == (("Tromso",), ())
