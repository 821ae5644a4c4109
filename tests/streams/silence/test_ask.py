"""A silence as an operator asks for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from streams.silence.ask import SilenceError, find, notes, silence

if TYPE_CHECKING:
    from streams.records import Silence

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)


def asked(**changes: Any) -> Silence:
    matchers = changes.pop("matchers", {"watch": "ceasefire", "source": None})
    options = {"reason": "drill", "lasts": "2h", "until": None, "seq": 7, "now": NOW}
    return silence(matchers, **{**options, **changes})


def test_it_holds_for_what_was_given_until_its_end() -> None:
    """From the next article on."""
    made = asked(matchers={"watch": "ceasefire", "source": "*.gov", "entity": None})
    assert (made.watch, made.source, made.entity, made.story) == ("ceasefire", "*.gov", None, None)
    assert (made.until, made.seq, made.reason) == (NOW + timedelta(hours=2), 7, "drill")


@pytest.mark.parametrize(
    "until", ["2025-11-27T18:00", "2025-11-27T18:00Z", "2025-11-27 19:00+01:00", "2025-11-27T18:00:00+00:00"]
)
def test_its_end_may_be_a_time(until: str) -> None:
    """UTC unless it says otherwise."""
    assert asked(lasts=None, until=until).until == datetime(2025, 11, 27, 18, tzinfo=UTC)


def test_each_has_an_id_of_its_own() -> None:
    """The same asked for at another time is another one."""
    made = {
        asked().silence_id,
        asked(reason="other").silence_id,
        asked(now=NOW + timedelta(seconds=1)).silence_id,
    }
    assert sorted(map(len, made)) == [8, 8, 8]
    assert asked() == asked()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"matchers": {}}, "say what to silence: one or several of --watch, --source, --entity, --story"),
        ({"matchers": {"watch": " "}}, "--watch is empty; write a name, or leave it out"),
        ({"reason": " "}, "--reason is empty; say why, for whoever is on shift next"),
        ({"lasts": None}, "give its end: either --for, as 2h, or --until, as 2025-11-27T18:00"),
        ({"until": "2025-11-27"}, "give its end: either --for, as 2h, or --until, as 2025-11-27T18:00"),
        ({"lasts": "soon"}, "--for 'soon' is no length of time; write one as 30m, 2h or 3d"),
        ({"lasts": "0h"}, "--for '0h' is no length of time; write one as 30m, 2h or 3d"),
        ({"lasts": "99999999d"}, "--for '99999999d' ends after the year 9999; write one as 30m, 2h or 3d"),
        (
            {"lasts": "9" * 12 + "d"},
            f"--for '{'9' * 12}d' ends after the year 9999; write one as 30m, 2h or 3d",
        ),
        ({"lasts": None, "until": "noon"}, "--until 'noon' is no time; write one as 2025-11-27T18:00"),
    ],
)
def test_what_cannot_be_had_is_refused(changes: dict[str, Any], message: str) -> None:
    """With what to write instead."""
    with pytest.raises(SilenceError) as error:
        asked(**changes)
    assert message == str(error.value)


def test_the_beginning_of_an_id_is_enough() -> None:
    """As long as it is that of one."""
    one, other = asked(), asked(reason="other")
    known = {item.silence_id: item for item in (one, other)}
    assert find(known, other.silence_id[:6]) == other
    for start, said in ((" ", "there is no silence ' '"), ("", "there is no silence ''")):
        with pytest.raises(SilenceError, match=said):
            find(known, start)
    with pytest.raises(SilenceError, match="more than one silence begins with 'a'"):
        find({"ab": one, "ac": other}, "a")


def test_what_an_operator_may_not_have_meant_is_noted() -> None:
    """A misspelt watch, or an end that has passed: it can be had, for a replay or a watch to come."""
    assert notes(asked(), {"ceasefire", "deadline"}) == []
    assert notes(asked(matchers={"watch": "cease*"}), {"ceasefire"}) == []
    assert notes(asked(matchers={"watch": "truce"}), set()) == []
    assert notes(asked(matchers={"watch": "truce"}), {"deadline", "ceasefire"}) == [
        "no watch fits 'truce': there is ceasefire, deadline"
    ]
    (over,) = notes(asked(lasts=None, until="2025-11-24"), {"ceasefire"})
    assert over.startswith(
        "its end 2025-11-24 00:00Z has passed: it holds for articles dated before that only"
    )
