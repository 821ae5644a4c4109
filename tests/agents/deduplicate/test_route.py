"""One record for each judged input, where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from agents.deduplicate.memory import Decision
from agents.deduplicate.route import route
from streams.records import Outcome, Sequenced, Status, Verdict
from streams.topology import OUTCOMES, REPEATS, UNIQUE

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import MakeArticle

    from streams.records import Rejection

JUDGED = [status for status in get_args(Status) if status != "rejected"]
TOPICS = {"new": UNIQUE, "update": UNIQUE, "exact_duplicate": REPEATS, "near_duplicate": REPEATS}


@given(st.sampled_from(JUDGED), st.integers(0, 99), st.integers(0, 99), st.booleans())
def test_an_article_goes_on_unless_another_seq_stands_for_it(
    article: MakeArticle, status: Status, seq: int, first: int, redelivered: bool
) -> None:
    """By its status to the steps behind, without its signature; a second `seq` into the account, marked."""
    given_, verdict = article(3, "some text"), Verdict(status=status, story_id="s")
    emit = route(seq, given_, Decision(verdict, first, redelivered=redelivered))
    assert emit.time == given_.event_time
    if seq == first:
        fields = msgspec.structs.asdict(given_) | {"minhash": b""}
        expected = Sequenced(**fields, seq=seq, verdict=verdict)
        assert (emit.topic, emit.key, emit.value) == (TOPICS[status], given_.article_id, expected)
    else:
        assert isinstance(emit.value, Outcome)
        assert (emit.topic, emit.value.seq, emit.value.redelivered) == (OUTCOMES, seq, True)
        assert (emit.value.verdict, emit.value.status, emit.value.mentions) == (verdict, status, ())


@given(st.integers(0, 99), st.integers(0, 99))
def test_a_rejection_goes_into_the_account_with_its_reason(
    rejection: Callable[[int], Rejection], seq: int, first: int
) -> None:
    """It names no article and no story; its position says where its dead letter comes from."""
    emit = route(seq, rejection(5), Decision(Verdict(status="rejected", story_id=""), first))
    assert isinstance(emit.value, Outcome)
    assert (emit.topic, emit.key, emit.value.seq) == (OUTCOMES, "news.raw/0/5", seq)
    assert (emit.value.reason, emit.value.article_id, emit.value.story_id) == ("empty", None, None)
    assert emit.value.redelivered == (seq != first)
