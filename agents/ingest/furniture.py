"""The article without the page around it: headline, byline and body apart, the rest gone.

Inside the article only lines that are certainly furniture go; above and below it, where menus are, short
lines go as well. When in doubt a line stays: a line too many costs little, a sentence lost may be the news.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from agents.ingest.apart import trimmed
from agents.ingest.byline import find_byline
from agents.ingest.comments import without_comments
from agents.ingest.credit import find_credit
from agents.ingest.cut import Cut
from agents.ingest.dateline import find_dateline
from agents.ingest.edges import foot_lines, head_lines
from agents.ingest.flat import unfold
from agents.ingest.headline import SURE_WORDS, find_headline, forms, opening_question
from agents.ingest.lines import Line, key, read_lines
from agents.ingest.region import MOST_LINKS, article_lines, widened
from agents.ingest.site import site_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agents.ingest.cut import Rule

# A breadcrumb or a page's title holds the headline and a few words more.
_TITLE_WORDS = 50
_PATH_WORDS = 8
_LABEL_WORDS = 3
_FEW_LINKS = 2
# Words of three or four headlines; more without an end, where line ends are lost, is a list of things.
_LONG_LINK = 40
# Refrains and slogans come again; a sentence of so many words only where a page shows it twice.
_AGAIN_WORDS = 12
# What goes may leave other lines at the edge; pages take two passes, four at the most.
_MOST_PASSES = 20
_TRAILING_TAGS = re.compile(r"(?<=[.!?…”\"])(?:\s+#[^\W\d]\w*){1,30}\s*$")


class Cleaned(msgspec.Struct, frozen=True):
    """An article apart from its page; `headline` is the one found, None where one was given or none is."""

    body_text: str
    headline: str | None = None
    byline: str | None = None
    dateline: str | None = None
    """As written, without its dash; it stays in `body_text`, since a watch may ask for the place."""
    credit: str | None = None


class _Pass(msgspec.Struct, frozen=True):
    """What one look at the lines found; `fates` has a rule for each line that goes."""

    fates: list[Rule | None]
    headline: str | None
    byline: str | None
    credits: list[str]


def strip_furniture(text: str, headline: str | None = None) -> Cleaned:
    """Headline, byline and body of a tidied text.

    With a headline given, lines that repeat it go and no other is looked for; then the result is
    idempotent: cleaning a cleaned body changes nothing. (Not where line ends are lost: what is left of a
    line may fall into other pieces.)
    """
    return cut_furniture(text, headline)[0]


def cut_furniture(text: str, headline: str | None = None) -> tuple[Cleaned, tuple[Cut, ...]]:
    """As `strip_furniture`, and what went, in the order of the text."""
    pieces = unfold(text)
    numbers = [piece.line for piece in pieces]
    often = Counter(numbers)
    parts = {index for index, number in enumerate(numbers) if often[number] > 1}
    lines: Sequence[Line] = read_lines("\n".join(piece.text for piece in pieces), parts)
    cuts = [
        Cut(number, line.tail_rule, line.tail)
        for line, number in zip(lines, numbers, strict=True)
        if line.tail_rule
    ]
    known, found, byline = headline, None, None
    credits_found = [cut.text.strip("()[]. ") for cut in cuts if cut.rule == "credit"]
    for _ in range(_MOST_PASSES):
        look = _look(lines, known)
        found = found or look.headline
        known = known or found or ""
        byline = byline or look.byline
        credits_found += look.credits
        stays = [index for index, fate in enumerate(look.fates) if fate is None]
        if len(stays) == len(lines):
            break
        cuts += [
            Cut(numbers[index], fate, lines[index].text)
            for index, fate in enumerate(look.fates)
            if fate is not None
        ]
        lines = [lines[index] for index in stays]
        numbers = [numbers[index] for index in stays]
    body = _joined(lines, numbers)
    tags = _TRAILING_TAGS.search(body)
    if tags:
        cuts.append(Cut(numbers[-1], "symbols", tags[0].strip()))
        rest, more = cut_furniture(body[: tags.start()], known)
        last = numbers[-1]
        cuts += [Cut(min(cut.line, last), cut.rule, cut.text) for cut in more]
        body = rest.body_text
        byline = byline or rest.byline
        credits_found += [rest.credit] if rest.credit else []
    cuts.sort(key=lambda cut: cut.line)
    credit = "; ".join(dict.fromkeys(credits_found)) or None
    return Cleaned(body, found, byline, find_dateline(body), credit), tuple(cuts)


def _joined(lines: Sequence[Line], numbers: Sequence[int]) -> str:
    """The body: pieces of one line run on in it."""
    parts: list[str] = []
    for index, line in enumerate(lines):
        if index:
            parts.append(" " if numbers[index] == numbers[index - 1] else "\n")
        parts.append(line.text)
    return "".join(parts)


def _look(lines: Sequence[Line], headline: str | None) -> _Pass:
    fates: list[Rule | None] = [line.rule for line in lines]
    above = without_comments(lines)
    fates[len(above) :] = ["comments"] * (len(lines) - len(above))
    site = site_lines(above)
    title = forms(headline) if headline else forms(above[0].text) if above else set()
    widest = widened(article_lines(above, site), above, title)
    region, apart = trimmed(above, widest, site, title)
    taken, byline = find_byline(above, region.start)
    found = find_headline(above, region.start, taken) if headline is None else None
    if headline is None and (found is None or found.count(" ") + 1 < SURE_WORDS):
        below = opening_question(above, region)
        if below is not None:
            found = above[region.start].text
            region = range(below, region.stop)
            taken, byline = find_byline(above, region.start)
    title = forms(headline or found or "")
    repeating = [index for index, line in enumerate(above) if _repeats(line, title, index < region.start)]
    heading = max((index for index in repeating if index < region.start), default=-1 if headline else None)
    again = {key(line.text) for line in above[region.start : region.stop] if line.kind == "short"}
    wanted = set(head_lines(above, region.start, heading)) | set(foot_lines(above, region))
    # With the list below its last sentence.
    credit = find_credit(above, range(region.start, max((*wanted, region.stop - 1)) + 1))
    # The later ones are surer.
    rules: dict[int, Rule] = _outside(above, region, wanted, again) | _inside(above, region, site)
    rules |= dict.fromkeys(_linked(above, region), "links")
    rules |= apart
    rules |= {index: line.rule for index, line in enumerate(above) if line.rule is not None}
    rules |= dict.fromkeys(repeating, "headline")
    rules |= dict.fromkeys(credit, "credit")
    rules |= dict.fromkeys(taken, "byline")
    for index, rule in rules.items():
        fates[index] = rule
    if all(fate is not None for fate in fates) and repeating:
        # A flash: its headline is all there is of it.
        fates[repeating[0]] = None
    return _Pass(fates, found, byline, list(dict.fromkeys(credit.values())))


def _outside(lines: Sequence[Line], region: range, wanted: set[int], again: set[str]) -> dict[int, Rule]:
    rules: dict[int, Rule] = {}
    for index, line in enumerate(lines):
        if index in region:
            continue
        if index not in wanted:
            rules[index] = "above" if index < region.start else "below"
        elif index < region.start and key(line.text) in again:
            # Headings that come again below are a table of contents.
            rules[index] = "contents"
    return rules


def _inside(lines: Sequence[Line], region: range, site: frozenset[int]) -> dict[int, Rule]:
    rules: dict[int, Rule] = {}
    said: set[str] = set()
    for index in region:
        line = lines[index]
        if _beside_page(lines, index, site):
            rules[index] = "site"
        elif line.words >= _AGAIN_WORDS and line.text in said and _near_page(lines, index):
            rules[index] = "again"
        said.add(line.text)
    return rules


def _repeats(line: Line, title: set[str], above: bool) -> bool:
    if line.words > _TITLE_WORDS:
        return False
    if not title.isdisjoint(forms(line.text)):
        return True
    # 'Home News Business Talks resume in Geneva': a path that lost its arrows.
    return (
        above
        and line.kind != "prose"
        and any(
            key(line.text).endswith(f" {one}") and 0 < line.words - one.count(" ") - 1 <= _PATH_WORDS
            for one in title
            if one.count(" ") >= SURE_WORDS
        )
    )


def _beside_page(lines: Sequence[Line], index: int, site: frozenset[int]) -> bool:
    """Whether a sentence that speaks of the site stands beside a line that is certainly the page's."""
    return index in site and (_near_page(lines, index, 1) or not site.isdisjoint((index - 1, index + 1)))


def _near_page(lines: Sequence[Line], index: int, reach: int = 2) -> bool:
    return any(line.rule is not None for line in lines[max(0, index - reach) : index + reach + 1])


def _linked(lines: Sequence[Line], region: range) -> set[int]:
    """Links to other articles inside the region, below the lines that announce them."""
    found: set[int] = set()
    index = region.start
    while index < region.stop:
        line = lines[index]
        index += 1
        if line.kind == "announces":
            links = _links(lines, range(index, min(region.stop, index + MOST_LINKS)))
            if links > _FEW_LINKS and lines[index].words <= _LABEL_WORDS:
                # Headlines are longer; this is a list of things.
                links = 0
            # The last one is the heading of what follows, unless the line was 'Also read:' with its one link.
            keep_last = links > 1 or not line.text.endswith((":", "：", ">", "»", "▶", "→"))
            stop = index + max(0, links - keep_last)
            found.update(range(index, stop))
            index = stop
    return found


def _links(lines: Sequence[Line], indices: range) -> int:
    count = 0
    for index in indices:
        line = lines[index]
        if line.kind == "prose" or line.sentence or (line.piece and line.words > _LONG_LINK):
            break
        count += 1
    return count
