"""Runs of capitalised words: the raw stuff of names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span, Token

    from agents.entities.words import Words

SHOUTING = 0.7
"""Share of words in capitals above which capitals say nothing: headings, 'BREAKING: ...'."""
HEADING_WORDS = 4
"""Fewer capitalised words than this may well be one name on a line of its own."""


def runs(sentence: Span, words: Words) -> Iterator[tuple[int, int]]:
    """Token indices [start, end) of each longest run of name words, joined by hyphens and particles."""
    start = None
    for i in range(sentence.start, sentence.end + 1):
        inside = i < sentence.end and (
            is_name_word(sentence.doc[i], words) or (start is not None and _joins(sentence, i, words))
        )
        if inside and start is None:
            start = i
        elif not inside and start is not None:
            yield start, i
            start = None


def is_name_word(token: Token, words: Words) -> bool:
    """Capitalised, and neither a function word ('The', 'However') nor one of `never`."""
    return token.text[0].isupper() and token.text not in words.never and (token.is_upper or not token.is_stop)


def _joins(sentence: Span, i: int, words: Words) -> bool:
    """A hyphen or particle on the way to a name word: 'Jean-Pierre', 'van der Berg', 'Lee Cheuk-yan'."""
    doc = sentence.doc
    token, before = doc[i], doc[i - 1]
    if i + 1 >= sentence.end:
        return before.text == "-" and token.is_alpha
    after = doc[i + 1]
    if token.text == "-":
        glued = not token.whitespace_ and not before.whitespace_ and after.is_alpha
        return glued and (is_name_word(after, words) or _is_given_part(doc, i, words))
    if before.text == "-":
        return token.is_alpha and (token.lower_ in words.particles or _is_given_part(doc, i - 1, words))
    j = i
    while j < sentence.end - 1 and (doc[j].text == "-" or doc[j].lower_ in words.particles):
        j += 1
    return j > i and token.text != "-" and is_name_word(doc[j], words)


def _is_given_part(doc: Doc, hyphen: int, words: Words) -> bool:
    """'-yan' of 'Lee Cheuk-yan', not '-led' of 'the US-led' nor '-backed' of 'the Saudi Arabia-backed'."""
    after, first, second = doc[hyphen + 1], doc[hyphen - 2] if hyphen > 1 else None, doc[hyphen - 1]
    return (
        first is not None
        and is_name_word(first, words)
        and is_name_word(second, words)
        and after.is_lower
        and after.text not in words.hyphen_ends
    )


def is_shouting(sentence: Span) -> bool:
    """All in capitals, so capitals say nothing."""
    words = [t for t in sentence if t.is_alpha and len(t) > 1]
    return len(words) >= HEADING_WORDS - 1 and sum(t.is_upper for t in words) > SHOUTING * len(words)


def is_heading(sentence: Span) -> bool:
    """A line in title case: every word has a capital, name or not."""
    words = [t for t in sentence if t.is_alpha and not t.is_stop]
    closed = any(t.text in {".", "!", "?"} for t in sentence[-2:])
    return (
        not closed
        and len(words) >= HEADING_WORDS
        and sum(t.text[0].isupper() for t in words) > SHOUTING * len(words)
    )
