from agents.alerts.changes import MOST_NAMED, is_reversal, material
from agents.alerts.coverage import Spread
from agents.alerts.facts import Facts, Sentence
from agents.alerts.standing import Standing
from streams.records import Change

NOTHING = Facts()


def stands(outlets: int, step: int) -> Standing:
    spread = Spread()
    for outlet in range(outlets):
        spread = spread.add(str(outlet), 0)
    return Standing("a", 0, revision=0, step=step, spread=spread)


def test_a_step_is_told_once() -> None:
    """From the one that was told last, be it one or two steps ago."""
    assert material(NOTHING, NOTHING, stands(2, 0), ()) == ()
    assert material(NOTHING, NOTHING, stands(4, 3), ()) == ()
    assert material(NOTHING, NOTHING, stands(3, 0), ()) == (
        Change(what="coverage", before=None, after="3 outlets"),
    )
    assert material(NOTHING, NOTHING, stands(30, 3), ()) == (
        Change(what="coverage", before="3 outlets", after="30 outlets"),
    )


def test_other_watches_are_named_up_to_a_number() -> None:
    """A story that a hundred watches find makes no record of a hundred lines."""
    changes = material(NOTHING, NOTHING, stands(1, 0), [f"w{number}" for number in range(99)])
    assert len(changes) == MOST_NAMED
    assert changes[0] == Change(what="watch", before=None, after="w0")


def test_only_what_is_said_otherwise_is_a_reversal() -> None:
    """Coverage and other watches are more of the same."""
    known, said = (
        Facts((Sentence(words=b"ab", claims=("affirmed",), numbers=(number,), dates=(), names=()),))
        for number in "35"
    )
    more = material(NOTHING, NOTHING, stands(3, 0), ["w"])
    assert [change.what for change in more] == ["watch", "coverage"]
    assert not is_reversal(more)
    assert is_reversal(material(known, said, stands(3, 0), ["w"]))
    assert not is_reversal(())
