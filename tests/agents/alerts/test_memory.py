import msgspec
from hypothesis import given
from hypothesis import strategies as st

from agents.alerts.memory import Memory


class Value(msgspec.Struct, frozen=True):
    """Anything."""

    text: str


def memory(most: int = 100) -> Memory[Value]:
    return Memory("v/", Value, most=most)


def values(of: Memory[Value]) -> dict[str, Value | None]:
    return {key: of.get(key) for key in of}


def test_what_was_not_touched_leaves_first() -> None:
    """A touch makes an entry the newest; one without a time stays."""
    at = memory()
    at.put("a", Value("a"), None)
    at.put("b", Value("b"), 5)
    at.put("a", Value("A"), 9)
    assert at.forget(6) == ["b"]
    assert values(at) == {"a": Value("A")}


def test_beyond_the_most_the_oldest_leave() -> None:
    """Whatever the time."""
    at = memory(most=2)
    for key in "abc":
        at.put(key, Value(key), None)
    assert at.forget(None) == ["a"]


def test_a_clock_set_back_lets_nothing_stay_for_ever() -> None:
    """What was touched later than now was touched now."""
    at = memory()
    at.put("a", Value("a"), 1_000)
    at.turn_back(5)
    assert at.forget(6) == ["a"]


def test_what_came_before_the_clock_knew_of_a_jump_is_as_old_as_its_article() -> None:
    """Touched at 1, by an article of the time 90; it leaves when that is long ago."""
    at = memory()
    at.put("old", Value("old"), 1, 1)
    at.put("new", Value("new"), 1, 90)
    assert at.forget(50, 95) == ["old"]
    assert at.forget(94, 99) == []
    assert at.forget(96, 99) == ["new"]


def test_a_clock_set_back_ends_what_came_too_late_as_well() -> None:
    """A wrong date far ahead holds nothing for ever."""
    at = memory()
    at.put("a", Value("a"), 1, 1_000)
    at.turn_back(5)
    assert at.forget(6, 9) == ["a"]


def test_only_what_changed_is_written() -> None:
    """What comes and goes within a turn is deleted, which does no harm."""
    at = memory()
    at.put("a", Value("a"), 1)
    at.flush(1)
    at.put("b", Value("b"), 1)
    sets, deletions = at.flush(2)
    assert (list(sets), deletions) == (["v/b"], {})
    at.drop("a")
    assert at.flush(3) == ({}, {"v/a": None})


steps = st.lists(
    st.tuples(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9)), max_size=4), st.integers(0, 5)),
    max_size=12,
)


@given(steps)
def test_a_turn_is_restored_whole_or_not_at_all(turns: list[tuple[list[tuple[str, int]], int]]) -> None:
    """Each turn a kill leaves the first of its writes; one is then worked off again, in another way."""
    table: dict[str, bytes] = {}
    at, committed, turn = memory(), {}, 0
    for changes, kept in turns:
        for key, number in changes:
            if number:
                at.put(key, Value(str(number)), number)
            else:
                at.drop(key)
        sets, deletions = at.flush(turn + 1)
        writes = [*sets.items(), ("cursor", b""), *deletions.items()]
        for key, value in writes[:kept]:
            if key == "cursor":
                committed, turn = values(at), turn + 1
            elif value is None:
                table.pop(key, None)
            else:
                table[key] = value
        at = memory()
        for key, value in at.restore(table.items(), turn).items():
            if value is None:
                table.pop(key, None)
            else:
                table[key] = value
        left = {key: None for key in deletions if kept < len(writes)}
        assert {key: value for key, value in values(at).items() if "v/" + key not in left} == {
            key: value for key, value in committed.items() if "v/" + key not in left
        }
        committed = values(at)


def test_what_is_not_to_be_written_is_not_written_later() -> None:
    """A desk that nobody restores must not gather what it would have written."""
    at = memory()
    at.put("a", Value("a"), 1)
    at.unwritten()
    assert at.flush(1) == ({}, {})
    assert values(at) == {"a": Value("a")}
