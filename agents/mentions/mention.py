"""What is told of a mention: its words, its sentence, how it is meant, and a date beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.mentions.claims import claim_of
from agents.mentions.due import due_of
from agents.mentions.sentences import sentence_span
from streams.records import Mention

if TYPE_CHECKING:
    from agents.mentions.text import Text
    from agents.mentions.watch import Watch
    from streams.records import Claim, Field

LOOKED_AT = 1_000
"""Places of a word in one field whose claim is asked for, from the beginning; each takes 0.04 ms, and a
megabyte of one word has 170,000."""


def mention_at(watch: Watch, text: Text, field: Field, start: int, end: int) -> Mention | None:
    """What the watch finds at `start:end`; None where it is meant as something that doesn't count."""
    whole: str = getattr(text, field)
    left, right = sentence_span(whole, start, end)
    sentence = whole[left:right]
    claim = claim_of(sentence, start - left, end - left)
    if watch.claim and claim not in watch.claim:
        return None
    return Mention(
        watch=watch.name,
        text=whole[start:end],
        field=field,
        start=start,
        end=end,
        sentence=sentence,
        claim=claim,
        due=due_of(sentence, start - left, end - left, text.event_time) if watch.clock else None,
    )


def claim_at(whole: str, start: int, end: int) -> Claim:
    """How a text means what stands at `start:end`."""
    left, right = sentence_span(whole, start, end)
    return claim_of(whole[left:right], start - left, end - left)
