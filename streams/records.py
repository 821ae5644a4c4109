"""The records on the wire: what each topic carries, as frozen msgspec structs.

One JSON object a message. Field names follow IPTC ninjs where it has one (`uri`, `headline`,
`byline`, `body_text`, `versioncreated`, `language`, `source`). Times are RFC 3339 in UTC. Offsets are
Unicode code points into `body_text` or `headline` as emitted; spans are half-open.
"""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  msgspec resolves annotations at run time
from typing import Literal

import msgspec

SCHEMA_VERSION = 1
"""Raised when a field changes its meaning; a reader refuses a higher version than its own."""

Origin = Literal["live", "replay"]
Status = Literal["rejected", "new", "exact_duplicate", "near_duplicate", "update"]
Severity = Literal["info", "warning", "critical"]
Field = Literal["headline", "body_text"]
Claim = Literal["affirmed", "negated", "hypothetical", "attributed"]
"""How a mention is meant: 'the truce holds', 'rejected a truce', 'if a truce is signed', 'Moscow said the
truce holds'."""
Stage = Literal["live", "shadow"]
EventTimeSource = Literal["own", "arrival", "clamped"]
"""`own`: the article's date; `arrival`: it had none; `clamped`: its date lay after its arrival, or
before 1970, which no Kafka timestamp says."""
HeadlineSource = Literal["given", "found", "derived"]
"""`given`: a field of its own; `found`: a line of the text, taken out of it; `derived`: the first sentence,
which stays in the body, so nothing is looked for in such a headline."""
Eviction = Literal["window", "limit"]
"""Why an article is remembered no more: for its age, or since there are as many as may be."""
Lost = Literal["refused", "given_up", "expired", "unreadable"]
"""Why an alert is not delivered. `refused`: by the receiver, for good; `given_up`: not taken in time;
`expired`: too old to be tried; `unreadable`: no alert."""


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """Where an input was read: the identity of a delivery, the same each time it is delivered again."""

    topic: str
    partition: int
    offset: int


class Article(msgspec.Struct, frozen=True, kw_only=True, tag="article"):
    """`news.articles`: an input that could be read, cleaned and identified.

    `article_id` is 128-bit BLAKE2b (32 hex digits) of the canonical URI, or of the normalised text
    where there is no URI; `content_hash` the same of the normalised body.
    """

    article_id: str
    content_hash: str
    headline: str
    headline_source: HeadlineSource
    body_text: str
    language: str
    """ISO 639-1, or `und` where nobody can tell."""
    uri: str | None = None
    name: str | None = None
    """What its producer calls it: a file's name, a row's `id`. No part of its identity."""
    byline: str | None = None
    dateline: str | None = None
    """Where, when and for whom it was written, as the text begins: 'KYIV, Nov 24 (Reuters)'. It stays in
    `body_text`."""
    credit: str | None = None
    """Who else reported or edited it, whose it or its picture is, as the text says; not in `body_text`."""
    cut: dict[str, int] = {}
    """Lines that cleaning took out, by rule; `newswatch clean` shows them."""
    source: str | None = None
    """The outlet: as given, else the host of `uri` without `www.`."""
    versioncreated: datetime | None = None
    """The article's own date, as given; `event_time` is what the program reckons with."""
    event_time: datetime
    event_time_source: EventTimeSource
    arrived: datetime
    origin: Origin
    position: Position
    minhash: bytes = b""
    """MinHash signature of the body's word shingles: little-endian uint32; base64 on the wire."""
    schema: int = SCHEMA_VERSION


class Rejection(msgspec.Struct, frozen=True, kw_only=True, tag="rejection"):
    """`news.articles`: an input that became a dead letter; it keeps its place in the order."""

    reason: str
    message: str
    event_time: datetime
    arrived: datetime
    origin: Origin
    position: Position
    schema: int = SCHEMA_VERSION


Parsed = Article | Rejection


class DeadLetter(msgspec.Struct, frozen=True, kw_only=True):
    """`news.dead-letters`: what was refused, why, where it came from, and its first bytes."""

    reason: str
    message: str
    step: str
    topic: str
    partition: int
    offset: int
    time: datetime
    payload: bytes
    """The first 64 KiB of the input; base64 on the wire."""
    size: int
    """Bytes in the whole input."""
    schema: int = SCHEMA_VERSION


TurnedDown = Literal["template", "opposite", "same_source", "drift", "too_short", "too_long", "apart"]
"""Why an article that is like an earlier one is no copy of it."""


class Compared(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An article held against the nearest earlier one; of numbers and names the first ten, as written."""

    article_id: str
    """Of the earlier one."""
    jaccard: float
    """Five-word shingles in both / in either, 0 to 1."""
    containment: float
    """Shingles in both / those of the shorter text."""
    shared_numbers: tuple[str, ...] = ()
    numbers_here: tuple[str, ...] = ()
    """In this article only."""
    numbers_there: tuple[str, ...] = ()
    """In the earlier one only."""
    names_here: tuple[str, ...] = ()
    """Capitalised words in this article only."""
    names_there: tuple[str, ...] = ()
    turned_down: TurnedDown | None = None
    """Why this is no copy; None where it is one."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """Is this article new, or a copy of which?"""

    status: Status
    story_id: str
    """`article_id` of the first article of the cluster."""
    duplicate_of: str | None = None
    """`article_id` of the nearest earlier article, the one compared with; None for a new one."""
    method: str | None = None
    """`content_hash`, `jaccard`, `containment`, `words` or `uri`; None for a new one."""
    similarity: float | None = None
    """The deciding measure, 0 to 1; None for a new one."""
    compared: Compared | None = None
    """With the nearest earlier article; None where nothing came near, or the text is the same."""
    joins: tuple[str, ...] = ()
    """`story_id` of other stories that it is a copy of as well, or the article that it copies: a round-up, or
    the whole of what two others had in part. It belongs to the nearest; the stories stay apart."""


class Sequenced(Article, frozen=True, kw_only=True, tag="sequenced"):
    """`news.unique` and `news.repeats`: an article with its place and its verdict."""

    seq: int
    """Offset in `news.articles`: the order of the news."""
    verdict: Verdict


By = Literal["table", "text", "learnt", "none"]
"""What says whom a name means. `table`: the table of names; `text`: the article, by a fuller name; `learnt`:
other articles, by what they explain; `none`: nobody, so that the name stands for itself."""


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """A name in `body_text`, and whom or what it means."""

    text: str
    label: str
    start: int
    end: int
    canonical: str
    canonical_id: str
    by: By = "none"


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """A short name and the full one that an article uses for it: evidence for others that don't say."""

    alias: str
    canonical: str
    canonical_id: str
    label: str
    used: bool = True
    """Whether the article uses the short name; one that names somebody who bears it only speaks against
    another meaning."""


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """An article that explains a short name."""

    article_id: str
    story_id: str
    source: str | None = None


class Learnt(msgspec.Struct, frozen=True, kw_only=True):
    """A short name that an article did not explain, and what others say it means."""

    alias: str
    canonical: str
    canonical_id: str
    label: str
    stories: int
    """That explain it so; copies are none."""
    outlets: int
    evidence: tuple[Evidence, ...]
    """The first article of each story, ten at most."""


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """The spaCy pipeline that found the entities."""

    name: str
    version: str


class Enriched(Sequenced, frozen=True, kw_only=True, tag="enriched"):
    """`news.enriched`: an article with its entities, or with the reason why it has none."""

    entities: tuple[Entity, ...] = ()
    model: Model | None = None
    entities_error: str | None = None


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A watched term in an article."""

    watch: str
    text: str
    field: Field
    start: int
    end: int
    sentence: str
    claim: Claim = "affirmed"
    due: str | None = None
    """Of a watch with `clock`, the date beside it: `YYYY-MM-DD` is that whole day (UTC), with a time of day
    RFC 3339 in UTC, as 2025-11-27T12:00:00Z."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True, tag="outcome"):
    """`news.outcomes`: the account book, one for each `seq`."""

    seq: int
    status: Status
    position: Position
    event_time: datetime
    event_time_source: EventTimeSource | None = None
    """None for a rejection, which has no date."""
    arrived: datetime
    origin: Origin
    redelivered: bool = False
    """The input came a second time after a crash: its first outcome counts, this one only fills `seq`."""
    article_id: str | None = None
    story_id: str | None = None
    verdict: Verdict | None = None
    headline: str | None = None
    uri: str | None = None
    name: str | None = None
    source: str | None = None
    language: str | None = None
    reason: str | None = None
    """Why it was rejected."""
    mentions: tuple[Mention, ...] = ()
    out_of_scope: tuple[str, ...] = ()
    """Watches whose words are there, but whose scope leaves the article out for its language or source."""
    entities: tuple[Entity, ...] = ()
    """Those of an article with mentions or out of a scope; its alerts carry them, and scopes ask for them."""
    asked_for: tuple[str, ...] = ()
    """What scopes ask for as entities and the article names, as written there, whatever it mentions."""
    explained: tuple[Explained, ...] = ()
    """Short names that the article explains, whatever it mentions."""
    model: Model | None = None
    entities_error: str | None = None
    mentions_error: str | None = None
    watchlist: str | None = None
    """Version of the watchlist that decided; None where none was asked, as for a rejection."""
    schema: int = SCHEMA_VERSION


class Start(msgspec.Struct, frozen=True, kw_only=True, tag="start"):
    """`news.outcomes`: the account begins at `seq`; the first record of an edition's life."""

    seq: int
    schema: int = SCHEMA_VERSION


class Tick(msgspec.Struct, frozen=True, kw_only=True, tag="tick"):
    """`news.outcomes`: the wall clock.

    Sent while outcomes wait for a gap in `seq` to close, and where news is live when a deadline's moment has
    come.
    """

    time: datetime
    schema: int = SCHEMA_VERSION


class Silence(msgspec.Struct, frozen=True, kw_only=True, tag="silence"):
    """`news.outcomes` and `silences`: what not to alert for, and why.

    All of watch, source, entity and story that are given must fit.
    """

    silence_id: str
    reason: str
    created: datetime
    until: datetime
    """Event time of the first article that it no longer holds for."""
    seq: int
    """`seq` of the first article that it holds for: the next one when it was asked for."""
    watch: str | None = None
    """Name; `*` is anything."""
    source: str | None = None
    """Outlet; `*` is anything."""
    entity: str | None = None
    """Canonical name or id, in any case."""
    story: str | None = None
    """`story_id`."""
    expired: bool = False
    """Ended before its time."""
    schema: int = SCHEMA_VERSION


Entry = Outcome | Start | Tick | Silence
"""What `news.outcomes` carries."""


class AlertEntity(msgspec.Struct, frozen=True, kw_only=True):
    """Whom or what an alert's article names, once each."""

    canonical: str
    canonical_id: str
    label: str
    count: int
    """How often the article names it."""


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """How far a story has spread: the articles that fall under one alert, its own among them."""

    articles: int = 1
    outlets: int = 0
    """Distinct sources, 255 at most; an article without a source is no outlet, since nobody can tell whether
    it is another one."""
    first_outlet: str | None = None
    minutes_to_3: int | None = None
    """Event time from the first article to the third outlet in whole minutes; None before there are three."""
    minutes_to_10: int | None = None
    minutes_to_30: int | None = None


ChangeKind = Literal["coverage", "watch", "change", "deadline"]
"""Why an alert is sent again. `coverage`: the 3rd, 10th or 30th outlet; `watch`: another watch alerts for the
story; `change`: what is said has changed; `deadline`: it comes nearer, or has passed."""
Left = Literal["24h", "1h", "passed"]
"""How near a deadline is. Of a day it is 24 hours and one hour to when the day begins, and `passed` when it
is over: nobody is told too late that it comes, nor too early that it was."""


SuppressedReason = Literal["duplicate", "cooldown", "silence", "inhibited", "shadow", "out_of_scope"]
"""Why a watched term raised nothing. `duplicate`: a copy that changes nothing; `cooldown`: told too recently;
`silence`: an operator asked for it; `inhibited`: a critical watch has the story; `shadow`: the watch is on
trial, and the alert is on `alerts.shadow`; `out_of_scope`: the words are there, but language or source is not
the watch's, or no entity is named that it asks for."""


class Change(msgspec.Struct, frozen=True, kw_only=True, rename={"before": "from", "after": "to"}):
    """What has changed since an alert was last sent, and from what to what."""

    what: Literal["claim", "number", "date", "entity", "coverage", "watch", "deadline"]
    before: str | None
    after: str | None


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """That what a watch with `clock` has found to be due comes near, or is over."""

    due: str
    """As mentions have it."""
    left: Left
    alerts: tuple[str, ...]
    """`alert_id` of each story that speaks of it, the first fifty."""


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """`alerts` and `alerts.<watch>`: a watched term in a story; sent again only when something changed.

    The newest revision of an `alert_id` is its state: the article that changed it, and the coverage so far.

    One with a `deadline` is of a watch and a date, whatever stories speak of it. It shows the first article
    that did, `event_time` is the moment it tells of, and `coverage` counts the articles that named the date.
    """

    alert_id: str
    """128-bit BLAKE2b (hex) of watch, story and the article's own date, or of watch and deadline: a replay
    gives the same ids again."""
    revision: int = 0
    """From 0; a later one is the same alert, sent again."""
    change: ChangeKind | None = None
    """Why it was sent again, the weightiest reason; None for revision 0."""
    changes: tuple[Change, ...] = ()
    coverage: Coverage = Coverage()
    suppressed: dict[SuppressedReason, int] = {}
    """Entries of the ledger for this watch since its last alert or revision, by reason."""
    deadline: Deadline | None = None
    stage: Stage = "live"
    watch: str
    severity: Severity
    runbook_url: str | None = None
    """What to do about it, as the watch has it."""
    article_id: str
    story_id: str
    headline: str
    uri: str | None = None
    name: str | None = None
    source: str | None = None
    event_time: datetime
    arrived: datetime
    detected_at: datetime
    """Wall clock of the worker; the only field that differs between two runs of one replay."""
    mentions: tuple[Mention, ...]
    entities: tuple[AlertEntity, ...] = ()
    learnt: tuple[Learnt, ...] = ()
    """Short names of the article that were taken for what others say they mean."""
    entities_error: str | None = None
    model: Model | None = None
    origin: Origin
    seq: int
    schema: int = SCHEMA_VERSION


class StoryLink(msgspec.Struct, frozen=True, kw_only=True):
    """Another story of which an article is a copy as well."""

    story_id: str
    article_id: str
    """The article, which belongs to one of the two."""
    seq: int


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """`news.stories`: a story of more than one article, or linked with another, each time that one comes.

    The newest record of a `story_id` is its state. A story of one article has none: its outcome says all.
    """

    story_id: str
    """`article_id` of the first article."""
    headline: str
    """Of the first article, 200 characters at most; so are `uri` and `source`."""
    uri: str | None = None
    source: str | None = None
    coverage: Coverage
    """All of its articles, whether a watch mentions them or not; a new version is one more."""
    outlets: tuple[str, ...] = ()
    """Distinct sources as written, in the order they came, 20 at most."""
    first_time: datetime | None = None
    """Earliest event time, of the articles whose date tells the time; None where none's does."""
    last_time: datetime | None = None
    first_seq: int
    seq: int
    """Of the last article."""
    article_id: str
    """The last article."""
    links: tuple[StoryLink, ...] = ()
    """Stories that share an article with it, 20 at most."""
    schema: int = SCHEMA_VERSION


class Undelivered(msgspec.Struct, frozen=True, kw_only=True):
    """`webhook.undelivered`: an alert that the webhook's receiver did not get, and why."""

    alert_id: str | None = None
    """None for a record that is no alert."""
    revision: int | None = None
    watch: str | None = None
    reason: Lost
    message: str
    """What the last attempt met."""
    status: int | None = None
    """HTTP status of the last answer, where there was one."""
    attempts: int
    time: datetime
    """Wall clock."""
    payload: bytes
    """The alert as it is on the topic; base64 on the wire. Empty where `delivered` is set."""
    delivered: datetime | None = None
    """Wall clock at which the receiver took it after all, resent by hand: this record ends those before it of
    the same `alert_id` and `revision`."""
    schema: int = SCHEMA_VERSION


class Suppressed(msgspec.Struct, frozen=True, kw_only=True):
    """`alerts.suppressed`: why a watched term raised no alert, and the alert it fell under."""

    watch: str
    reason: SuppressedReason
    alert_id: str | None
    """The alert it fell under; None where there is none."""
    silence: str | None = None
    """Id of the silence, where that is the reason."""
    asked: tuple[str, ...] = ()
    """Entities of which the scope asked for one, as the watch has them and ten at most, where that is the
    reason."""
    deadline: Deadline | None = None
    """What was not told, where it was no article."""
    article_id: str
    story_id: str
    status: Status
    uri: str | None = None
    name: str | None = None
    source: str | None = None
    headline: str | None = None
    event_time: datetime
    detected_at: datetime
    mentions: tuple[Mention, ...]
    learnt: tuple[Learnt, ...] = ()
    """Short names of the article that were taken for what others say they mean."""
    origin: Origin
    seq: int
    schema: int = SCHEMA_VERSION
