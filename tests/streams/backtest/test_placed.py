"""Where silences begin and end in the order of the news, and where a clock ticks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from streams.backtest.placed import Placed, placed
from streams.records import Entry, Outcome, Position, Silence, Start, Tick

NOW = datetime(2026, 3, 2, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SILENCE = Silence(silence_id="s", reason="drill", created=NOW, until=NOW, seq=3, watch="truce")
ENDED = replace(SILENCE, expired=True)


def outcome(seq: int) -> Outcome:
    return Outcome(
        seq=seq,
        status="new",
        position=Position(topic="news.raw", partition=0, offset=seq),
        event_time=NOW,
        arrived=NOW,
        origin="replay",
    )


def test_a_silence_stands_before_the_first_article_that_was_decided_after_it() -> None:
    """Not before those that came first and had to wait."""
    log: list[Entry] = [Start(seq=0), outcome(0), outcome(2), SILENCE, outcome(1), outcome(3), ENDED]
    assert placed(log, [ENDED], MINUTE) == [Placed(1, SILENCE), Placed(4, ENDED)]


def test_one_that_was_asked_for_before_any_news_stands_at_the_beginning() -> None:
    """As an operator may who knows what comes."""
    assert placed([SILENCE, Start(seq=5), outcome(5)], [SILENCE], MINUTE) == [Placed(0, SILENCE)]


def test_a_gap_that_was_given_up_is_behind_what_comes_then() -> None:
    """Ticks give it up as they did."""
    ticks = [Tick(time=NOW), Tick(time=NOW + MINUTE)]
    log: list[Entry] = [Start(seq=0), outcome(0), outcome(7), *ticks, SILENCE]
    assert placed(log, [SILENCE], MINUTE) == [Placed(1, ticks[0]), Placed(8, ticks[1]), Placed(8, SILENCE)]


def test_a_log_whose_beginning_is_gone_goes_on_from_what_is_left() -> None:
    """Kafka deletes the oldest; the start was there."""
    assert placed([outcome(40), outcome(41), SILENCE], [SILENCE], MINUTE) == [Placed(42, SILENCE)]


def test_what_only_the_compacted_topic_knows_holds_from_its_own_seq_on() -> None:
    """Unless it has been ended: since when, nobody can tell any more."""
    log: list[Entry] = [outcome(40)]
    assert placed(log, [SILENCE], MINUTE) == [Placed(3, SILENCE)]
    assert placed(log, [ENDED], MINUTE) == []
