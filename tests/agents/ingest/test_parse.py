"""Bytes to articles and dead letters: the seeds, hostile input, and what holds for any input."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.ingest import parse as module
from agents.ingest.parse import Delivery, Limits, Refused, parse
from agents.ingest.refusal import REASONS
from streams.records import Article, Position

ARRIVED = datetime(2025, 11, 25, 12, tzinfo=UTC)
SENTENCE = "Officials said on Tuesday that the ceasefire would hold until the end of the week."
SEEDS = Path(__file__).parents[3] / "seeds" / "articles"


def delivered(payload: bytes | str, **headers: str) -> Delivery:
    return Delivery(
        payload=payload.encode() if isinstance(payload, str) else payload,
        position=Position(topic="news.raw", partition=0, offset=7),
        arrived=ARRIVED,
        origin="live",
        **headers,
    )


def article(payload: bytes | str | dict[str, Any], **headers: str) -> Article:
    parsed = parse(delivered(json.dumps(payload) if isinstance(payload, dict) else payload, **headers))
    assert isinstance(parsed, Article), parsed
    return parsed


def reason(payload: bytes | str | dict[str, Any], limits: Limits = Limits()) -> str:  # noqa: B008  frozen
    parsed = parse(delivered(json.dumps(payload) if isinstance(payload, dict) else payload), limits)
    assert isinstance(parsed, Refused), parsed
    return parsed.rejection.reason


def seed(number: str) -> Article:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return article(path.read_bytes())


def test_seed_000_has_a_byline_and_a_derived_headline() -> None:
    """The first line names author and outlet; there is no headline, so the first sentence stands in, cut."""
    parsed = seed("000")
    assert parsed.byline == "Ahmed Kamel – Egypt Daily News"
    assert parsed.headline_source == "derived"
    assert parsed.headline.startswith("The New York Times has reported that U.S. Secretary of State")
    assert parsed.headline.endswith("…")
    assert len(parsed.headline) <= 121
    assert parsed.body_text.startswith("The New York Times has reported")
    assert "Egypt Daily News" not in parsed.body_text


def test_seed_001_loses_its_hashtags() -> None:
    """The line of hashtags at the end goes, the text before it stays."""
    parsed = seed("001")
    assert "#" not in parsed.body_text
    assert parsed.body_text.endswith("in this prolonged conflict.")
    assert "by the deadline set by Trump" in parsed.body_text


def test_seed_002_gives_its_headline_once() -> None:
    """Breadcrumb and repeated headline go, 'Also Read' and 'Leave a Reply' go, sub-headings stay."""
    parsed = seed("002")
    assert (parsed.headline, parsed.headline_source) == (
        "US-Russia Talks: Ukraine Left in the Dark on Secret Plan",
        "found",
    )
    for gone in ("Left in the Dark", "Home /", "Also Read", "Boebert", "Hollywood Gifts", "Leave a Reply"):
        assert gone not in parsed.body_text
    for kept in (
        "The Core of the proposal: A Challenging Pill for Kyiv",
        "Conflicting Signals and a Fractured Narrative",
        "a complete cessation of hostilities along",
        "even at the cost of Ukrainian sovereignty, or",
    ):
        assert kept in parsed.body_text
    assert parsed.body_text.startswith("The search for an end to the brutal conflict")


def test_seed_003_takes_its_first_line_for_the_headline() -> None:
    """A short first line before prose is the headline; every paragraph and sub-heading stays."""
    parsed = seed("003")
    assert (parsed.headline, parsed.headline_source) == ("A Diplomatic Standoff with Global Stakes", "found")
    (path,) = SEEDS.glob("003_*.txt")
    assert parsed.body_text.split("\n") == path.read_text(encoding="utf-8").strip().split("\n")[1:]


def test_seed_004_is_left_without_its_page() -> None:
    """Labels, dates, an image's name and the foot go; the sub-headings stay, the first among them too."""
    parsed = seed("004")
    assert (
        parsed.headline
        == "Rubio makes progress with Russia after Trump promised to bring end to war in Ukraine"
    )
    lines = parsed.body_text.split("\n")
    assert lines[0] == "A New Chapter in U.S.-Russia Diplomacy: Steps Toward Peace in Ukraine"
    assert "Rebuilding Diplomatic Foundations" in lines
    furniture = {"Connect with us", "World", "Published", "on", "runio", "Advertisement", "Trending"}
    assert furniture.isdisjoint(lines)
    assert "Exit mobile version" not in lines
    assert parsed.headline not in lines


def test_seeds_are_english_articles_apart() -> None:
    """Five articles, five identities, all English, all with a signature."""
    parsed = [seed(number) for number in ("000", "001", "002", "003", "004")]
    assert {one.language for one in parsed} == {"en"}
    assert len({one.article_id for one in parsed}) == 5
    assert len({one.content_hash for one in parsed}) == 5
    assert all(one.minhash for one in parsed)


def test_json_fields_become_the_record() -> None:
    """Aliases, nested forms and markup give the fields of ninjs."""
    parsed = article(
        {
            "id": 17,
            "link": "http://www.example.org/talks/?utm_source=feed",
            "title": {"rendered": "Talks &amp; <b>truce</b>"},
            "content": [{"value": f"<p>Talks &amp; truce</p><p>{SENTENCE}</p><script>alert(1)</script>"}],
            "authors": [{"name": "News desk"}, "Wire service"],
            "pubDate": "Tue, 25 Nov 2025 09:00:00 +0100",
            "publisher": {"name": "Example"},
            "lang": "en-GB",
        }
    )
    assert parsed.headline == "Talks & truce"
    assert parsed.headline_source == "given"
    assert parsed.body_text == SENTENCE
    assert parsed.byline == "News desk, Wire service"
    assert parsed.versioncreated == parsed.event_time == datetime(2025, 11, 25, 8, tzinfo=UTC)
    assert parsed.event_time_source == "own"
    assert (parsed.source, parsed.language, parsed.name) == ("Example", "en", "17")


def test_headers_stand_in_for_fields() -> None:
    """URI and name from the record's headers, the source from the URI's host, the time from the arrival."""
    parsed = article(SENTENCE, uri="https://www.example.org/a", name="a.txt")
    assert (parsed.uri, parsed.name, parsed.source) == ("https://www.example.org/a", "a.txt", "example.org")
    assert (parsed.event_time, parsed.event_time_source, parsed.versioncreated) == (ARRIVED, "arrival", None)
    assert (parsed.headline, parsed.headline_source) == (SENTENCE, "derived")


def test_the_same_article_by_other_ways_is_the_same() -> None:
    """Tracking parameters don't change the id; typography and spacing don't change the content hash."""
    first = article(
        {"text": "“Don’t worry,” the minister said on Tuesday.", "url": "http://example.org/a?utm_source=x"}
    )
    second = article(
        {"text": '"Don\'t  worry", the minister\nsaid on Tuesday.', "url": "https://www.example.org/a/"}
    )
    assert first.article_id == second.article_id
    assert first.content_hash == second.content_hash
    assert first.minhash == second.minhash


@pytest.mark.parametrize(
    ("date", "source", "expected"),
    [
        ("2099-01-01", "clamped", ARRIVED),
        ("1970-01-01T00:00:00Z", "own", datetime(1970, 1, 1, tzinfo=UTC)),
        ("2025-11-25T12:03:00Z", "own", datetime(2025, 11, 25, 12, 3, tzinfo=UTC)),
        ("2025-11-25T12:06:00Z", "clamped", ARRIVED),
        ("1945-05-08", "clamped", datetime(1970, 1, 1, tzinfo=UTC)),
        (None, "arrival", ARRIVED),
        ("", "arrival", ARRIVED),
    ],
)
def test_event_time(date: str | None, source: str, expected: datetime) -> None:
    """The own date within what can be; after the arrival, clamped to it."""
    parsed = article({"text": SENTENCE, "published": date})
    assert (parsed.event_time, parsed.event_time_source) == (expected, source)


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        ("\u00a0\u200b\u2003".encode(), "empty"),
        (b"null", "wrong_type"),
        (b"true", "wrong_type"),
        (b"You need to enable JavaScript to run this app.", "too_short"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\0", "not_text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0", "not_text"),
        (bytes(range(256)) * 40, "not_text"),
        (b'{"body_text": "Officials sai', "bad_json"),
        (b'{"a":' * 100_000, "bad_json"),
        (b"[" * 100_000, "bad_json"),
        (b"[1, 2]", "wrong_type"),
        (b"12", "wrong_type"),
        (b'"a string of some words, as JSON"', "wrong_type"),
        (b'{"body_text": 5}', "wrong_type"),
        (b'{"body_text": true}', "wrong_type"),
        (b'{"headline": {"a": 1}, "text": "Officials said that talks resume."}', "wrong_type"),
        (b'{"date": [true], "text": "Officials said that talks resume."}', "wrong_type"),
        (b'{"headline": "Ceasefire agreed in Kyiv on Monday"}', "no_body"),
        (b'{"headline": "Ceasefire agreed", "body_text": "  "}', "no_body"),
        (b"Hi there", "too_short"),
        (b"Advertisement\n\nTrending\n\nExit mobile version", "too_short"),
        (b"a" * 1_000_000, "too_short"),
        (b"x " * 500_001, "too_long"),
        (b"x" * 50_000_000, "too_long"),
        (b'{"date": "2025-02-31", "text": "Officials said that talks resume."}', "bad_date"),
        (b'{"date": "garbage", "text": "Officials said that talks resume."}', "bad_date"),
        (b'{"date": NaN, "text": "Officials said that talks resume."}', "bad_date"),
    ],
)
def test_dead_letters(payload: bytes, expected: str) -> None:
    """What can't become an article is refused for its own reason."""
    assert reason(payload) == expected


def test_dead_letter_says_where_it_came_from() -> None:
    """Position, step, time, the first 64 KiB and the whole size, a message with value, limit, way out."""
    parsed = parse(delivered(b"ab " * 500_000))
    assert isinstance(parsed, Refused)
    letter = parsed.dead_letter
    assert (letter.topic, letter.partition, letter.offset, letter.step) == ("news.raw", 0, 7, "ingest")
    assert (letter.time, letter.size, len(letter.payload)) == (ARRIVED, 1_500_000, 65_536)
    assert letter.message == "text of 1,500,000 bytes, the limit is 1,000,000; send less, or raise the limit"
    assert letter.message == parsed.rejection.message


def test_limits_are_settings() -> None:
    """A smaller limit refuses what the default takes, a lower minimum takes what it refuses."""
    assert reason(SENTENCE, Limits(max_text_bytes=50)) == "too_long"
    assert isinstance(parse(delivered("Hi there"), Limits(min_words=1, min_chars=1)), Article)


def test_an_unexpected_error_is_a_dead_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the program names its exception and stops nothing."""

    def broken(text: str) -> str:
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr(module, "tidy", broken)
    parsed = parse(delivered(SENTENCE))
    assert isinstance(parsed, Refused)
    assert parsed.rejection.reason == "internal_error"
    assert parsed.rejection.message.startswith("ZeroDivisionError: 'a fault'")


@pytest.mark.parametrize(
    "text",
    [
        "BREAKING: Ceasefire agreed in Kyiv",
        "Ceasefire agreed in Kyiv",
        "Talks collapse in Geneva.",
        "GENEVA (Reuters) - Talks on a truce resumed on Monday. Both sides spoke of progress.",
        "停戦合意がキエフで成立したと発表",
        "Investors subscribe to the share offer.",
    ],
)
def test_flashes_survive(text: str) -> None:
    """One line of news is an article."""
    assert article(text).body_text == text


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (f"{SENTENCE}\0".encode(), SENTENCE),
        (f"\u202e{SENTENCE}\u2069\u200b".encode(), SENTENCE),
        (SENTENCE.encode("utf-16"), SENTENCE),
        (SENTENCE.encode("utf-16-le"), SENTENCE),
        (b'{"text": "\\ud800 ' + SENTENCE.encode() + b'"}', f"\ufffd {SENTENCE}"),
        (f"{SENTENCE} {'a' * 900_000}".encode(), SENTENCE),
        (f"<p>{SENTENCE}</p><script>var sanctions = 1</script>".encode(), SENTENCE),
    ],
    ids=["nul", "bidi", "utf-16", "utf-16 unmarked", "surrogate", "endless word", "script"],
)
def test_hostile_but_readable(payload: bytes, expected: str) -> None:
    """What can be read is read, without what makes it hostile."""
    assert article(payload).body_text == expected


@pytest.mark.parametrize(
    "payload",
    [
        ("\u0315\u0300\u05ae\u0300" * 60_000).encode(),
        b"a b\n" * 60_000,
        b"<p " * 100_000,
        b"<p><" * 60_000,
        b" / a" * 100_000,
        b"a - " * 100_000,
        b"&amp;" * 100_000,
        b"<html><body>" + b"<div>" * 100_000,
        b"<html><body>" + b"<a href=x>some link</a>" * 40_000,
        b"By " + b"Aaa-" * 100_000,
    ],
    ids=[
        "marks",
        "lines",
        "open tags",
        "brackets",
        "crumbs",
        "dashes",
        "ampersands",
        "deep",
        "links",
        "names",
    ],
)
def test_no_input_takes_for_ever(payload: bytes) -> None:
    """Each of these makes some naive pattern quadratic: minutes; the bound leaves room for a slow machine."""
    started = time.process_time()
    parse(delivered(payload))
    assert time.process_time() - started < 10


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
KEYS = st.sampled_from(
    ["title", "text", "content", "date", "author", "url", "source", "id", "lang", "body_text"]
)


@settings(deadline=None)
@given(
    st.binary()
    | st.text().map(lambda text: text.encode("utf-8", "surrogatepass"))
    | JSON_VALUES.map(lambda value: json.dumps(value).encode())
    | st.dictionaries(KEYS, JSON_VALUES).map(lambda value: json.dumps(value).encode())
)
def test_any_input_has_an_end(payload: bytes) -> None:
    """Any bytes give an article or a refusal for a known reason, the same each time, no internal error."""
    first, second = parse(delivered(payload)), parse(delivered(payload))
    assert first == second
    if isinstance(first, Refused):
        assert first.rejection.reason in REASONS
        assert first.rejection.reason != "internal_error", first.rejection.message
        assert "\n" not in first.rejection.message
        assert first.dead_letter.payload == payload
    else:
        assert first.body_text.encode()
        assert first.headline
