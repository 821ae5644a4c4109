"""The path of each kind of article, from a folder of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from agents.deduplicate.settings import DedupSettings
from agents.ingest.identity import article_id
from agents.mentions.scope_ids import entity_scopes
from agents.mentions.watchlist import parse
from streams.why.explain import InForce, UnknownWatchError, explain
from streams.why.find import find
from streams.why.history import Folder, HistoryError
from streams.why.show import lines, short
from streams.why.trace import trace
from tests.streams.why.conftest import RUBIO, TALKS, WATCHES, write

if TYPE_CHECKING:
    from pathlib import Path

    from streams.why.explanation import Explanation, Judged


def why(folder: Path, asked: str, only: str | None = None, watches: str = WATCHES) -> Explanation:
    """Explain the newest that is meant."""
    history = Folder(folder)
    version = find(history, asked)[-1]
    watchlist = parse(watches, "w")
    in_force = InForce(watchlist, "file w", entity_scopes(watchlist))
    return explain(trace(history, version, DedupSettings()), in_force, only)


def watch(one: Explanation, name: str) -> Judged:
    """What one watch made of it."""
    return next(judged for judged in one.watches if judged.watch == name)


def told(one: Explanation) -> list[str]:
    """As printed."""
    return [line.plain for line in lines(one, colours=False)]


@pytest.mark.parametrize(
    "asked",
    [
        "https://WWW.bbc.com/1?utm_source=x",
        "a1",
        article_id("https://bbc.com/1", ()),
        "news.raw:0:1",
        "news.articles:0:1",
    ],
)
def test_an_article_is_found_by_whatever_names_it(folder: Path, asked: str) -> None:
    """URI in any spelling, name, id, place of the input and place in the order."""
    assert [version.seq for version in find(Folder(folder), asked)] == [1]


@pytest.mark.parametrize("asked", ["https://x.org/5", "a5", "news.raw:0:5", "news.articles:0:5"])
def test_a_refused_input_is_found_by_what_is_in_it(folder: Path, asked: str) -> None:
    """It has no id; the dead letter has its bytes."""
    one = why(folder, asked)
    assert one.answers == ("no alert: it was refused as no_body",)
    assert one.refused is not None
    assert one.refused.begins == '{"uri":"https://x.org/5","id":"a5"}'
    assert [topic for topic, _ in one.records] == ["news.articles", "news.dead-letters"]


def test_what_nobody_knows_is_not_found(folder: Path) -> None:
    """Neither a part of a name nor a place behind the end is one."""
    for asked in ("a", "https://bbc.com/", "news.raw:0:9", "other.raw:0:1", "0" * 32):
        assert find(Folder(folder), asked) == []


def test_an_article_that_alerted(folder: Path) -> None:
    """Its alert, the words, and where its records are; a later revision is another article's."""
    one = why(folder, "a0")
    found = watch(one, "ceasefire")
    assert found.alert is not None
    assert (found.alert.revision, found.alert.revisions) == (0, 2)
    assert one.answers == (f"alert for ceasefire: {found.alert.alert_id}, revision 0, critical",)
    assert found.clause is not None
    assert [mention.text for mention in found.clause.mentions] == ["truce"]
    assert ("alerts", "alerts.jsonl:1") in one.records
    assert ("alerts.ceasefire", "alerts.ceasefire.jsonl:1") in one.records


def test_a_copy_names_the_alert_it_fell_under_and_its_original(folder: Path) -> None:
    """With the coverage of that alert."""
    one = why(folder, "a1")
    found = watch(one, "ceasefire")
    assert found.reason == "duplicate"
    assert one.answers[0].startswith("no alert for ceasefire: a copy that changes nothing; it falls under")
    assert one.duplicate_of is not None
    assert (one.duplicate_of.seq, one.duplicate_of.headline) == (0, "Headline 0")


def test_out_of_scope_and_the_nearest_article_before(folder: Path) -> None:
    """A new one says what came nearest and what was missing."""
    one = why(folder, "a3")
    assert one.answers == (
        "no alert for deadline: out of scope: the source is blog.net, and the watch looks at reuters.com",
    )
    assert one.nearest is not None
    assert one.nearest.seq in (0, 1, 2)
    assert 0 < one.nearest.jaccard < 0.7


ASKING = "watches: [{name: w, terms: [truce], scope: {entities: ['person:Marco Rubio']}}]"
NOT_ASKING = "watches: [{name: w, terms: [truce]}]"
NAMING = f"{TALKS} {RUBIO} was there."
FIRST = "https://reuters.com/0"


def test_an_article_that_names_none_of_those_asked_for(tmp_path: Path) -> None:
    """Whom the watch asked for; of a copy, which is not searched, its story is asked."""
    folder = write(
        tmp_path, ASKING, [("reuters.com", TALKS, "new", None), ("bbc.com", NAMING, "near_duplicate", FIRST)]
    )
    one, copy = why(folder, "a0", watches=ASKING), why(folder, "a1", watches=ASKING)
    assert one.answers == ("no alert for w: out of scope: it names none of person:Marco Rubio",)
    assert copy.answers == ("no alert for w: out of scope: its story names none of person:Marco Rubio",)
    for judged in (watch(one, "w"), watch(copy, "w")):
        assert judged.differs is None
        assert judged.clause is not None
        assert (judged.clause.decided, len(judged.clause.mentions)) == ("scope", 1)
    assert "not looked for in a copy" in "".join(line.plain for line in lines(copy, colours=False))


def test_whom_todays_scope_asks_for_is_asked_of_article_and_story(tmp_path: Path) -> None:
    """A copy and an update are in scope by what the first article names."""
    folder = write(
        tmp_path,
        NOT_ASKING,
        [
            ("reuters.com", NAMING, "new", None),
            ("bbc.com", TALKS, "near_duplicate", FIRST),
            ("reuters.com", TALKS, "update", FIRST),
            ("dw.com", TALKS, "new", None),
            ("afp.com", NAMING, "near_duplicate", "https://gone.com/9"),
        ],
    )
    for name in ("a0", "a1", "a2", "a4"):
        assert watch(why(folder, name, watches=ASKING), "w").differs is None
    assert watch(why(folder, "a3", watches=ASKING), "w").differs == (
        "it matched then; by today's watchlist: out of scope: it names none of person:Marco Rubio"
    )


def test_a_scope_that_has_gone_since_is_told(tmp_path: Path) -> None:
    """The ledger knows whom it asked for."""
    folder = write(tmp_path, ASKING, [("reuters.com", TALKS, "new", None)])
    one = why(folder, "a0", watches=NOT_ASKING)
    assert one.answers == ("no alert for w: out of scope: it names none of person:Marco Rubio",)
    assert watch(one, "w").differs == "it was out of scope then; by today's watchlist: matched by 'truce'"


def test_a_claim_that_does_not_count(folder: Path) -> None:
    """With its sentence."""
    one = why(folder, "a4")
    assert one.answers == (
        "no alert for sanctions: 'sanctions' is negated, and the watch counts affirmed only",
    )
    clause = watch(one, "sanctions").clause
    assert clause is not None
    assert clause.mentions[0].sentence.startswith("The council has not imposed")


def test_a_silence_is_named_with_its_reason(folder: Path) -> None:
    """And its end."""
    assert why(folder, "a6").answers == (
        "no alert for ceasefire: silence s1 until 2025-11-25 12:00:00Z: planned",
    )


def test_todays_watchlist_may_say_otherwise(folder: Path) -> None:
    """What was decided stands; that it would be decided otherwise now is said."""
    now = WATCHES.replace("[ceasefire, truce]", "[ceasefire]").replace("    claim: [affirmed]\n", "")
    assert watch(why(folder, "a0", watches=now), "ceasefire").differs == (
        "it matched then; by today's watchlist: none of its terms was found: ceasefire"
    )
    one = why(folder, "a4", watches=now)
    assert one.answers == ("no alert for sanctions: it was not mentioned when it was decided",)
    assert watch(one, "sanctions").differs == (
        "it did not match then; by today's watchlist: matched by 'sanctions'"
    )


def test_the_watchlist_that_decided_is_told_from_the_one_that_explains(folder: Path) -> None:
    """By their versions; of a record that doesn't say, nothing is said."""
    then, other = parse(WATCHES, "w").version, WATCHES.replace("30m", "40m")
    text = told(why(folder, "a0"))
    assert f"watches    decided by watchlist version {then}, the one that explains it here" in text
    one = why(folder, "a0", watches=other)
    assert (one.decided_by, one.same_watchlist) == (then, False)
    text = told(one)
    assert f"watches    decided by watchlist version {then}, another one than explains it here" in text
    assert (
        f"           as today's watchlist explains it (version {parse(other, 'w').version}, file w)" in text
    )
    path = folder / "news.outcomes.jsonl"
    path.write_bytes(path.read_bytes().replace(f',"watchlist":"{then}"'.encode(), b""))
    assert not any("decided by" in line for line in told(why(folder, "a0")))


def test_a_watch_that_has_left_the_watchlist_still_explains(folder: Path) -> None:
    """The records know it."""
    gone = WATCHES.replace("name: ceasefire", "name: other")
    assert watch(why(folder, "a0", "ceasefire", gone), "ceasefire").differs == (
        "the watch is no longer on the watchlist"
    )


def test_one_watch_only_and_one_that_nobody_knows(folder: Path) -> None:
    """The error names those there are."""
    assert [judged.watch for judged in why(folder, "a0", "sanctions").watches] == ["sanctions"]
    with pytest.raises(UnknownWatchError, match="no watch 'nope': there is ceasefire, deadline, sanctions"):
        why(folder, "a0", "nope")


def test_an_article_on_its_way(folder: Path) -> None:
    """It is in the log and has no outcome yet."""
    path = folder / "news.outcomes.jsonl"
    kept = [line for line in path.read_bytes().splitlines() if b'"seq":4,' not in line]
    path.write_bytes(b"\n".join(kept))
    assert why(folder, "a4").answers == ("no alert: it is on its way; nothing has been decided yet",)


def test_text_begins_with_what_decided_and_json_is_the_same(folder: Path) -> None:
    """A version that is not explained has one line."""
    one = why(folder, "a1")
    text = [line.plain for line in lines(one, colours=False)]
    assert text[0] == one.answers[0]
    assert any(line.startswith("verdict    exact_duplicate by jaccard 0.900") for line in text)
    assert msgspec.json.decode(msgspec.json.encode(one))["answers"] == list(one.answers)
    assert short(find(Folder(folder), "a1")[0]) == (
        "seq 1 exact_duplicate 2025-11-24 12:01:00Z mentions ceasefire"
    )


def test_a_folder_without_a_run_is_an_error(tmp_path: Path) -> None:
    """It says which folder is meant."""
    with pytest.raises(HistoryError, match="newswatch run --out DIR"):
        Folder(tmp_path)
