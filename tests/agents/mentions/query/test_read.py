# ruff: noqa: E501
"""Reading queries: what they mean, and where and why they are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.mentions.match import Matcher
from agents.mentions.query.read import QueryError, read_query
from agents.mentions.text import Text
from agents.mentions.watch import Watch
from agents.mentions.watchlist import Watchlist


def found(query: str, text: str | Text, *, inflect: bool = True, case: bool = False) -> list[str]:
    """The mentions of one watch."""
    watch = Watch(name="a", query=query, inflect=inflect, case=case)
    article = text if isinstance(text, Text) else Text(body_text=text)
    return [item.text for item in Matcher(Watchlist(watches=(watch,), version="")).matched(article).mentions]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("truce AND Kyiv", "a truce in Kyiv", ["truce", "Kyiv"]),
        ("truce AND Kyiv", "a truce in Odesa", []),
        ("truce OR Kyiv", "in Kyiv", ["Kyiv"]),
        ("truce Kyiv", "in Kyiv", ["Kyiv"]),
        ("truce NOT Kyiv", "a truce", ["truce"]),
        ("truce AND NOT Kyiv", "a truce in Kyiv", []),
        ("truce -Kyiv", "a truce in Kyiv", []),
        ("+truce Kyiv", "in Kyiv", []),
        ("+truce Kyiv", "a truce", ["truce"]),
        ("+truce Kyiv", "a truce in Kyiv", ["truce", "Kyiv"]),
        ("truce OR war AND Kyiv", "a truce", ["truce"]),
        ("(truce OR war) AND Kyiv", "a truce", []),
        ("truce AND Kyiv NOT war", "truce, Kyiv, war", []),
        ("NOT (NOT truce)", "a truce", ["truce"]),
        ("a OR (truce NOT Kyiv)", "a truce in Kyiv", ["a"]),
        ('"peace talks"', "peace talks; talks, peace", ["peace talks"]),
        ('"cessation of hostilities"~1', "a cessation of all hostilities", ["cessation of all hostilities"]),
        ('"cessation hostilities"~1', "a cessation of all hostilities", []),
        ('"Kyiv truce"~2', "a truce, Kyiv says", ["truce, Kyiv"]),
        ('"Kyiv truce"~1', "a truce, Kyiv says", []),
        ('"peace talks"~0', "peace talks", ["peace talks"]),
        ("sanction*", "sanctions and sanctionable sanctity", ["sanctions", "sanctionable"]),
        ("AT&T OR U.S. OR C\\+\\+", "AT&T in the U.S. with C++", ["AT&T", "U.S.", "C++"]),
        ("12\\:30", "at 12:30 sharp", ["12:30"]),
    ],
)  # fmt: skip
def test_what_a_query_means(query: str, text: str, expected: list[str]) -> None:
    """Operators as in Lucene, AND before OR; mentions are what made it hold, never what NOT names."""
    assert expected == found(query, text)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sanction", ["sanction", "sanctions", "sanctioned", "sanctioning"]),
        ("sanctions", ["sanction", "sanctions", "sanctioned", "sanctioning"]),
        ("ban", ["ban", "bans", "banned", "banning"]),
        ("bans", ["ban", "bans", "banned", "banning"]),
        ("treaties", ["treaty", "treaties"]),
        ("Bans", ["bans"]),
        ("ceasefire", ["ceasefire", "cease-fire", "cease fire"]),
        ("freeze", ["freeze", "freezing"]),
        ("treaty", ["treaty", "treaties"]),
        ("Ban", ["ban", "bans"]),
    ],
)
def test_inflections(query: str, expected: list[str]) -> None:
    """Plural, singular, possessive, regular verb forms, joined and parted; a name has its plural only."""
    text = "ban bans banned banning banish sanction sanctions sanctioned sanctioning sanctity ceasefire cease-fire "
    assert expected == found(query, text + "cease fire freeze freezing treaty treaties")


def test_a_model_has_a_plural() -> None:
    """'F-16s' are F-16; the 1990s are not 1990, and with exact spelling neither is."""
    text = "F-16, F-16s, F16s, F-160, F-16V, 1990, 1990s"
    assert found("F-16", text) == ["F-16", "F-16s", "F16s"]
    assert found("F-16", text, inflect=False) == ["F-16"]
    assert found("1990", text) == ["1990"]


def test_what_looks_like_an_operator_is_a_word_within_quotes() -> None:
    """And a sign within a word, or after a backslash, is part of it."""
    text = "near, P5 and 1,000 of AT&T; a|b"
    query = '"NEAR" OR P5 OR 1,000 OR AT&T OR a\\|b'
    assert found(query, text) == ["near", "P5", "1,000", "AT&T", "a|b"]


@pytest.mark.parametrize("query", ["ceasefire", "cease-fire", '"cease fire"', "sanction", "ban"])
def test_exact_spelling(query: str) -> None:
    """Without `inflect` only what is written there counts."""
    word = query.strip('"')
    text = "ceasefire; cease-fire; cease fire; ceasefires; sanction; sanctions; sanctioned; ban; banned"
    assert [word] == found(query, text, inflect=False)


def test_case_counts_in_what_is_quoted() -> None:
    """'US' is not 'us', nor 'WHO' who; a word without quotes may begin a sentence."""
    text = "Talks: US says us, WHO asks who, the us's and the US's"
    assert found('"US" AND talks', text, case=True) == ["Talks", "US", "US"]
    assert found('"us" OR "WHO"', text, case=True) == ["us", "WHO", "us"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("headline:truce", ["Truce"]),
        ("body_text:truce", ["truce"]),
        ("truce", ["Truce", "truce"]),
        ("truce NOT headline:opinion", []),
        ("truce AND source:reuters.com", ["Truce", "truce"]),
        ("truce AND source:afp", []),
        ('truce AND byline:"jane doe"', []),
        ("truce AND byline:desk", ["Truce", "truce"]),
        ("truce AND language:en", ["Truce", "truce"]),
        ("truce NOT language:en", []),
        ("headline:(truce AND body)", []),
        ("headline:truce AND body_text:body", ["Truce", "body"]),
    ],
)
def test_fields(query: str, expected: list[str]) -> None:
    """A term without a field is looked for in headline and body; a query may ask of both at once."""
    text = Text(
        headline="Opinion: Truce",
        body_text="A truce, body.",
        source="Reuters.com",
        language="en",
        byline="Desk",
    )
    assert expected == found(query, text)


def test_a_name_in_capitals_is_found_in_a_compound() -> None:
    """'Ukraine' is in 'Ukraine-Russia'; but a street is no truce."""
    assert found("Ukraine AND truce", "The Ukraine-Russia truce near Truce-Street holds") == [
        "Ukraine",
        "truce",
    ]


@pytest.mark.parametrize(
    ("query", "position", "reason"),
    [
        ("", 0, "is empty"),
        ("NOT truce", 0, "holds for articles with none of the words"),
        ("truce OR NOT war", 9, "holds for articles with none of the words"),
        ("truce OR (Kyiv OR -war)", 18, "a sign beside OR"),
        ("source:afp", 7, "needs no word in headline or body_text"),
        ("truce OR language:en", 18, "needs no word in headline or body_text"),
        ("*fire", 0, "a wildcard at the beginning"),
        ("truce AND c*se", 11, "a wildcard within a word"),
        ("tr?ce", 2, "'?' stands for any letter"),
        ("ab*", 2, "2,600 words; write at least 3 letters"),
        ('"cease* fire"', 6, "a wildcard within quotes"),
        ("truce~", 5, "similar spellings"),
        ("truce~1 AND x", 5, "similar spellings"),
        ("truce^2", 5, "nothing is ranked"),
        ("[a TO b]", 0, "a range"),
        ("truce AND /ab+/", 10, "a regular expression"),
        (">5 AND truce", 0, "a range"),
        ("titel:truce", 0, "there is no field 'titel'; the fields are headline, body_text, source, byline, language"),
        ("(truce", 6, "ends too early"),
        ("truce)", 5, "can't stand here"),
        ('truce AND "Kyiv', 10, "a quotation mark that is not closed"),
        ('tru"ce', 3, "a quotation mark within a word"),
        ("AND truce", 0, "can't stand here"),
        ("truce and Kyiv", 6, "'and' is no operator"),
        ("truce && Kyiv", 6, "write AND"),
        ("truce AND !Kyiv", 10, "write NOT"),
        ("truce And Kyiv", 6, "'And' is no operator"),
        ("truce XOR Kyiv", 6, "'XOR' is no operator"),
        ("truce NEAR Kyiv", 6, 'write "one other"~5'),
        ("truce NEAR/5 Kyiv", 6, 'write "one other"~5'),
        ("truce W/3 Kyiv", 6, 'write "one other"~5'),
        ("truce | Kyiv", 6, "write OR"),
        ("truce|Kyiv", 5, "'|' parts no words"),
        ("truce, Kyiv", 5, "',' parts no words"),
        ("truce;Kyiv", 5, "';' parts no words"),
        ("Kyiv AND “truce”", 9, "'“' quotes nothing here; write \""),
        ("source:*.gov AND truce", 7, 'scope: {sources: ["*.gov"]}'),
        ("truce AND Kyiv war", 15, "two readings"),
        ("truce Kyiv AND war", 6, "two readings"),
        ('"peace talks"~31', 13, "~31 would try 32 places of each of 2 words; the limit is ~30"),
        ('"peace talks"~', 13, "without a number"),
        ('"peace talks"~1.5', 13, "a whole one"),
        ('"peace"~2', 7, "after 1 word"),
        ('"talk of talks"~2', 1, "one place would do for both"),
        ("headline:(truce AND source:afp)", 20, "a field within 'headline'"),
        ("truce AND language:english", 19, "two letters"),
        ("truce AND --", 12, "ends too early"),
        ("truce AND \\-", 10, "no letter or digit"),
        ("(" * 30 + "truce" + ")" * 30, 21, "deeper than 20"),
        ("a" * 201, 0, "has 201 characters, the limit is 200"),
        ("a " * 10_001, 0, "has 20,002 characters, the limit is 20,000"),
        ("ab " * 1_025, 3072, "more than 1,024 words"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_where_it_stands(query: str, position: int, reason: str) -> None:
    """Never silently ignored: the offset in the query, the reason, the way out."""
    with pytest.raises(QueryError) as error:
        read_query(query)
    assert reason in str(error.value)
    assert position == error.value.position


def test_case_without_quotes_is_refused() -> None:
    """It would do nothing."""
    with pytest.raises(QueryError, match="nothing is"):
        read_query("US", case=True)


def test_what_may_not_be_meant_is_noted() -> None:
    """Lucene's OR between words side by side surprises people."""
    assert [at for at, _ in read_query("truce Kyiv").notes] == [6]
    assert read_query("+truce Kyiv NOT war").notes == ()


@given(st.one_of(st.text(max_size=40), st.text(alphabet='ab "()+-~*?:^[]\\ANDORT1/', max_size=40)))
def test_anything_is_a_query_or_refused_within_its_bounds(text: str) -> None:
    """No other exception gets out, and every refusal points into the query."""
    position = 0
    try:
        read_query(text)
    except QueryError as error:
        position = error.position
    assert 0 <= position <= len(text)
