"""How well verdicts agree with a given truth: which texts are copies of one another."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from streams.records import Verdict


_COPY = ("exact_duplicate", "near_duplicate", "update")


class Judged(NamedTuple):
    """A row with its truth and its verdict."""

    id: Any
    article_id: str
    """Empty where the pipeline refuses it."""
    cluster: str
    """Rows with the same are copies of one another."""
    verdict: Verdict


class Error(msgspec.Struct, frozen=True, kw_only=True):
    """A row that was judged wrong."""

    id: Any
    kind: str
    """`false copy`: said to be a copy of another cluster's; `missed`: one of its cluster came before."""
    other: Any
    """`id` of the row that it was said to copy, or of the first of its cluster."""
    verdict: Verdict


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """Precision and recall, 0 to 1; 1 where there was nothing to find or to say."""

    rows: int
    clusters: int
    pairs: int
    """Pairs of rows of one cluster."""
    pairs_precision: float
    pairs_recall: float
    copies: int
    """Rows that came after another of their cluster."""
    copies_precision: float
    """Of those said to be a copy, how many are one of the row they name."""
    copies_recall: float
    b3_precision: float
    """B³ (Bagga and Baldwin, 1998): over rows, the share of their group that is of their cluster."""
    b3_recall: float
    errors: tuple[Error, ...] = ()


def agreement(judged: Iterable[Judged]) -> Agreement:
    """Hold verdicts against the truth.

    Rows are taken for copies of one another where each names one of the same group; a `new` one begins a
    group, also where it goes on in another's story.
    """
    rows = list(judged)
    groups = _groups(rows)
    true, said, both = (Counter[Any]() for _ in range(3))
    for row, group in zip(rows, groups, strict=True):
        true[row.cluster] += 1
        said[group] += 1
        both[row.cluster, group] += 1
    truth, found, right = (sum(n * (n - 1) // 2 for n in one.values()) for one in (true, said, both))
    errors, named, come = [], 0, 0
    first: dict[str, Judged] = {}
    by_article: defaultdict[str, list[Judged]] = defaultdict(list)
    for row in rows:
        began = first.setdefault(row.cluster, row)
        later, copied = began is not row, row.verdict.status in _COPY
        come += later
        named += copied
        others = by_article[row.verdict.duplicate_of or ""] if copied else []
        if copied and not any(other.cluster == row.cluster for other in others):
            other = others[0].id if others else None
            errors.append(Error(id=row.id, kind="false copy", other=other, verdict=row.verdict))
        elif later and not copied:
            errors.append(Error(id=row.id, kind="missed", other=began.id, verdict=row.verdict))
        by_article[row.article_id].append(row)
    false = sum(error.kind == "false copy" for error in errors)
    missed = sum(error.kind == "missed" for error in errors)
    return Agreement(
        rows=len(rows),
        clusters=len(true),
        pairs=truth,
        pairs_precision=_share(right, found),
        pairs_recall=_share(right, truth),
        copies=come,
        copies_precision=_share(named - false, named),
        copies_recall=_share(come - missed, come),
        b3_precision=_share(sum(n * n / said[group] for (_, group), n in both.items()), len(rows)),
        b3_recall=_share(sum(n * n / true[cluster] for (cluster, _), n in both.items()), len(rows)),
        errors=tuple(sorted(errors, key=_weight)),
    )


def _groups(rows: list[Judged]) -> list[int]:
    """For each row the place of the first of its group."""
    latest: dict[str, int] = {}
    groups = []
    for place, row in enumerate(rows):
        copied = row.verdict.status in _COPY
        group = latest.get(row.verdict.duplicate_of or "", place) if copied else place
        latest[row.article_id or str(place)] = group
        groups.append(group)
    return groups


def _weight(error: Error) -> tuple[bool, float]:
    """The worst first: a story swallowed, the surer the worse; then a copy missed, the nearer the worse."""
    compared = error.verdict.compared
    near = max(compared.jaccard, compared.containment) if compared else float(error.verdict.status in _COPY)
    return error.kind != "false copy", -near


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0
