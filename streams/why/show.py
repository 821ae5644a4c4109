"""An explanation as an operator reads it at night: the deciding lines, then the path, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from agents.mentions.telling import MOST_SENTENCES, telling
from streams.subscribe.clean import clean
from streams.subscribe.show import highlighted
from streams.why.verdict import facts, why_not

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from streams.records import Coverage, Mention
    from streams.why.explanation import Explanation, Sent
    from streams.why.find import Version

LABEL = 11
"""Columns before the first word of a step."""
MOST_ENTITIES = 10
MOST_SILENT = 20
"""Watches that did not match, told one by one; the rest are counted."""


_SAID = ("byline", "dateline", "credit")
"""What the text says of its making."""


def lines(explanation: Explanation, *, colours: bool) -> Iterator[Text]:
    """The explanation, line by line, without control characters or markup from the texts."""
    for answer in explanation.answers:
        yield Text(clean(answer), style="bold")
    for label, told in _steps(explanation, _watches(explanation, colours=colours)):
        for number, line in enumerate(told):
            text = Text((label if number == 0 else "").ljust(LABEL), style="bold")
            yield text.append_text(line if isinstance(line, Text) else Text(clean(line), style="not bold"))


class Line(NamedTuple):
    """A line of a step."""

    text: str
    under: bool
    """Whether it belongs to the line before."""


def steps(explanation: Explanation) -> dict[str, list[Line]]:
    """The lines of each step by its label; of the watches only by which list they are explained."""
    return {
        label: [Line(clean(line), line.startswith("  ")) for line in map(str, told)]
        for label, told in _steps(explanation, _by(explanation))
    }


def _steps(one: Explanation, watches: Iterable[str | Text]) -> Iterator[tuple[str, Iterable[str | Text]]]:
    """What each step has to tell, in the order of the pipeline."""
    yield "input", _input(one)
    yield "parsed", _parsed(one)
    yield "verdict", _verdict(one)
    yield "story", _story(one)
    yield "entities", _entities(one)
    yield "watches", watches
    yield "alerts", _alerts(one)
    yield "records", _records(one)


def short(version: Version) -> str:
    """One line: place, status, and what it mentions."""
    outcome = version.outcome
    if outcome is None:
        return f"seq {version.seq} on its way"
    named = dict.fromkeys(mention.watch for mention in outcome.mentions)
    told = f"mentions {', '.join(named)}" if named else outcome.reason or "mentions nothing"
    return clean(f"seq {version.seq} {outcome.status} {_time(outcome.event_time)} {told}")


def _time(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M:%S}Z"


def _input(one: Explanation) -> Iterator[str]:
    at = one.position
    arrived = f", arrived {_time(one.arrived)}" if one.arrived else ""
    origin = f", {one.origin}" if one.origin else ""
    yield f"{at.topic}:{at.partition}:{at.offset}{arrived}{origin}; seq {one.seq}"
    if one.redelivered:
        again = ", ".join(map(str, one.redelivered))
        yield f"came again after a crash, as seq {again}, which counts for nothing"


def _parsed(one: Explanation) -> Iterator[str]:
    if one.refused:
        yield f"refused: {one.refused.reason}"
        yield one.refused.message or "the dead letter is no longer on its topic"
        if one.refused.begins is not None:
            yield f"{one.refused.size:,} bytes: {one.refused.begins or '(nothing)'}"
    if one.read:
        found = f" ({one.read.headline_source})" if one.read.headline_source else ""
        yield f"'{one.read.headline}'{found}"
        yield f"article {one.article_id}"
        named = (one.read.uri, f"name {one.read.name}" if one.read.name else None, one.read.source)
        yield ", ".join(filter(None, named)) or "without URI, name and source"
        length = (
            f"{one.read.characters:,} characters" if one.read.characters is not None else "the text is gone"
        )
        source = f" ({one.read.event_time_source})" if one.read.event_time_source else ""
        yield f"language {one.read.language}, {length}, event time {_time(one.read.event_time)}{source}"
        said = [f"{name} {value}" for name in _SAID if (value := getattr(one.read, name))]
        if said:
            yield "; ".join(said)
        if one.read.cut:
            rules = ", ".join(f"{rule} {count:,}" for rule, count in one.read.cut.items())
            total = sum(one.read.cut.values())
            yield f"cleaning cut {total:,} lines ({rules}); 'newswatch clean FILE' shows them"


def _verdict(one: Explanation) -> Iterator[str]:
    if one.verdict is None:
        return
    score = one.verdict.similarity
    how = f" by {one.verdict.method} {score:.3f}" if score is not None else ""
    yield f"{one.verdict.status}{how}, story {one.verdict.story_id}"
    if other := one.duplicate_of:
        place = f"seq {other.seq}: '{other.headline}'" if other.seq is not None else "no longer on the topics"
        yield f"of {other.article_id}, {place}"
        if other.uri or other.name:
            yield f"{other.uri or other.name}"
    told, near = one.verdict.compared, one.nearest
    if told:
        yield f"compared with {told.article_id}: jaccard {told.jaccard:.3f}, contained {told.containment:.3f}"
        yield from facts(told)
        if told.turned_down:
            yield f"no copy: {why_not(told.turned_down)}"
    if near and not (told and near.article_id == told.article_id):
        yield f"nearest before, not near enough: jaccard {near.jaccard:.3f}, contained {near.containment:.3f}"
        yield near.reason
    if near:
        yield f"seq {near.seq}: '{near.headline}' {near.uri or near.article_id}"
    elif one.status == "new" and not told:
        yield "nothing before it that is left on the topics shares words with it"


def _story(one: Explanation) -> Iterator[str]:
    if one.verdict is None:
        return
    story = one.story
    if story is None:
        alone = one.status == "new"
        yield "it is the only article so far" if alone else "its record is no longer on news.stories"
        return
    if story.story_id == one.article_id and one.status == "new":
        yield "it is the first article"
    else:
        yield f"first article {story.story_id}, seq {story.first_seq}: '{story.headline}'"
        if where := ", ".join(filter(None, (story.source, story.uri))):
            yield where
    span = f", from {_time(story.first_time)}" if story.first_time else ""
    span += f" to {_time(story.last_time)}" if story.last_time else ""
    yield f"{_coverage(story.coverage)}{span}"
    if story.outlets:
        more = story.coverage.outlets - len(story.outlets)
        yield f"outlets: {', '.join(story.outlets)}{f' and {more} more' if more > 0 else ''}"
    for link in story.links:
        yield f"shares article {link.article_id}, seq {link.seq}, with story {link.story_id}"


def _entities(one: Explanation) -> Iterator[str]:
    if one.entities_error:
        yield f"none: {one.entities_error}"
    elif one.entities:
        named = [f"{item.canonical} {item.label} ×{item.count}" for item in one.entities[:MOST_ENTITIES]]
        more = len(one.entities) - MOST_ENTITIES
        yield ", ".join(named) + (f" and {more} more" if more > 0 else "")
    elif one.verdict and one.verdict.status in ("exact_duplicate", "near_duplicate"):
        yield "not looked for in a copy; its alerts carry those of the first article"
    elif one.verdict:
        yield "none found" if one.model else "not known"
    yield from _names(one)
    if one.model:
        yield f"by {one.model.name} {one.model.version}"


def _names(one: Explanation) -> Iterator[str]:
    """Names that are written otherwise than what they mean, and who says so."""
    for by, who in (("text", "the article says"), ("table", "the table says")):
        told = [f"'{item.text}' is {item.canonical}" for item in one.called if item.by == by]
        if told:
            more = f" and {len(told) - MOST_ENTITIES} more" if len(told) > MOST_ENTITIES else ""
            yield f"{who}: {'; '.join(told[:MOST_ENTITIES])}{more}"
    for item in one.learnt:
        yield (
            f"learnt: '{item.alias}' is {item.canonical}, as {item.stories} stories of {item.outlets} "
            f"outlets explain it:"
        )
        for evidence in item.evidence:
            yield f"  {evidence.article_id} {evidence.source or 'no source'}"


def _by(one: Explanation) -> Iterator[str]:
    if not one.watches:
        return
    if one.decided_by:
        which = "the one that explains it here" if one.same_watchlist else "another one than explains it here"
        yield f"decided by watchlist version {one.decided_by}, {which}"
    yield f"as today's watchlist explains it ({one.watchlist})"


def _watches(one: Explanation, *, colours: bool) -> Iterator[str | Text]:
    yield from _by(one)
    silent = 0
    for judged in one.watches:
        close = judged.clause is not None and judged.clause.decided in ("claim", "scope")
        if not (judged.mentioned or judged.reason or judged.differs or close):
            silent += 1
            if silent > MOST_SILENT:
                continue
        clause = judged.clause
        yield f"{judged.watch}: {clause.reason if clause else 'matched' if judged.mentioned else 'not known'}"
        for sentence in _sentences(clause.mentions if clause else (), colours=colours):
            yield Text("  ", style="not bold").append_text(sentence)
        if judged.differs:
            yield Text(f"  differs: {clean(judged.differs)}", style="not bold")
    if silent > MOST_SILENT:
        yield f"and {silent - MOST_SILENT:,} more that did not match; name one to see why"


def _sentences(mentions: Sequence[Mention], *, colours: bool) -> Iterator[Text]:
    found: dict[str, dict[str, str]] = {}
    for mention in mentions:
        note = mention.claim + (f", due {mention.due}" if mention.due else "")
        found.setdefault(clean(mention.sentence), {}).setdefault(clean(mention.text), note)
    for sentence in telling(found):
        terms = found[sentence]
        notes = "; ".join(f"{term}: {note}" for term, note in terms.items())
        notes = next(iter(terms.values())) if len(set(terms.values())) == 1 else notes
        yield highlighted(sentence, set(terms), colours=colours).append(f" ({notes})", style="italic")
    if len(found) > MOST_SENTENCES:
        yield Text(f"and {len(found) - MOST_SENTENCES} more sentences")


def _alerts(one: Explanation) -> Iterator[str | Text]:
    for judged in one.watches:
        if not (judged.reason or judged.alert):
            continue
        sent = judged.alert
        under = f"alert {sent.alert_id}" if sent else ""
        held = f"{judged.reason}{', under ' if sent else ''}" if judged.reason else ""
        yield f"{judged.watch}: {held}{under}"
        if sent:
            yield Text(f"  {clean(_about(sent))}", style="not bold")
        if judged.webhook:
            yield Text(f"  webhook: {clean(judged.webhook)}", style="not bold")
        for line in judged.deadlines:
            yield Text(f"  {clean(line)}", style="not bold")


def _about(sent: Sent) -> str:
    if sent.coverage is None:
        return "the alert is no longer on its topic"
    later = sent.revisions - 1 - sent.revision
    more = f" ({later} later)" if later > 0 else ""
    return f"as sent in revision {sent.revision}{more}: {_coverage(sent.coverage)}"


def _coverage(found: Coverage) -> str:
    first = f", {found.first_outlet} first" if found.first_outlet else ""
    articles = f"{found.articles} article{'s' if found.articles != 1 else ''}"
    return f"{articles}, {found.outlets} outlet{'s' if found.outlets != 1 else ''}{first}"


def _records(one: Explanation) -> Iterator[str]:
    for _, where in one.records:
        yield where
