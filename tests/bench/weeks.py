"""Six made-up weeks of news as Prometheus would have scraped them: days, nights, restarts, things gone wrong.

What goes wrong is planted and known: bursts, sources that go silent, and what must not be taken for either
(a worker that restarts or takes over, a backlog, an outage, a feed that is new, Prometheus itself away).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

BIN = 120
"""Seconds between two scrapes."""
HOUR = 3600 // BIN
DAY = 24 * HOUR
WEEK = 7 * DAY
WEEKS = 6
BINS = WEEKS * WEEK
WATCHES = {f"w{number}": rate for number, rate in enumerate((0, 0.05, 0.2, 0.5, 1, 2, 3, 5, 8, 12, 20, 40))}
"""Mean articles an hour."""
SOURCES = {f"s{number}.example": rate for number, rate in enumerate(np.geomspace(4, 2000, 40).round())}
"""Mean articles a day."""
INSTANCES = ("a:9464", "b:9464")
RESTARTS = 2
"""A day, of either worker; the other takes over."""


@dataclass(frozen=True)
class Planted:
    """Something that happens to one series, in bins."""

    kind: str
    name: str
    start: int
    end: int


@dataclass
class Weeks:
    """Articles in each bin, by the name of what they count for; what was planted; who ran when."""

    watches: dict[str, NDArray[np.int64]]
    sources: dict[str, NDArray[np.int64]]
    rest: NDArray[np.int64]
    """Of sources that have no series."""
    planted: list[Planted] = field(default_factory=list)
    owner: NDArray[np.int64] = field(default_factory=lambda: np.zeros(BINS, dtype=np.int64))
    down: NDArray[np.bool_] = field(default_factory=lambda: np.zeros((2, BINS), dtype=np.bool_))
    unseen: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(BINS, dtype=np.bool_))
    """Bins in which Prometheus did not scrape."""


def make(seed: int, shape: float) -> Weeks:
    """Make the weeks.

    Args:
        seed: of chance.
        shape: of the gamma distribution that makes an hour's rate differ from its mean; the lower the wilder
            (4: by a half, 2: by 70 %).
    """
    chance = np.random.default_rng(seed)
    rhythm = _rhythm()

    def counts(per_hour: float) -> NDArray[np.int64]:
        mood = np.repeat(chance.gamma(shape, 1 / shape, BINS // HOUR), HOUR)
        return chance.poisson(per_hour / HOUR * rhythm * mood)

    sources = {name: counts(rate / 24) for name, rate in SOURCES.items()}
    for name in list(sources)[::5]:  # every fifth delivers by the batch
        sources[name] = _in_batches(sources[name])
    weeks = Weeks({name: counts(rate) for name, rate in WATCHES.items()}, sources, counts(100))
    _plant_bursts(weeks, chance)
    _plant_silences(weeks, chance)
    _disturb(weeks)
    _restart(weeks, chance)
    return weeks


def lines(weeks: Weeks, begin: int) -> Iterator[str]:
    """The weeks as OpenMetrics, from a Unix time on."""
    everything = sum(weeks.sources.values(), weeks.rest)
    families = (
        ("articles", [({"status": "new", "origin": "live"}, everything)]),
        ("watch_articles", [({"watch": name}, counts) for name, counts in weeks.watches.items()]),
        ("source_articles", [({"source": name}, counts) for name, counts in weeks.sources.items()]),
    )
    for family, series in families:
        yield f"# TYPE newswatch_{family} counter\n"
        for labels, counts in series:
            for number, instance in enumerate(INSTANCES):
                all_labels = {**labels, "job": "newswatch", "instance": instance}
                text = ",".join(f'{key}="{value}"' for key, value in all_labels.items())
                for at, value in zip(*_scraped(weeks, counts, number), strict=True):
                    yield f"newswatch_{family}_total{{{text}}} {value} {begin + at * BIN}\n"


def _scraped(weeks: Weeks, counts: NDArray[np.int64], number: int) -> tuple[list[int], list[int]]:
    """A worker's counter: bins in which it was seen, and what it showed; 0 again after each restart."""
    own = np.where(weeks.owner == number, counts, 0)
    total = np.cumsum(own)
    # What had been counted when it was last down is gone.
    before = np.maximum.accumulate(np.where(weeks.down[number], total, 0))
    seen = ~weeks.down[number] & ~weeks.unseen
    return np.flatnonzero(seen).tolist(), (total - before)[seen].tolist()


def _rhythm() -> NDArray[np.float64]:
    """Of the hour and the day of the week; its mean is 1."""
    hour = np.arange(BINS) / HOUR
    day = 0.15 + np.clip(np.sin((hour % 24 - 5) / 18 * np.pi), 0, None)
    weekend = np.where((hour // 24) % 7 >= 5, 0.5, 1.0)
    rhythm = day * weekend
    return rhythm / rhythm.mean()


def _in_batches(counts: NDArray[np.int64], every: int = 2 * HOUR) -> NDArray[np.int64]:
    out = np.zeros_like(counts)
    out[every - 1 :: every] = counts.reshape(-1, every).sum(axis=1)
    return out


def _plant_bursts(weeks: Weeks, chance: np.random.Generator) -> None:
    """Six to ten times the usual and 20 articles at least, within an hour or two; from the third week on."""
    for index, name in enumerate(name for name in weeks.watches for _ in range(2)):
        length = int(chance.integers(HOUR, 2 * HOUR))
        # Apart from each other, and by day.
        day = 2 * 7 + 1 + index
        start = day * DAY + int(chance.integers(8, 18)) * HOUR
        usual = WATCHES[name] * _rhythm()[start]
        number = int(max(20, chance.uniform(6, 10) * usual)) * length // HOUR
        weeks.watches[name][start : start + length] += chance.multinomial(number, [1 / length] * length)
        weeks.rest[start : start + length] += number // length
        weeks.planted.append(Planted("burst", name, start, start + length))


def _plant_silences(weeks: Weeks, chance: np.random.Generator) -> None:
    """Nothing of a source for as long as it usually needs for 60 articles, and four hours at least."""
    names = [name for name, rate in SOURCES.items() if rate >= 40]
    for index, name in enumerate(names):
        start = 2 * WEEK + DAY + index * (3 * WEEK // len(names)) + int(chance.integers(0, DAY))
        due = np.cumsum(_rhythm()[start:] * SOURCES[name] / DAY)
        end = start + max(4 * HOUR, int(np.searchsorted(due, 60)))
        weeks.sources[name][start:end] = 0
        weeks.planted.append(Planted("silence", name, start, end))


def _disturb(weeks: Weeks) -> None:
    """What concerns all series, and must not be blamed on one."""
    all_counts = [*weeks.watches.values(), *weeks.sources.values(), weeks.rest]
    lost = WEEK + 2 * DAY + 10 * HOUR
    stopped = 3 * WEEK + 3 * DAY + 9 * HOUR
    for counts in all_counts:
        counts[lost : lost + 2 * HOUR] = 0
        backlog = int(counts[stopped : stopped + 3 * HOUR].sum())
        counts[stopped : stopped + 3 * HOUR] = 0
        counts[stopped + 3 * HOUR : stopped + 3 * HOUR + 10] += backlog // 10
    new_feed = slice(4 * WEEK + 2 * DAY + 12 * HOUR, 4 * WEEK + 2 * DAY + 14 * HOUR)
    weeks.rest[new_feed] += 40
    weeks.planted += [
        Planted("stop", "newswatch", lost, lost + 2 * HOUR),
        Planted("stop", "newswatch", stopped, stopped + 3 * HOUR),
    ]
    away = 5 * WEEK + DAY + 11 * HOUR
    weeks.unseen[away : away + 2 * HOUR] = True


def _restart(weeks: Weeks, chance: np.random.Generator) -> None:
    """Of the worker that counts, twice a day: the other takes over at once, it is back after two scrapes."""
    for at in sorted(chance.choice(BINS - DAY, RESTARTS * WEEKS * 7, replace=False)):
        owner = int(weeks.owner[at])
        weeks.down[owner, at : at + 2] = True
        weeks.owner[at:] = 1 - owner
