from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from agents.alerts.facts import MOST_SENTENCES, Facts, facts, told
from agents.alerts.reversal import reversals
from agents.ingest.parse import Delivery, parse
from agents.mentions.match import Matcher
from agents.mentions.watchlist import load
from seeds import DEFAULT_WATCHLIST
from seeds.generate import generate
from streams.records import Article, Change, Claim, Field, Mention, Position

ARRIVED = datetime(2026, 4, 1, tzinfo=UTC)
AGREED = "Kyiv agreed to a truce with Moscow from November 27, after 3 days of talks."
SECOND = "The truce would hold for 30 days, officials in Ankara said."


def said(*sentences: str, claim: Claim = "affirmed", field: Field = "body_text") -> Facts:
    """Of an article with these sentences."""
    return facts(
        [
            Mention(watch="w", text="truce", field=field, start=0, end=1, sentence=text, claim=claim)
            for text in sentences
        ]
    )


def both(one: Facts, other: Facts) -> Facts:
    return Facts((*one.sentences, *other.sentences))


@pytest.mark.parametrize(
    ("after", "what", "gone", "come"),
    [
        (AGREED.replace("3 days", "five days"), "number", "3 days", "5 days"),
        (AGREED.replace("3 days", "3 weeks"), "number", "3 days", "3 weeks"),
        (AGREED.replace("27", "28"), "date", "11-27", "11-28"),
        (AGREED.replace("Moscow", "Minsk"), "entity", "Moscow", "Minsk"),
        (AGREED.replace("with Moscow ", ""), "entity", "Moscow", None),
        (AGREED.replace("Kyiv", "Moldova"), "entity", "Kyiv", "Moldova"),
    ],
)
def test_what_changed_is_said_with_before_and_after(
    after: str, what: str, gone: str | None, come: str | None
) -> None:
    """One fact changed, one change told."""
    (change,) = reversals(said(AGREED, SECOND), said(after, SECOND))
    assert (change.what, change.before, change.after) == (what, gone, come)


def test_a_changed_claim_is_a_change_though_every_fact_stays() -> None:
    """'Rejected' for 'agreed to'."""
    rejected = said(AGREED.replace("agreed to", "rejected"), claim="negated")
    assert reversals(said(AGREED, SECOND), both(rejected, said(SECOND))) == (
        Change(what="claim", before="affirmed", after="negated"),
    )


@pytest.mark.parametrize(
    "copy",
    [
        [AGREED],
        [SECOND, AGREED],
        [AGREED, SECOND, "Earlier, a truce near Sumy had held for 9 days."],
        ["ANKARA, Nov 24 (Reuters) - " + AGREED, SECOND],
        [AGREED.replace("3 days", "three days").replace("November 27", "27 November"), SECOND],
        [AGREED.replace("after", "following"), SECOND.replace("officials", "diplomats")],
    ],
)
def test_a_copy_that_says_the_same_changes_nothing(copy: list[str]) -> None:
    """Shorter, longer, in another order, with a dateline, in the style of another house."""
    assert reversals(said(AGREED, SECOND), said(*copy)) == ()


def on(day: date, sentence: str) -> Facts:
    """Of an article of that day."""
    mention = Mention(watch="w", text="truce", field="body_text", start=0, end=1, sentence=sentence)
    return facts([mention], day=day)


def test_today_answers_the_weekday_that_it_was() -> None:
    """Agencies write the one, papers the other; 'today' for another weekday is a change."""
    monday, text = date(2025, 11, 24), "The truce was signed on {} by both generals."
    weekday = on(monday, text.format("Monday"))
    for day, near in ((monday, "today"), (date(2025, 11, 25), "yesterday")):
        assert reversals(weekday, on(day, text.format(near).replace("on ", ""))) == ()
        assert reversals(on(day, text.format(near).replace("on ", "")), weekday) == ()
    assert reversals(on(monday, text.format("Friday")), on(monday, text.format("today"))) == (
        Change(what="date", before="friday", after=None),
    )
    assert reversals(on(monday, text.format("today")), on(date(2025, 11, 25), text.format("today"))) == ()


@pytest.mark.parametrize("other", ["on November 24", "on Monday, November 24,", "on Monday"])
def test_the_date_answers_the_weekday_that_it_was(other: str) -> None:
    """Either way; another date is a change."""
    monday, text = date(2025, 11, 24), "The truce was signed {} by both generals."
    one = on(monday, text.format("on Monday"))
    assert reversals(one, on(date(2025, 11, 25), text.format(other))) == ()
    assert reversals(on(date(2025, 11, 25), text.format(other)), one) == ()
    assert [item.what for item in reversals(one, on(monday, text.format("on November 25")))] == ["date"]


def test_in_place_of_a_sentence_that_has_gone_another_has_come() -> None:
    """Rewritten so far that no word gives it away."""
    (change,) = reversals(said(AGREED, SECOND), said("Nobody wants any truce now.", SECOND))[:1]
    assert change.what == "number"


def test_a_sentence_added_that_states_the_opposite_is_a_change() -> None:
    """On top of an old text; one that only reports what somebody said is not."""
    added = "Russia has since rejected any truce at all."
    assert reversals(said(AGREED), both(said(added, claim="negated"), said(AGREED))) == (
        Change(what="claim", before="affirmed", after="negated"),
    )
    assert reversals(said(AGREED), both(said(added, claim="attributed"), said(AGREED))) == ()


def test_a_headline_is_held_against_a_headline_that_it_resembles() -> None:
    """Each outlet writes its own."""
    old = both(said("Kyiv agrees truce with Moscow", field="headline"), said(AGREED))
    other = both(said("Five things to know on the truce", field="headline"), said(AGREED))
    assert reversals(old, other) == ()
    turned = both(said("Kyiv agrees truce with Minsk", field="headline"), said(AGREED))
    assert [change.what for change in reversals(old, turned)] == ["entity"]


def test_a_headline_of_its_own_is_a_change_only_if_it_denies() -> None:
    """Another outlet's headline is affirmed by default; a denial is none."""
    body = said("No sanctions were lifted on Monday.", claim="negated")
    plain = both(said("Sanctions reach farmers", field="headline"), body)
    assert reversals(body, plain) == ()
    agreed = said(AGREED)
    denied = both(said("Cabinet turns its back on truce", field="headline", claim="negated"), agreed)
    assert reversals(agreed, denied) == (Change(what="claim", before="affirmed", after="negated"),)


def test_a_headline_that_repeats_what_the_body_has_turned_is_no_second_change() -> None:
    """One change, from what the sentence said before."""
    body = said(AGREED.replace("agreed to", "rejected"), claim="negated")
    above = said("No truce after all", field="headline", claim="negated")
    assert reversals(both(said("A truce is near", field="headline"), said(AGREED)), both(above, body)) == (
        Change(what="claim", before="affirmed", after="negated"),
    )


def test_a_version_that_was_told_is_no_news() -> None:
    """A late reprint of the first version does not ring again, nor does another copy of the second."""
    first, second = said(AGREED, SECOND), said(AGREED.replace("27", "28"), SECOND)
    known = told(first, second)
    assert reversals(first, second) != ()
    assert reversals(known, first) == ()
    assert reversals(known, second) == ()
    assert [change.what for change in reversals(known, said(AGREED.replace("27", "29"), SECOND))] == ["date"]


def test_a_story_that_turns_back_in_other_words_is_told() -> None:
    """What the second version denied holds again: whoever believes the last alert is wrong."""
    first = said(AGREED, SECOND)
    turned = both(said(AGREED.replace("agreed to", "rejected"), claim="negated"), said(SECOND))
    known = told(first, turned)
    again = said(
        "After long talks Kyiv now agreed to a truce with Moscow from November 27, after 3 days.", SECOND
    )
    assert reversals(known, again) == (Change(what="claim", before="negated", after="affirmed"),)
    assert reversals(told(known, again), again) == ()
    assert reversals(told(known, again), first) == ()
    assert reversals(first, again) == ()


def test_a_reprint_of_what_a_story_has_turned_from_is_none() -> None:
    """With a misprint, abridged, in the style of another house: forty of them may come late."""
    first = said(AGREED, SECOND)
    turned = both(said(AGREED.replace("agreed to", "rejected"), claim="negated"), said(SECOND))
    known = told(first, turned)
    for copy in (AGREED, AGREED.replace("talks", "taks"), AGREED.replace("after 3", "following 3")):
        assert reversals(known, said(copy, SECOND)) == ()
        assert reversals(known, said(copy)) == ()


def denied(known: Facts) -> Facts:
    """The same sentences with one word more, and all of it turned."""
    return Facts(
        tuple(
            replace(
                item,
                claims=("negated",) if item.claims != ("negated",) else ("affirmed",),
                words=item.words + b"no",
            )
            for item in known.sentences
        )
    )


def test_no_generated_copy_with_furniture_and_misprints_is_a_change() -> None:
    """Reprints, abridged and extended copies, updates: nothing around their mentions was altered.

    Nor, but for a few, if they come late, when the story has turned.
    """
    matcher = Matcher(load(DEFAULT_WATCHLIST))
    stood: dict[tuple[str, str], Facts] = {}
    compared = late = 0
    for number, article in enumerate(generate(250, seed=5, watch_share=0.5)):
        position = Position(topic="news.raw", partition=0, offset=number)
        payload = f"{article.headline}\n\n{article.text}".encode()
        parsed = parse(
            Delivery(payload=payload, position=position, arrived=ARRIVED, origin="replay", name=article.id)
        )
        assert isinstance(parsed, Article)
        mentions = matcher.match(parsed.headline, parsed.body_text)
        for watch in {mention.watch for mention in mentions}:
            own = [mention for mention in mentions if mention.watch == watch]
            known = stood.setdefault((article.truth.cluster, watch), facts(own, MOST_SENTENCES))
            if article.truth.status in ("near_duplicate", "update"):
                assert reversals(known, facts(own)) == (), (known, facts(own))
                turned = told(known, denied(known))
                late += reversals(turned, facts(own)) != ()
                compared += 1
    assert compared > 50
    assert late <= compared // 40, (late, compared)
