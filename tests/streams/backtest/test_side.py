"""A watchlist on the news there has been, against what the steps made of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from agents.alerts.desk import Desk
from agents.alerts.policy import policies
from agents.mentions.match import Matcher
from agents.mentions.outcome import outcome
from agents.mentions.settle import MOST_MENTIONS
from agents.mentions.text import Text
from agents.mentions.watchlist import load, parse
from seeds import DEFAULT_WATCHLIST
from seeds.generate import START
from streams.backtest.compare import Range, Tally, compare
from streams.backtest.folder import Folder
from streams.backtest.placed import Placed, placed
from streams.backtest.side import Sent, Tried
from streams.records import Alert, Entry, Outcome, Silence, Start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from agents.mentions.watchlist import Watchlist
    from streams.records import Sequenced

WINDOW = timedelta(hours=72)
GOVERNED = parse(
    """
watches:
  - {name: ceasefire, severity: critical, terms: [ceasefire, truce, armistice], cooldown: 30m}
  - {name: deadline, severity: info, terms: [deadline], clock: true, group_by: entity, cooldown: 1h}
  - {name: sanctions, query: 'sanction* OR embargo', scope: {sources: ["*herald", "*post"]}}
  - {name: trial, terms: [sanctions], stage: shadow, group_by: none}
""",
    "governed",
)
SILENCE = Silence(
    silence_id="drill",
    reason="drill",
    created=START,
    until=START + timedelta(hours=10),
    seq=12,
    watch="ceasefire",
)


def sent(watchlist: Watchlist, news: list[Sequenced], *asked: Entry) -> tuple[list[Alert], list[Placed]]:
    """What the alert step sends, given each `seq`: rejections as well, and some outcomes out of order."""
    matcher = Matcher(watchlist, most=MOST_MENTIONS)
    outcomes: dict[int, Outcome] = {}
    for article in news:
        matched = matcher.matched(Text.of(article))
        outcomes[article.seq] = outcome(article, matched.mentions, out_of_scope=matched.out_of_scope)
    for seq in range(news[-1].seq):
        if seq not in outcomes:
            near = outcomes[seq - 1]
            outcomes[seq] = Outcome(
                seq=seq,
                status="rejected",
                position=near.position,
                event_time=near.arrived,
                arrived=near.arrived,
                origin="replay",
            )
    entries: list[Entry] = sorted(outcomes.values(), key=lambda item: item.seq + 7 * (item.seq % 3))
    log = [Start(seq=0), *entries[:12], *asked[:1], *entries[12:60], *asked[1:], *entries[60:]]
    desk = Desk(policies(watchlist), window=WINDOW, gap_timeout=WINDOW)
    turns = [desk.work([entry], now=news[0].arrived) for entry in log]
    alerts = [
        emit.value for turn in turns for emit in turn.emits if emit.topic in {"alerts", "alerts.shadow"}
    ]
    silences = [entry for entry in asked if isinstance(entry, Silence)]
    return alerts, placed(log, silences[-1:], WINDOW)


@pytest.mark.parametrize("watchlist", [load(DEFAULT_WATCHLIST), GOVERNED], ids=["default", "governed"])
@pytest.mark.parametrize(
    "asked", [(), (SILENCE,), (SILENCE, msgspec.structs.replace(SILENCE, expired=True))], ids=len
)
def test_the_same_watchlist_gives_exactly_what_was_sent(
    news: list[Sequenced], watchlist: Watchlist, asked: tuple[Entry, ...]
) -> None:
    """Through gaps where something was rejected, with silences that begin and end on the way."""
    alerts, silences = sent(watchlist, news, *asked)
    tally = Tally()
    tried = Tried(watchlist, window=WINDOW, placed=silences)
    assert list(compare(news, Sent(alerts), tried, Range(), tally)) == []
    assert tally.after.total() == len(alerts) > 20
    assert tried.unmatched == 0


def test_a_silence_makes_a_difference_and_so_does_its_end(news: list[Sequenced]) -> None:
    """Or the test above would say nothing of them."""
    ended = msgspec.structs.replace(SILENCE, expired=True)
    assert len({len(sent(GOVERNED, news, *asked)[0]) for asked in ((), (SILENCE,), (SILENCE, ended))}) == 3


LAGOS, OSLO = (
    parse(
        f"watches: [{{name: sanctions, query: 'sanction* OR embargo', scope: {{entities: [{name}]}}}}]", name
    )
    for name in ("gpe:Lagos", "gpe:Oslo")
)


def test_a_scope_with_entities_holds_for_copies_as_it_does_in_the_pipeline(
    write: Callable[[Iterable[Sequenced]], Path], news: list[Sequenced]
) -> None:
    """From a folder: each article that was searched names Lagos and none Oslo; a copy goes with its story."""
    folder = Folder(write(news), gap_timeout=WINDOW)
    counts = []
    for watchlist in (LAGOS, OSLO):
        tally = Tally()
        side = Sent(sent(watchlist, news)[0])
        tried = Tried(watchlist, window=WINDOW, placed=())
        assert list(compare(folder.articles(), side, tried, Range(), tally)) == []
        counts.append(tally.after.total())
    plain = parse("watches: [{name: sanctions, query: 'sanction* OR embargo'}]", "plain")
    assert counts == [len(sent(plain, news)[0]), 0]
    copies = [article for article in news if article.verdict.status == "near_duplicate"]
    matcher = Matcher(plain)
    assert any(matcher.matched(Text.of(article)).mentions for article in copies)


def test_an_article_that_breaks_the_matcher_raises_nothing_and_is_counted(
    news: list[Sequenced], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in the pipeline, which goes on."""

    def fails(_self: Matcher, _text: Text) -> None:
        raise ValueError

    monkeypatch.setattr(Matcher, "matched", fails)
    tried = Tried(GOVERNED, window=WINDOW, placed=())
    assert [tried.alerts(article) for article in news[:3]] == [[], [], []]
    assert tried.unmatched == 3


def test_what_was_sent_twice_counts_once(news: list[Sequenced]) -> None:
    """The alert step looks for what went out before a crash; if it could not, the alert is still one."""
    alerts, _ = sent(GOVERNED, news)
    both = Sent([*alerts, *alerts])
    found = [alert for article in news for alert in both.alerts(article)]
    assert sorted(found, key=lambda item: (item.seq, item.watch)) == sorted(
        alerts, key=lambda item: (item.seq, item.watch)
    )
    assert both.rest() == []
