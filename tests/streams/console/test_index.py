"""Which records belong to which alert, held against a list of all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from streams.console.index import Index

IDS = st.sampled_from(["00" * 16, "01" * 16, "AB", "ab", "ä", "x" * 40, ""])


@given(ids=st.lists(IDS), as_of=st.integers(0, 20))
def test_the_newest_revision_is_the_last_before_the_end_that_is_asked_for(ids: list[str], as_of: int) -> None:
    """As someone finds who goes through all of them; ids that look alike stay apart."""
    index = Index()
    for offset, alert_id in enumerate(ids):
        index.add(alert_id, offset)
    before = list(enumerate(ids[:as_of]))
    for offset, alert_id in before:
        last = max(other for other, of in before if of == alert_id)
        assert index.newest(alert_id, offset, as_of) == (offset == last)
    for alert_id in set(ids):
        assert list(index.offsets(alert_id)) == [n for n, of in enumerate(ids) if of == alert_id]


@given(ids=st.lists(IDS), most=st.integers(1, 4))
def test_from_the_floor_on_every_alert_is_known(ids: list[str], most: int) -> None:
    """However many were forgotten since they were too many."""
    index = Index(most)
    for offset, alert_id in enumerate(ids):
        index.add(alert_id, offset)
        assert len(index) <= most
    for alert_id in {of for n, of in enumerate(ids) if n >= index.floor}:
        expected = [n for n, of in enumerate(ids) if of == alert_id and n >= index.floor]
        assert list(index.offsets(alert_id)) == expected


def test_what_has_left_the_topic_is_forgotten() -> None:
    """An alert with a later revision stays, with that one."""
    index = Index()
    for offset, alert_id in enumerate(["00", "01", "00"]):
        index.add(alert_id, offset)
    index.forget(2)
    assert index.offsets("01") == ()
    assert index.offsets("00") == (2,)
    assert len(index) == 1
    assert index.floor == 2
