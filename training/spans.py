"""BIO tags to marked spans and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Marked(NamedTuple):
    """Words [start, end) that are a name of a kind."""

    start: int
    end: int
    label: str


def spans(tags: Sequence[str]) -> Iterator[Marked]:
    """The spans of BIO tags; an I- that follows nothing of its label begins one."""
    start, label = 0, ""
    for i, tag in enumerate((*tags, "O")):
        kind, _, name = tag.partition("-")
        if label and (kind != "I" or name != label):
            yield Marked(start, i, label)
            label = ""
        if not label and kind in ("B", "I"):
            start, label = i, name


def tagged(size: int, marked: Iterable[Marked]) -> tuple[str, ...]:
    """BIO tags of `size` words."""
    tags = ["O"] * size
    for start, end, label in marked:
        tags[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
    return tuple(tags)
