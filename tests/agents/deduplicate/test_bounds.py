"""Whatever comes, memory and table hold no more than the window and what is kept for re-deliveries."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from agents.deduplicate.remembered import decode_member
from agents.deduplicate.settings import DedupSettings
from agents.deduplicate.stories import PREFIX

if TYPE_CHECKING:
    from conftest import MakeArticle, Step

KEPT = 12
"""For re-deliveries."""
MOST = 40
HOURS = st.sampled_from([0, 0.1, 1, 5, 30, 100, -1, -50, -(10**5)])


def _text(which: int) -> str:
    return " ".join(f"w{word}" for word in random.Random(which).choices(range(500), k=60))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), HOURS, st.booleans()), max_size=150))
def test_table_and_memory_are_bounded(
    make_step: type[Step], article: MakeArticle, news: list[tuple[int, float, bool]]
) -> None:
    """Undated articles and wrong dates among them; each story in the table has an article there."""
    step = make_step(DedupSettings(redeliveries=KEPT, max_articles=MOST))
    hours = 1_000_000.0
    for offset, (which, after, own) in enumerate(news):
        step.all([article(offset, _text(which), hours=hours + after, own=own)])
        hours += after if abs(after) < 100 else 0
        inputs = {key: value for key, value in step.table.items() if not key.startswith(PREFIX)}
        stories = {key.removeprefix(PREFIX) for key in step.table.keys() - inputs.keys()}
        assert len(step.memory) <= len(inputs) == step.memory.kept <= MOST
        assert stories <= {decode_member(value).verdict.story_id for value in inputs.values()}


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.floats(0.01, 20))
def test_the_window_is_all_that_stays(
    make_step: type[Step], article: MakeArticle, seed: int, apart: float
) -> None:
    """Evenly dated news: as many are remembered as come in a window, the table has the last few more."""
    chance = random.Random(seed)
    step = make_step(DedupSettings(redeliveries=KEPT))
    window = 72 / apart
    for number in range(60):
        step.all([article(number, _text(chance.randrange(10**6)), hours=number * apart)])
    # The clock is the median of nine dates: it lies four articles back.
    assert len(step.memory) <= window + 5 + 1
    assert step.memory.kept <= max(window + 5, KEPT) + 1 + 1
