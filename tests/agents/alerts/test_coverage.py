from hypothesis import given
from hypothesis import strategies as st

from agents.alerts.coverage import MOST_OUTLETS, STEPS, Spread
from streams.records import Coverage

MINUTE = 60_000


def spread(*articles: tuple[str | None, int | None]) -> Spread:
    """The coverage of articles: outlet, and minutes after the epoch."""
    found = Spread()
    for source, minutes in articles:
        found = found.add(source, None if minutes is None else minutes * MINUTE)
    return found


def test_an_outlet_counts_once_however_it_is_written() -> None:
    """Case and `www.` make no other outlet, and an unknown one is none."""
    found = spread(("Reuters.com", 0), ("www.reuters.com", 1), (None, 2), ("b.example", 3))
    assert found.coverage() == Coverage(articles=4, outlets=2, first_outlet="Reuters.com")


def test_minutes_count_from_the_first_article_to_each_step() -> None:
    """In whole minutes of event time."""
    found = spread(*((f"{n}.example", 7 * n) for n in range(31)))
    coverage = found.coverage()
    assert (coverage.minutes_to_3, coverage.minutes_to_10, coverage.minutes_to_30) == (14, 63, 203)
    assert [spread(*((str(n), 0) for n in range(many))).reached for many in (2, 3, 9, 10, 29, 30, 99)] == [
        *(0, 3, 3, 10, 10, 30, 30)
    ]


def test_a_step_whose_time_nobody_can_tell_is_reached_without_minutes() -> None:
    """And an article dated before the first took no negative time."""
    assert spread(("a", None), ("b", 1), ("c", 2)).coverage().minutes_to_3 is None
    assert spread(("a", 9), ("b", 1), ("c", 2)).coverage().minutes_to_3 == 0


def test_a_story_that_everybody_has_stays_small() -> None:
    """2 KB of outlets at most; no step lies beyond."""
    found = spread(*((f"{n}.example", n) for n in range(400)))
    assert (found.coverage().outlets, found.coverage().articles) == (MOST_OUTLETS, 400)
    assert len(found.outlets) == 8 * MOST_OUTLETS
    assert STEPS[-1] < MOST_OUTLETS


@given(st.lists(st.sampled_from([None, *map(str, range(12))]), max_size=40))
def test_outlets_are_counted_as_a_set_counts_them(sources: list[str | None]) -> None:
    """Whatever the order."""
    found = spread(*((source, 0) for source in sources)).coverage()
    assert found.outlets == len(set(sources) - {None})
    assert found.articles == len(sources)
