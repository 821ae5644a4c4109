"""A stream of generated news whose truth is known: what is new, what is a copy of what, what it mentions.

    python -m seeds.generate --articles 5000 --seed 1 --out load.jsonl

One JSON object a line, in the order of publication. Ingest reads the fields of an article and passes over
`truth`. The same seed gives the same bytes on every machine.
"""

from __future__ import annotations

import argparse
import re
import sys
from bisect import bisect_right
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from math import exp
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from seeds.edits import abridge, correct, extend, furnish, misprint, refill, respell, revise, turn
from seeds.prose import OUTLETS, Draft, Sentence, Story, pick

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Kind = Literal[
    "original",
    "exact_copy",
    "reprint",
    "furniture",
    "abridged",
    "extended",
    "corrected",
    "respelt",
    "update",
    "template",
    "rewrite",
    "follow_up",
    "opposite",
]

SHARES: Mapping[Kind, float] = {
    "original": 0.36,
    "exact_copy": 0.10,
    "reprint": 0.10,
    "furniture": 0.05,
    "abridged": 0.05,
    "extended": 0.05,
    "corrected": 0.04,
    "respelt": 0.03,
    "update": 0.05,
    "template": 0.04,
    "rewrite": 0.06,
    "follow_up": 0.05,
    "opposite": 0.02,
}
"""Two in five are copies: agency copy makes up about that much of what general news sites print. Templates
(the same form with other facts), rewrites, follow-ups and opposite claims are to be told from copies."""

START = datetime(2026, 3, 2, 6, tzinfo=UTC)
"""A Monday morning."""

MEDIAN_WORDS, LEAST_WORDS, MOST_WORDS = 400, 250, 700
"""Length of an original, log-normal: a news story, not a brief and not a feature."""

STORIES_REMEMBERED = 8192
"""Stories that can still be copied; at the default rate more than six days of them."""

_STATUS: Mapping[Kind, str] = {
    "original": "new",
    "exact_copy": "exact_duplicate",
    "reprint": "near_duplicate",
    "furniture": "near_duplicate",
    "abridged": "near_duplicate",
    "extended": "near_duplicate",
    "corrected": "near_duplicate",
    "respelt": "near_duplicate",
    "update": "update",
    "template": "new",
    "rewrite": "new",
    "follow_up": "new",
    "opposite": "new",
}
_MEDIAN_DELAY: Mapping[Kind, int] = {
    "original": 0,
    "exact_copy": 30,
    "reprint": 75,
    "furniture": 75,
    "abridged": 120,
    "extended": 180,
    "corrected": 60,
    "respelt": 240,
    "update": 100,
    "template": 1440,
    "rewrite": 150,
    "follow_up": 1080,
    "opposite": 200,
}
"""Minutes after the original."""

_LONGEST_DELAY = timedelta(hours=48)
"""Within the 72 hours for which copies are recognised by default."""


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """What a right answer says of an article."""

    kind: Kind
    derived_from: str | None
    """`id` of the article it copies, changes or tells anew."""
    cluster: str
    """`id` of the first article of its story, as the pipeline should see it: copies, and what denies them."""
    status: str
    watches: list[str]
    """Of the default watchlist, those mentioned in headline or text."""


class GeneratedArticle(msgspec.Struct, frozen=True, kw_only=True):
    """A row as ingest takes it, with the truth beside it."""

    id: str
    uri: str
    headline: str
    text: str
    source: str
    published: datetime
    truth: Truth


class _Printed(NamedTuple):
    """A story as it first came out."""

    id: str
    uri: str
    outlet: str
    story: Story
    draft: Draft


def generate(
    n: int,
    *,
    seed: int,
    shares: Mapping[Kind, float] = SHARES,
    per_hour: float = 120,
    watch_share: float = 0.12,
    start: datetime = START,
) -> Iterator[GeneratedArticle]:
    """`n` articles in the order of publication, the first of them at `start`.

    Args:
        n: how many.
        seed: the same seed gives the same articles.
        shares: weight of each kind; what is left out does not occur. The first article is always an original.
        per_hour: articles published an hour.
        watch_share: chance of a story to mention a given watch.
        start: time of the first.

    Raises:
        ValueError: no kind has a weight, or there is no original to copy from.
    """
    if shares.get("original", 0) <= 0:
        raise ValueError(f"the share of 'original' is {shares.get('original', 0)}; the others derive from it")
    random = Random(seed)
    printed: list[_Printed] = []
    times: list[datetime] = []
    denied: set[str] = set()
    for number in range(n):
        now = start + timedelta(seconds=int((number + random.random() * (number > 0)) * 3600 / per_hour))
        kind = _weighted(random, shares) if printed else "original"
        identity = f"{seed}-{number:06}"
        if kind == "original":
            story = Story(random, watch_share=watch_share)
            parent, draft = None, story.draft(_length(random))
        else:
            parent = _parent(random, kind, now, printed, times)
            if kind == "opposite" and parent.id in denied:
                kind = "exact_copy"  # A second denial would be a copy of the first.
            if kind == "opposite":
                denied.add(parent.id)
            story, draft = parent.story, _derived(random, kind, parent)
        # A series has one outlet, as an updated page has.
        own = parent is not None and kind in ("update", "template")
        outlet = parent.outlet if parent and own else _outlet(random, parent)
        uri = parent.uri if parent and kind == "update" else _uri(outlet, draft.headline, now, number)
        if kind == "original":
            printed.append(_Printed(identity, uri, outlet, story, draft))
            times.append(now)
            if len(printed) > STORIES_REMEMBERED:
                del printed[: STORIES_REMEMBERED // 2], times[: STORIES_REMEMBERED // 2]
        yield GeneratedArticle(
            id=identity,
            uri=uri,
            headline=draft.headline.text,
            text=_text(random, kind, story, draft, outlet),
            source=outlet,
            published=now,
            truth=Truth(
                kind=kind,
                derived_from=parent.id if parent else None,
                cluster=parent.id if parent and (_STATUS[kind] != "new" or kind == "opposite") else identity,
                status=_STATUS[kind],
                watches=draft.watches,
            ),
        )


def _derived(random: Random, kind: Kind, parent: _Printed) -> Draft:
    story, draft = parent.story, parent.draft
    if kind == "update":
        return revise(random, story, draft)
    if kind == "rewrite":
        return story.draft(_length(random))
    if kind == "follow_up":
        told = story.draft(_length(random))
        return told._replace(paragraphs=[*told.paragraphs, [draft.paragraphs[0][0]]])
    if kind == "template":
        return refill(random, draft, story.place)
    if kind == "opposite":
        return turn(draft)
    return draft if kind == "exact_copy" else _copied(random, kind, parent)


def _text(random: Random, kind: Kind, story: Story, draft: Draft, outlet: str) -> str:
    if kind in ("reprint", "furniture"):
        return furnish(random, story, draft, outlet, least=2 * (kind == "furniture"))
    return draft.text


def _copied(random: Random, kind: Kind, parent: _Printed) -> Draft:
    """A copy that is never quite the same, however well its furniture is taken off."""
    if kind == "corrected":
        return correct(random, parent.draft)
    changed = misprint(random, parent.draft, 3 + int(random.random() * 4))
    if kind == "respelt":
        return respell(changed)
    if kind == "abridged":
        return abridge(random, changed)
    if kind == "extended":
        return extend(random, parent.story, changed)
    return changed._replace(headline=parent.story.headline()) if random.random() < 0.5 else changed  # noqa: PLR2004


def _parent(
    random: Random, kind: Kind, now: datetime, printed: Sequence[_Printed], times: Sequence[datetime]
) -> _Printed:
    """The story that came out about as long ago as such a piece takes to follow, or any if none is so old."""
    delay = min(timedelta(minutes=_MEDIAN_DELAY[kind] * exp(0.8 * _bell(random))), _LONGEST_DELAY)
    older = bisect_right(times, now - delay)
    return printed[older - 1] if older else pick(random, printed)


def _weighted(random: Random, shares: Mapping[Kind, float]) -> Kind:
    at = random.random() * sum(shares.values())
    for kind, share in shares.items():
        at -= share
        if at < 0:
            return kind
    return "original"


def _bell(random: Random) -> float:
    """Near enough a standard normal number: twelve uniform ones, less six; exact in every Python."""
    return sum(random.random() for _ in range(12)) - 6


def _length(random: Random) -> int:
    """Words to be reached; a last sentence and three mentions may add 140."""
    return int(min(MOST_WORDS - 140, max(LEAST_WORDS, MEDIAN_WORDS * exp(0.3 * _bell(random)))))


def _outlet(random: Random, parent: _Printed | None) -> str:
    while True:
        outlet = f"{pick(random, OUTLETS[0])} {pick(random, OUTLETS[1])}"
        if parent is None or outlet != parent.outlet:
            return outlet


def _uri(outlet: str, headline: Sentence, now: datetime, number: int) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", headline.text.lower()).strip("-")
    return f"https://www.{outlet.lower().replace(' ', '-')}.example/{now:%Y/%m/%d}/{slug}-{number}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Write generated articles as JSON lines."""
    parser = argparse.ArgumentParser(prog="python -m seeds.generate", description=main.__doc__)
    parser.add_argument("--articles", type=int, required=True, help="how many")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same bytes (default 1)")
    parser.add_argument("--per-hour", type=float, default=120, help="articles an hour (default 120)")
    parser.add_argument("--out", type=Path, help="file to write (default: standard output)")
    options = parser.parse_args(arguments)
    encode = msgspec.json.Encoder().encode
    with options.out.open("wb") if options.out else nullcontext(sys.stdout.buffer) as stream:
        for article in generate(options.articles, seed=options.seed, per_hour=options.per_hour):
            stream.write(encode(article) + b"\n")


if __name__ == "__main__":
    main()
