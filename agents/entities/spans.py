"""Persons whose first name a pipeline has left out: 'Hunter Biden' found as 'Biden' would be his father."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from agents.entities.forms import load_forms
from agents.entities.names import is_title
from agents.entities.words import load_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agents.entities.identity import Found
    from agents.entities.table import Table

FIRST_NAME = re.compile(r"(?<![\w-])([A-Z][a-zà-ÿ]+(?:-[A-Z][a-z]+)?) $")
WITHIN = re.compile(r"(?<=[\w,] )([A-Z][a-zà-ÿ]+) (?=([A-Z][\w’'-]*\w))")
"""Two words in title case within a sentence."""
OPENS = re.compile(r"(?:^|[.!?:;]|\n)[\"'“‘(\s]*$")
"""Before the first word of a sentence, whose capital says nothing."""


def completed(text: str, mentions: Sequence[Found], table: Table) -> list[Found]:
    """The mentions, persons of one word with the first name that stands right before them.

    A first name is a word in title case that is neither another mention nor a title, nor in the table. At the
    beginning of a sentence it has to be a known given name, or to stand before the same surname elsewhere.
    """
    ends = {mention.end for mention in mentions}
    within = {(match[1], match[2]) for match in WITHIN.finditer(text)}
    whole = []
    for mention in mentions:
        before = FIRST_NAME.search(text, max(0, mention.start - 30), mention.start)
        if (
            mention.label == "PERSON"
            and len(mention.text.split()) == 1
            and before is not None
            and before.end(1) not in ends
            and _is_first_name(before[1], table)
            and (
                not OPENS.search(text[max(0, before.start(1) - 8) : before.start(1)])
                or before[1] in load_words().given_names
                or (before[1], mention.text) in within
            )
        ):
            start = before.start(1)
            whole.append(replace(mention, text=text[start : mention.end], start=start))
        else:
            whole.append(mention)
    return whole


def _is_first_name(word: str, table: Table) -> bool:
    words, forms = load_words(), load_forms()
    other = words.never | words.not_surnames | words.body_openers | words.particles | forms.before_titles
    return not (
        is_title(word)
        or {word, word.lower()} & other
        or (
            word not in words.given_names and any(table.find(word, label) for label in ("GPE", "ORG", "NORP"))
        )
    )
