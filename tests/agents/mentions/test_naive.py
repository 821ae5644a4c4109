"""The matcher against the oracle, on generated watchlists and articles."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from agents.mentions.match import Matcher
from agents.mentions.naive import is_sampled, mentions
from agents.mentions.query.read import QueryError, read_query
from agents.mentions.scope import Scope
from agents.mentions.text import Text
from agents.mentions.watch import Watch
from agents.mentions.watchlist import Watchlist
from seeds.generate import generate
from streams.records import Claim

WORDS = st.sampled_from(
    """truce truces sanction sanctioned ban banned treaty treaties cease fire cease-fire ceasefire Ukraine
    Kyiv of the US us can't Russia's U.S. café cafe\u0301 İstanbul Straße STRASSE
    мир ПЕРЕМИРИЕ 停火 停火协议 휴전은 휴전 هدنة
    सन्धि 3,000 F-16 F-16s sanctions ＴＲＵＣＥ ﬁre cease\u00adfire Truce Street 45 नि""".split()  # noqa: SIM905  easier to read than 40 quoted words
)
QUOTED = st.lists(WORDS, min_size=1, max_size=3).map(lambda words: '"' + " ".join(words) + '"')
NEAR = st.tuples(
    st.lists(WORDS, min_size=2, max_size=4).map(lambda words: '"' + " ".join(words) + '"'), st.integers(0, 6)
).map(lambda pair: f"{pair[0]}~{pair[1]}")
WILD = st.sampled_from(["sanc*", "cease*", "tru*", "café*", "пер*", "停火*", "cease-f*"])
LEAVES = st.one_of(
    WORDS,
    QUOTED,
    NEAR,
    WILD,
    st.tuples(st.sampled_from(["headline", "body_text", "source", "byline"]), WORDS).map(":".join),
    st.sampled_from(["language:en", "language:ru"]),
)
QUERIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" AND ", " OR ", " AND NOT ", " NOT ", " "]), inner).map(
            lambda parts: f"({''.join(parts)})"
        ),
        st.lists(st.tuples(st.sampled_from(["+", "-", ""]), inner).map("".join), min_size=1, max_size=3).map(
            lambda parts: f"({' '.join(parts)})"
        ),
    ),
    max_leaves=6,
)
SAID = [
    " no ",
    " if ",
    " rejected a ",
    " could ",
    " said ",
    " by the committee ",
    " of May 9 ",
    " was lifted, ",
]
GAPS = st.sampled_from(
    [" "] * 16 + ["-", ", ", ". ", "\n", "\n\n", "'s ", "\u200b", "", " — ", " and ", *SAID]
)
TEXTS = st.lists(st.tuples(WORDS, GAPS).map("".join), max_size=30).map("".join)
ARTICLES = st.builds(
    Text,
    headline=TEXTS,
    body_text=st.one_of(TEXTS, st.text(max_size=50)),
    source=st.sampled_from([None, "Kyiv Truce", "truce.gov"]),
    language=st.sampled_from([None, "en", "ru"]),
    byline=st.sampled_from([None, "the US", "cafe"]),
    event_time=st.sampled_from([None, datetime(2025, 4, 1, 12, tzinfo=UTC)]),
)
CLAIMS = st.one_of(
    st.just(()), st.lists(st.sampled_from(get_args(Claim)), min_size=1, max_size=3, unique=True).map(tuple)
)


def readable(query: str, *, inflect: bool, case: bool) -> bool:
    try:
        read_query(query, inflect=inflect, case=case)
    except QueryError:
        return False
    return True


@st.composite
def watches(draw: st.DrawFn, name: str) -> Watch:
    inflect, case = draw(st.booleans()), draw(st.booleans())
    scope = draw(st.sampled_from([None, Scope(languages=("en",)), Scope(sources=("*.gov",))]))
    claim, clock = draw(CLAIMS), draw(st.booleans())
    if draw(st.integers(0, 3)) == 0:
        terms = draw(st.lists(st.one_of(WORDS, QUOTED.map(lambda text: text[1:-1])), min_size=1, max_size=4))
        return Watch(
            name=name, terms=tuple(terms), inflect=inflect, case=case, scope=scope, claim=claim, clock=clock
        )
    query = draw(QUERIES.filter(lambda text: readable(text, inflect=inflect, case=False)))
    case = case and readable(query, inflect=inflect, case=True)
    return Watch(name=name, query=query, inflect=inflect, case=case, scope=scope, claim=claim, clock=clock)


WATCHLISTS = st.integers(1, 4).flatmap(
    lambda size: st.tuples(*(watches(f"watch-{number}") for number in range(size)))
)


@settings(max_examples=500, deadline=None)
@given(WATCHLISTS, ARTICLES, st.sampled_from([None, 1, 2]))
def test_the_matcher_finds_what_the_oracle_finds(
    found: tuple[Watch, ...], text: Text, most: int | None
) -> None:
    """The same mentions, whatever the query and the script, and every candidate needed is one."""
    watchlist = Watchlist(watches=found, version="test")
    assert mentions(watchlist, text, most=most) == Matcher(watchlist, most=most).matched(text).mentions


def test_a_hundred_watches_of_the_words_of_the_news_find_what_the_oracle_finds() -> None:
    """Made at random of the articles' own words, so that most of them match something."""
    chooser = random.Random(4)
    articles = [Text(headline=one.headline, body_text=one.text) for one in generate(6, seed=4)]
    words = sorted({word for text in articles for word in re.findall("[A-Za-z]{3,}", text.body_text)})

    def leaf() -> str:
        one, other = chooser.sample(words, 2)
        return chooser.choice(
            (one, one, f"{one[:4]}*", f'"{one} {other}"~{chooser.randint(1, 30)}', f"headline:{one}")
        )

    def made(depth: int) -> str:
        if depth == 0:
            return leaf()
        parts = (made(depth - 1) for _ in range(chooser.randint(2, 3)))
        return f"({chooser.choice((' AND ', ' OR ', ' OR ', ' NOT ')).join(parts)})"

    queries = [
        query
        for query in (made(chooser.randint(1, 3)) for _ in range(150))
        if readable(query, inflect=True, case=False)
    ]
    found = tuple(Watch(name=f"watch-{number}", query=query) for number, query in enumerate(queries[:100]))
    watchlist = Watchlist(watches=found, version="test")
    matcher = Matcher(watchlist)
    matched = [matcher.matched(text).mentions for text in articles]
    assert len({mention.watch for some in matched for mention in some}) > 30
    assert [mentions(watchlist, text) for text in articles] == matched


@given(st.text(), st.floats(0, 1), st.floats(0, 1))
def test_a_sample_is_the_same_again_and_grows_with_the_share(
    article_id: str, one: float, other: float
) -> None:
    """A re-delivery is drawn again; what is in the smaller sample is in the larger."""
    low, high = sorted((one, other))
    assert is_sampled(article_id, low) <= is_sampled(article_id, high)
    assert is_sampled(article_id, 1.0)
    assert not is_sampled(article_id, 0.0)


def test_a_sample_has_the_size_asked_for() -> None:
    """One in ten of 10,000."""
    assert 900 < sum(is_sampled(f"{number:032x}", 0.1) for number in range(10_000)) < 1100


FEW = st.sampled_from(["truce", "bans", "cease-fire", "Kyiv", "of"])


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(["truce", "ban", "ceasefire", "Kyiv"]), min_size=2, max_size=3, unique=True),
    st.integers(1, 5),
    st.lists(st.tuples(FEW, GAPS).map("".join), max_size=12).map("".join),
)
def test_slop_is_what_the_oracle_says(words: list[str], slop: int, text: str) -> None:
    """Few words, so that they often stand near each other; one of them is two words in the text."""
    watch = Watch(name="a", query=f'"{" ".join(words)}"~{slop}')
    watchlist, article = Watchlist(watches=(watch,), version="test"), Text(body_text=text)
    assert mentions(watchlist, article) == Matcher(watchlist).matched(article).mentions
