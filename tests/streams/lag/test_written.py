"""When the records of a partition were written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from streams.lag.written import Written


def test_a_record_is_as_old_as_the_first_look_that_saw_it() -> None:
    """The end was before it at one look and behind it at the next."""
    written = Written()
    for end, now in ((10, 100.0), (10, 105.0), (13, 110.0), (20, 115.0)):
        written.see(end, now)
    assert [written.moment(offset) for offset in (10, 12, 13, 19)] == [110.0, 110.0, 115.0, 115.0]
    assert written.moment(20) is None


def test_what_was_there_at_the_first_look_is_as_old_as_it_says() -> None:
    """Until it has said so it is as old as that look; those behind it are taken for as old."""
    written = Written()
    written.see(10, 100.0)
    assert (written.unsure(4), written.moment(4)) == (True, 100.0)
    written.tell(4, 40.0)
    assert (written.unsure(4), written.moment(4)) == (False, 40.0)
    assert (written.unsure(5), written.moment(5)) == (True, 40.0)
    assert written.moment(3) == 100.0
    assert not written.unsure(10)


def test_a_record_that_claims_to_be_younger_than_the_look_that_saw_it_is_not_believed() -> None:
    """Its producer's clock was ahead."""
    written = Written()
    written.see(10, 100.0)
    written.tell(4, 170.0)
    assert written.moment(4) == 100.0


def test_nothing_is_known_before_the_first_look() -> None:
    """And nothing is unsure."""
    written = Written()
    assert (written.moment(0), written.unsure(0)) == (None, False)


def test_an_empty_partition_has_no_oldest_record() -> None:
    """Its first one is seen when it comes."""
    written = Written()
    written.see(0, 100.0)
    assert written.moment(0) is None
    written.see(1, 105.0)
    assert (written.moment(0), written.unsure(0)) == (105.0, False)


def test_a_topic_made_anew_begins_anew() -> None:
    """Its end is lower than it was."""
    written = Written()
    written.see(10, 100.0)
    written.see(12, 105.0)
    written.tell(3, 50.0)
    written.see(2, 110.0)
    assert (written.moment(1), written.unsure(1)) == (110.0, True)


@given(
    st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=120),
    st.integers(4, 12),
)
def test_thinned_out_marks_never_make_a_record_younger(steps: list[tuple[int, bool]], most: int) -> None:
    """Nor does forgetting what all have read; and the marks stay few."""
    exact, thin = Written(10_000), Written(most)
    end = read = 0
    for number, (more, reads) in enumerate(steps):
        end += more
        for written in (exact, thin):
            written.see(end, float(number))
        if reads:
            read = (read + end + 1) // 2
            thin.forget(read)
    assert len(thin._ends) <= most + 1
    for offset in range(read, end + 1):
        precise, rough = exact.moment(offset), thin.moment(offset)
        assert (precise is None) == (rough is None)
        assert precise is None or (rough is not None and rough <= precise)
