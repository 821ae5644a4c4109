"""A watchlist put together from the records of a topic."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.mentions.scope import Scope
from agents.mentions.text import Text
from agents.mentions.watch import FIELDS, Examples, Watch
from agents.mentions.watchlist import WatchlistError, load
from seeds import DEFAULT_WATCHLIST
from streams.watches.entries import Entries, encode

words = st.text("abcdefghij äß", min_size=1, max_size=12).filter(lambda word: word.strip(" ") == word)
watches = st.builds(
    Watch,
    name=st.from_regex(r"[a-z0-9_-][a-z0-9._-]{0,20}", fullmatch=True).filter(
        lambda name: name not in {"suppressed", "shadow"}
    ),
    terms=st.lists(words, min_size=1, max_size=3, unique=True).map(tuple),
    inflect=st.sampled_from([None, True, False]),
    case=st.booleans(),
    scope=st.none() | st.builds(Scope, languages=st.just(("en",)), sources=st.just(("*.gov",))),
    claim=st.sampled_from([(), ("negated",), ("affirmed", "attributed")]),
    clock=st.booleans(),
    severity=st.sampled_from(["info", "warning", "critical"]),
    group_by=st.sampled_from(["story", "entity", "none"]),
    cooldown=st.integers(0, 86_400),
    stage=st.sampled_from(["live", "shadow"]),
    description=words,
    runbook_url=st.none() | st.just("https://example.org/runbook"),
    examples=st.none() | st.builds(Examples, match=st.lists(st.builds(Text, body_text=words)).map(tuple)),
)


def test_every_field_is_tried() -> None:
    """One that is added to a watch has to be added above; a query is tried below."""
    drawn = {"name", "terms", "inflect", "case", "scope", "claim", "clock", "severity", "description"}
    drawn |= {"runbook_url", "group_by", "cooldown", "stage", "examples"}
    assert drawn | {"query"} == set(FIELDS)


@given(watches)
def test_what_is_published_is_what_is_read(watch: Watch) -> None:
    """Every field comes back as it was."""
    entries = Entries()
    entries.take(watch.name.encode(), encode(watch))
    assert entries.watches == {watch.name: watch}


def test_the_default_watchlist_has_the_same_version_from_the_topic() -> None:
    """The version tells the watches, not the way they came."""
    watchlist = load(DEFAULT_WATCHLIST)
    entries = Entries()
    for watch in reversed(watchlist.watches):
        entries.take(watch.name.encode(), encode(watch))
    found = entries.watchlist()
    assert found is not None
    assert found.version == watchlist.version


def test_a_query_is_read_as_in_a_file() -> None:
    """So that it is not read again for each article."""
    entries = Entries()
    entries.take(b"a", b'{"name": "a", "query": "truce AND Kyiv"}')
    found = entries.watchlist()
    assert found is not None
    assert set(found.queries) == {"a"}


def test_the_newest_of_a_name_counts_and_none_removes_it() -> None:
    """As compaction leaves it."""
    entries = Entries()
    for terms in ("truce", "ceasefire"):
        entries.take(b"a", f'{{"name": "a", "terms": ["{terms}"]}}'.encode())
    assert entries.watches["a"].terms == ("ceasefire",)
    entries.take(b"a", None)
    assert entries.watchlist() is None


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (b"", "is empty"),
        (b"\xff", "not UTF-8"),
        (b"[1]", "a list"),
        (b'{"name": "a"', "neither YAML nor JSON"),
        (b'{"name": "a", "terms": ["x"], "colour": 1}', "unknown field 'colour'"),
        (b'{"name": "b", "terms": ["x"]}', "named 'b'"),
        (b'{"name": "a", "query": "NOT x"}', "watch.query"),
    ],
)
def test_what_is_no_watch_changes_nothing(value: bytes, said: str) -> None:
    """The error names topic and key."""
    entries = Entries()
    entries.take(b"a", b'{"name": "a", "terms": ["truce"]}')
    with pytest.raises(WatchlistError, match=said) as error:
        entries.take(b"a", value)
    assert "topic watchlist, key 'a'" in str(error.value)
    assert entries.watches["a"].terms == ("truce",)


def test_two_that_make_one_topic_are_refused() -> None:
    """Kafka would refuse the second."""
    entries = Entries()
    for name in ("a.b", "a_b"):
        entries.take(name.encode(), f'{{"name": "{name}", "terms": ["x"]}}'.encode())
    with pytest.raises(WatchlistError, match=r"'a\.b' and 'a_b' make one topic"):
        entries.watchlist()
