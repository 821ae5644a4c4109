"""What a verdict was given on, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.deduplicate.ruling import OWN_EXTENSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from streams.records import Compared, TurnedDown


_WHY_NOT: Mapping[TurnedDown, str] = {
    "template": "the same form with other facts: numbers, dates or names differ at too many of its places",
    "opposite": "nearly the same text, but a word in it says the opposite; the story goes on",
    "same_source": "from the same source under another URI, with other facts or more than "
    f"{OWN_EXTENSION} times as long: another issue, or a page that went on",
    "drift": "near enough, but no copy of its story's first article: the story has drifted",
    "too_short": "the shorter text is all in the longer, but too short for that to make a copy",
    "too_long": "it contains the earlier one, but is so much longer that it is news of its own",
    "apart": "too little of the words is in both",
}


def why_not(turned_down: TurnedDown) -> str:
    """Why an article that is like an earlier one is no copy of it."""
    return _WHY_NOT[turned_down]


def facts(compared: Compared) -> Iterator[str]:
    """The numbers and names that are in both or in one, a line for each list."""
    both = compared.shared_numbers
    yield f"numbers in both: {', '.join(both) or 'none'}"
    for what, here, there in (
        ("numbers", compared.numbers_here, compared.numbers_there),
        ("names", compared.names_here, compared.names_there),
    ):
        if here or there:
            yield f"{what} only here: {', '.join(here) or 'none'}; only there: {', '.join(there) or 'none'}"
