"""A backtest as people read it, and as programs do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from streams.backtest.compare import KINDS, by_kind, kind
from streams.subscribe.clean import clean
from streams.subscribe.show import block

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Mapping

    from streams.backtest.compare import Difference, Kind, Range, Tally
    from streams.backtest.run import Named, Result
    from streams.records import Alert, Mention

SCALARS = (str, int, type(None))


def entry(difference: Difference, *, colours: bool) -> Text:
    """`+` and the alert that is gained, `-` and one that is lost, `~` and one that changed, and how."""
    before, after = difference.before, difference.after
    alert = after or before
    if alert is None:
        raise ValueError("a difference has at least one side")
    sign, style = ("+", "green") if before is None else ("-", "red") if after is None else ("~", "yellow")
    text = Text().append(f"{sign} ", style=f"bold {style}")
    if kind(alert) == "shadow":
        text.append("(shadow) ")
    text.append_text(block(alert, colours=colours))
    if before is not None and after is not None:
        told = (_told(name, before, after) for name in difference.fields)
        text.append(f"\n    changed: {'; '.join(told)}", style="italic")
    return text


def _told(name: str, before: Alert, after: Alert) -> str:
    """A field that changed: its values where these are short, of the mentions those that are not in both."""
    if name == "mentions":
        gone, come = _missing(before.mentions, after.mentions), _missing(after.mentions, before.mentions)
        return "mentions" + f" less {gone}" * bool(gone) + f" plus {come}" * bool(come)
    values = getattr(before, name), getattr(after, name)
    short = all(isinstance(value, SCALARS) for value in values)
    return clean(f"{name} {values[0]} → {values[1]}") if short else name


def _missing(mentions: tuple[Mention, ...], others: tuple[Mention, ...]) -> str:
    """Those that are not among others: the word, how it is meant, when it is due."""
    return ", ".join(
        clean(f"'{mention.text}' ({mention.claim}{f', due {mention.due}' if mention.due else ''})")
        for mention in mentions
        if mention not in others
    )


def closing(result: Result) -> list[str]:
    """The load of each watch, then what there was, is and differs; in lines."""
    tally = result.tally
    table = [("sent per day", "before", "after")]
    table += [
        (watch, _load(tally, tally.before, watch), _load(tally, tally.after, watch))
        for watch in result.watches
    ]
    wide, *narrow = (max(map(len, column)) for column in zip(*table, strict=True))
    return [
        *(f"{name:<{wide}}  {one:>{narrow[0]}}  {other:>{narrow[1]}}" for name, one, other in table),
        f"{tally.articles:,} articles, days with news: {len(tally.days):,}",
        f"before: {_counted(by_kind(tally.before))} by {_named(result.against)}",
        f"after: {_counted(by_kind(tally.after))} by {_named(result.watchlist)}",
        f"gained: {_counted(tally.gained)}; lost: {_counted(tally.lost)}; changed: {tally.changed:,}",
    ]


def _load(tally: Tally, counts: Counter[tuple[str, Kind]], watch: str) -> str:
    shadow = tally.per_day(counts, watch, "shadow")
    trial = f" ({shadow:,.1f} in shadow)" if shadow else ""
    return f"{tally.per_day(counts, watch, 'alerts', 'revisions'):,.1f}{trial}"


def _counted(counts: Mapping[Kind, int]) -> str:
    names = {
        "alerts": ("alert", "alerts"),
        "revisions": ("revision", "revisions"),
        "shadow": ("in shadow",) * 2,
    }
    told = (f"{counts[kind]:,} {names[kind][counts[kind] != 1]}" for kind in KINDS if counts[kind])
    return ", ".join(told) or "nothing"


def _named(side: Named) -> str:
    return f"{side.place}, version {side.version}" if side.version else side.place


def document(result: Result, found: Iterable[Difference], within: Range) -> dict[str, Any]:
    """What `--json` prints."""
    tally = result.tally
    differing: dict[str, list[Any]] = {"gained": [], "lost": [], "changed": []}
    for difference in found:
        if difference.before is None:
            differing["gained"].append(difference.after)
        elif difference.after is None:
            differing["lost"].append(difference.before)
        else:
            differing["changed"].append(difference)
    return {
        "watchlist": result.watchlist._asdict(),
        "against": result.against._asdict(),
        "articles": tally.articles,
        "days": len(tally.days),
        "from": within.start,
        "to": within.end,
        "load": {watch: _loads(tally, watch) for watch in result.watches},
        "totals": {
            "before": _every(by_kind(tally.before)),
            "after": _every(by_kind(tally.after)),
            "gained": _every(tally.gained),
            "lost": _every(tally.lost),
            "changed": tally.changed,
        },
        **differing,
    }


def _loads(tally: Tally, watch: str) -> dict[str, Any]:
    sides = {"before": tally.before, "after": tally.after}
    live = {
        side: round(tally.per_day(counts, watch, "alerts", "revisions"), 3) for side, counts in sides.items()
    }
    shadow = {side: round(tally.per_day(counts, watch, "shadow"), 3) for side, counts in sides.items()}
    return {**live, "shadow": shadow}


def _every(counts: Mapping[Kind, int]) -> dict[Kind, int]:
    return {kind: counts[kind] for kind in KINDS}
