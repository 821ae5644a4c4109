"""Each input gets one verdict, and keeps it."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from agents.deduplicate.brokerless import verdicts
from agents.deduplicate.settings import DedupSettings

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import MakeArticle, Step

    from streams.records import Rejection

WORDS = [f"{a}{b}" for a in "bcdfghjklm" for b in ("an", "er", "ist", "on", "ul", "yt", "esk", "ov")]


def _text(seed: int, words: int = 120) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def _edited(text: str, *places: int) -> str:
    words = text.split()
    for place in places:
        words[place] = f"edit{place}x"
    return " ".join(words)


def test_news_is_new(step: Step, article: MakeArticle) -> None:
    """Two unlike texts, each the first of its story."""
    one, two = article(0, _text(0)), article(1, _text(1))
    decisions = step.all([one, two])
    assert [d.verdict.status for d in decisions] == ["new", "new"]
    assert [one.article_id, two.article_id] == [d.verdict.story_id for d in decisions]
    assert [d.verdict.duplicate_of for d in decisions] == [None, None]


def test_the_same_text_is_an_exact_duplicate_under_any_uri(step: Step, article: MakeArticle) -> None:
    """Another URI, none, or its own once more; each names the first article."""
    uris = ["https://a.example/1", "https://b.example/2", None, "https://a.example/1"]
    articles = [article(n, _text(0), uri=uri) for n, uri in enumerate(uris)]
    verdicts_ = [d.verdict for d in step.all(articles)]
    assert ["new", *["exact_duplicate"] * 3] == [v.status for v in verdicts_]
    assert {(articles[0].article_id, articles[0].article_id, "content_hash", 1.0)} == {
        (v.story_id, v.duplicate_of, v.method, v.similarity) for v in verdicts_[1:]
    }


def test_changed_text_under_the_same_uri_is_an_update(step: Step, article: MakeArticle) -> None:
    """Even if nothing of the text is left; the story goes on."""
    uri = "https://a.example/live"
    articles = [article(0, _text(0), uri=uri), article(1, _edited(_text(0), 60), uri=uri)]
    articles.append(article(2, _text(1), uri=uri))
    _, small, whole = (d.verdict for d in step.all(articles))
    assert ("update", "uri", articles[0].article_id) == (small.status, small.method, small.story_id)
    assert small.similarity == 111 / 121
    assert (whole.status, whole.method, whole.similarity) == ("update", "uri", 0.0)


def test_a_copy_of_a_later_update_is_a_copy(step: Step, article: MakeArticle) -> None:
    """The tenth version of a live blog has nothing in common with the first, and can be reprinted."""
    uri = "https://a.example/live"
    inputs = [article(0, _text(0), uri=uri), article(1, _text(1), uri=uri)]
    inputs.append(article(2, _edited(_text(1), 50), uri="https://b.example/x"))
    last = step.all(inputs)[-1].verdict
    assert ("near_duplicate", inputs[0].article_id) == (last.status, last.story_id)


def test_a_text_without_uri_updates_nothing(step: Step, article: MakeArticle) -> None:
    """Its id is that of its text, so a changed one is another article."""
    decisions = step.all([article(0, _text(0)), article(1, _text(1))])
    assert decisions[1].verdict.status == "new"


def test_a_reprint_names_the_nearest_and_says_how(step: Step, article: MakeArticle) -> None:
    """Of two versions the one with fewer edits between; the likeness is there to explain it."""
    first, second = article(0, _text(0)), article(1, _edited(_text(0), 20, 40))
    third = article(2, _edited(_text(0), 20, 40, 60))
    decision = step.all([first, second, third])[-1]
    verdict = decision.verdict
    assert (verdict.status, verdict.method) == ("near_duplicate", "jaccard")
    assert (second.article_id, first.article_id) == (verdict.duplicate_of, verdict.story_id)
    assert decision.likeness is not None
    assert 111 / 121 == verdict.similarity == decision.likeness.jaccard


def test_furniture_around_a_text_is_a_copy_by_containment(step: Step, article: MakeArticle) -> None:
    """The deciding measure is the similarity."""
    page = f"{_text(8, 100)} {_text(0)} {_text(9, 100)}"
    verdict = step.all([article(0, _text(0)), article(1, page)])[-1].verdict
    assert (verdict.status, verdict.method, verdict.similarity) == ("near_duplicate", "containment", 1.0)


def test_a_chain_of_small_edits_does_not_drift(step: Step, article: MakeArticle) -> None:
    """Each is nearly the one before; what has lost more than half of the first begins a story of its own."""
    text = _text(0, 200).split()
    inputs = []
    for version in range(30):
        text[version * 6 : version * 6 + 6] = _text(1000 + version, 6).split()
        inputs.append(article(version, " ".join(text)))
    stories = [d.verdict.story_id for d in step.all(inputs)]
    assert 2 <= len(set(stories)) <= 6
    assert stories[0] == stories[10] != stories[29]


def test_a_redelivery_gets_the_same_verdict(step: Step, article: MakeArticle) -> None:
    """The same position, with another seq or the same one, changes nothing."""
    first = step.all([article(0, _text(0)), article(1, _text(0))])
    size = len(step.memory)
    again = step.all([article(1, _text(0)), article(0, _text(0))])
    assert [first[1].verdict, first[0].verdict] == [d.verdict for d in again]
    assert [(d.redelivered, d.seq) for d in again] == [(True, 1), (True, 0)]
    assert [(d.writes, d.deletes) for d in again] == [({}, []), ({}, [])]
    assert size == len(step.memory)


def test_a_batch_sees_what_it_has_not_yet_written(step: Step, article: MakeArticle) -> None:
    """Copies, updates and re-deliveries within one batch, before anything is in the table."""
    uri = "https://a.example/1"
    inputs = [article(0, _text(0), uri=uri), article(1, _text(0)), article(0, _text(0), uri=uri)]
    inputs += [article(2, _edited(_text(0), 60)), article(3, _edited(_text(0), 30), uri=uri)]
    decisions = [step(parsed) for parsed in inputs]
    statuses = ["new", "exact_duplicate", "new", "near_duplicate", "update"]
    assert statuses == [d.verdict.status for d in decisions]
    assert decisions[2].redelivered


def test_a_rejection_is_remembered(step: Step, rejection: Callable[[int], Rejection]) -> None:
    """By its position only."""
    first, again = step.all([rejection(5), rejection(5)])
    assert (first.verdict.status, first.redelivered, again.redelivered) == ("rejected", False, True)


def test_texts_without_words_are_no_copies_of_each_other(step: Step, article: MakeArticle) -> None:
    """Nothing to compare is no likeness; but the same nothing is the same."""
    decisions = step.all([article(0, "!?", uri="https://a.example/1"), article(1, _text(0))])
    assert [d.verdict.status for d in decisions] == ["new", "new"]


def test_a_signature_of_another_release_is_made_again(step: Step, article: MakeArticle) -> None:
    """An article that waited in the log through an upgrade is judged as any other."""
    import msgspec  # noqa: PLC0415

    old = msgspec.structs.replace(article(1, _edited(_text(0), 60)), minhash=b"1234")
    assert step.all([article(0, _text(0)), old])[-1].verdict.status == "near_duplicate"


def test_articles_leave_after_the_window(step: Step, article: MakeArticle) -> None:
    """By event time: the same text is new again after 72 hours, and a copy before."""
    inputs = [article(n, _text(n), hours=n) for n in range(90)]
    inputs.append(article(90, _text(5), hours=90))
    inputs.append(article(91, _text(40), hours=90))
    decisions = step.all(inputs)
    assert [d.verdict.status for d in decisions[-2:]] == ["new", "exact_duplicate"]


def test_a_late_article_is_judged_and_remembered(step: Step, article: MakeArticle) -> None:
    """Dated before the window, it is a copy of what is remembered, and others are copies of it."""
    inputs = [article(n, _text(n), hours=1000 + n) for n in range(20)]
    inputs += [article(20, _text(3), hours=1), article(21, _text(50), hours=1)]
    inputs.append(article(22, _text(50), hours=1020))
    statuses = [d.verdict.status for d in step.all(inputs)]
    assert statuses[-3:] == ["exact_duplicate", "new", "exact_duplicate"]


def test_wrong_dates_neither_empty_nor_freeze_the_memory(make_step: type[Step], article: MakeArticle) -> None:
    """2099, today in a 2019 archive (clamped or given) and 1970, live and in a replay."""
    for origin in ("live", "replay"):
        step = make_step()
        inputs = [article(n, _text(n), hours=n, origin=origin) for n in range(20)]
        for wrong in (datetime(2099, 1, 1, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC)):
            inputs.append(article(len(inputs), _text(1000 + len(inputs)), at=wrong, origin=origin))
        inputs.append(article(len(inputs), _text(3), hours=20, origin=origin))
        decisions = step.all(inputs)
        assert decisions[-1].verdict.status == "exact_duplicate"
        later = [article(100 + n, _text(2000 + n), hours=120 + n, origin=origin) for n in range(20)]
        later.append(article(200, _text(3), hours=140, origin=origin))
        assert step.all(later)[-1].verdict.status == "new"
        assert 15 <= len(step.memory) <= 21


def test_arrival_times_of_a_replay_do_not_drive_the_clock(step: Step, article: MakeArticle) -> None:
    """A hundred undated articles in an archive have arrived today; the archive's memory stays."""
    inputs = [article(n, _text(n), hours=n) for n in range(20)]
    today = inputs[0].event_time + timedelta(days=2500)
    inputs += [article(100 + n, _text(100 + n), at=today, own=False) for n in range(100)]
    inputs.append(article(300, _text(3), hours=21))
    assert step.all(inputs)[-1].verdict.status == "exact_duplicate"


def test_what_is_dated_after_the_window_is_no_copy_though_the_clock_stands(
    step: Step, article: MakeArticle
) -> None:
    """One article does not move the clock, yet its own date says that the window is over."""
    hours = (100, 20, 171, 242, 316, 317)
    decisions = step.all([article(n, _text(0), hours=hour) for n, hour in enumerate(hours)])
    exact = "exact_duplicate"
    assert [decision.verdict.status for decision in decisions] == ["new", exact, exact, exact, "new", exact]


def test_undated_archives_are_bounded_by_number(make_step: type[Step], article: MakeArticle) -> None:
    """Without any date nothing leaves by time; the table and the memory still stay small."""
    step = make_step(DedupSettings(max_articles=50))
    step.all([article(n, _text(n, 20), own=False) for n in range(120)])
    assert len(step.memory) == 50
    assert len(step.table) <= 51


def test_the_table_loses_what_has_left(make_step: type[Step], article: MakeArticle) -> None:
    """Beyond the articles kept for re-deliveries, as many are deleted as leave; the clock is 40 h late."""
    step = make_step(DedupSettings(redeliveries=20))
    step.all([article(n, _text(n, 20), hours=10 * n) for n in range(100)])
    assert len(step.memory) == 12
    assert len(step.table) == 21


def test_without_a_broker_it_is_the_same(make_step: type[Step], article: MakeArticle) -> None:
    """`verdicts` over a row of articles."""
    inputs = [article(n, _edited(_text(n // 2), n)) for n in range(20)]
    assert [d.verdict for d in make_step().all(inputs)] == list(verdicts(inputs))
