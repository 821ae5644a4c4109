"""A restart at any moment changes no verdict, and nothing that is remembered."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents.deduplicate.settings import DedupSettings

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import MakeArticle, Step

    from streams.records import Parsed, Rejection

FEW = DedupSettings(redeliveries=12, max_articles=60)
INPUTS = st.lists(
    st.tuples(
        st.integers(0, 5),  # which text; the last two are round-ups of two of the others
        st.integers(0, 2),  # how much of it is changed
        st.sampled_from([None, None, "https://a.example/1", "https://b.example/2"]),
        st.sampled_from([0, 1, 5, 30, 500, 10**6, -(10**5)]),  # hours from the last
        st.booleans(),  # its own date
        st.sampled_from(["article", "article", "article", "rejection", "again"]),
    ),
    max_size=80,
)
LAST = 3
WORDS = [f"{a}{b}" for a in "bcdfghjklm" for b in ("an", "er", "ist", "on", "ul", "yt")]


def _text(which: int, edits: int) -> str:
    if which > LAST:
        return f"{_text(which - LAST - 1, edits)} {_text(which - LAST, edits)}"
    words = random.Random(which).choices(WORDS, k=80)
    for edit in range(edits):
        words[edit * 9] = f"edit{edit}"
    return " ".join(words)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    INPUTS,
    st.lists(st.sampled_from(["go on", "go on", "commit", "restart", "crash"]), min_size=80, max_size=80),
)
def test_as_if_there_had_been_none(
    make_step: type[Step],
    article: MakeArticle,
    rejection: Callable[[int], Rejection],
    inputs: list[tuple[int, int, str | None, int, bool, str]],
    events: list[str],
) -> None:
    """Against a step that never stops. A crash loses what waits, and the log delivers it again."""
    log: list[Parsed] = []
    hours = 1000
    for offset, (which, edits, uri, after, own, kind) in enumerate(inputs):
        if kind == "rejection":
            log.append(rejection(offset))
        elif kind == "again" and log:
            log.append(log[-1])
        else:
            text = _text(which, edits)
            log.append(
                article(
                    offset, text, uri=uri, hours=(hours + after) % 10**7, own=own, source=f"o{offset % 4}"
                )
            )
            hours += after if abs(after) < 100 else 0
    whole, broken = make_step(FEW), make_step(FEW)
    expected = whole.all(log)
    seq = done = 0
    for event in events:
        if seq == len(log):
            break
        assert expected[seq] == broken(log[seq], seq)
        seq += 1
        if event in ("commit", "restart"):
            broken.commit()
            done = seq
        if event == "restart":
            broken.restart()
        if event == "crash":
            broken.restart()
            seq = done
    for seq in range(seq, len(log)):  # noqa: B020
        assert expected[seq] == broken(log[seq], seq)
    broken.commit()
    assert whole.table == broken.table
    assert len(whole.memory) == len(broken.memory)
