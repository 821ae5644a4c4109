"""The sentence around a mention, found by looking outward from it: the rest of the article is never split.

A stop ends a sentence unless what stands on either side speaks against it (the observations of Grefenstette
and Tapanainen, 'What is a word, what is a sentence?', 1994): a title or an initial before it, a small letter
after it, a dotted abbreviation that no usual first word follows.
"""

from __future__ import annotations

import re

from agents.mentions.abbreviations import FIRST_WORDS, NEVER_LAST, NEVER_LAST_BEFORE_DIGIT, SELDOM_LAST

LONGEST_SENTENCE = 500
"""Code points of the longest sentence given whole: three times a long one of newswire. What is longer is a
list, a table or an attack, and is cut at word boundaries around the mention."""

LONGEST_STOP = 100
"""Code points of a stop with what closes behind it; from a longer run ('!!!…') only the end counts. Looked at
whole from each of its marks, a megabyte of them took 17 s."""

_CLOSERS = "\"'”’»)\\]"
_OPENERS = "\"'“‘«(\\["
_END = re.compile(
    rf"\n[^\S\n]*\n"  # paragraph
    rf"|\n"
    rf"|[\f\u2029]"
    rf"|[。！？｡][”’」』）]*"
    rf"|[.!?…؟۔।։]+[{_CLOSERS}]*(?=\s)"
    # 'policy.Understandably': the space was lost.
    rf"|(?<=[^\W\d_A-Z][^\W\d_A-Z])[.!?][{_CLOSERS}]*(?=[{_OPENERS}]*[A-Z][a-z])(?!(?<=\.)(?:Com|Net|Org)\b)"
)
_STOP = re.compile(r"[\n\f\u2029。！？｡.!?…؟۔।։]")
_LAST_TOKEN = re.compile(rf"(?:^|(?<=[\s{_OPENERS}\-–—/]))([^\s{_OPENERS}\-–—/]+)$")
_NEXT_TOKEN = re.compile(rf"\s*[{_OPENERS}]*(\w*)")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")


def sentence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Half-open span of the sentence around `start:end`; without white space at its ends.

    At most `LONGEST_SENTENCE` code points, or the mention itself where that is longer.
    """
    low, high = max(0, start - LONGEST_SENTENCE), min(len(text), end + LONGEST_SENTENCE)
    left = next(
        (
            after
            for stop in reversed(list(_STOP.finditer(text, low, start)))
            if (after := _sentence_end(text, stop.start())) and after <= start
        ),
        low,
    )
    right = next(
        (after for stop in _STOP.finditer(text, end, high) if (after := _sentence_end(text, stop.start()))),
        high,
    )
    return _fit(text, start, end, left, right)


def _sentence_end(text: str, stop: int) -> int | None:
    """Where the sentence ends that the stop or line break at `stop` ends; None where it ends none."""
    match = _END.match(text, stop, stop + LONGEST_STOP)
    return match.end() if match and _ends_sentence(text, stop, match.end()) else None


def _ends_sentence(text: str, start: int, end: int) -> bool:
    if text[start] == "\n":
        return end - start > 1 or not _is_wrapped(text, start)
    if text[start] in "\f\u2029。！？｡":
        return True
    following = _NEXT_TOKEN.match(text, end, end + 80)
    word = following[1] if following else ""
    if word[:1].islower():
        return False
    if text[start:end].rstrip("\"'”’»)]") != ".":
        return True
    return not _abbreviates(text, start, word)


def _abbreviates(text: str, stop: int, following: str) -> bool:
    """Whether the full stop at `stop` belongs to the word before it, and the sentence goes on."""
    token = _LAST_TOKEN.search(text[max(0, stop - 40) : stop])
    if token is None:
        return False
    word = token[1].lower()
    if word in NEVER_LAST or (len(word) == 1 and token[1].isupper()):
        return True
    if word in NEVER_LAST_BEFORE_DIGIT:
        return following[:1].isdigit()
    if word in SELDOM_LAST or _DOTTED.fullmatch(token[1]):
        return following.lower() not in FIRST_WORDS
    return False


def _is_wrapped(text: str, newline: int) -> bool:
    """Whether a single line break was set for width, and the sentence goes on.

    So it is where a small letter follows, or where two neighbouring lines have the length of a wrapped one
    and the first has no stop.
    """
    following = text[newline + 1 : newline + 1 + LONGEST_SENTENCE].partition("\n")[0].strip()
    if following[:1].islower():
        return True
    line = text[max(0, newline - LONGEST_SENTENCE) : newline].rpartition("\n")[2].rstrip()
    if not line or line[-1] in ".!?…:\"'”’»)":
        return False
    return line[-1] in ",;" or (50 <= len(line) <= 100 and len(following) <= 100)  # noqa: PLR2004  columns


def _fit(text: str, start: int, end: int, left: int, right: int) -> tuple[int, int]:
    """Trim white space, and cut what is longer than `LONGEST_SENTENCE` at word boundaries."""
    if right - left > LONGEST_SENTENCE:
        length = max(LONGEST_SENTENCE, end - start)
        cut_left = max(left, min(start - (length - (end - start)) // 2, right - length))
        cut_right = min(right, cut_left + length)
        left = cut_left if cut_left == left else _after_space(text, cut_left, start)
        right = cut_right if cut_right == right else _before_space(text, end, cut_right)
    while left < start and text[left].isspace():
        left += 1
    while right > end and text[right - 1].isspace():
        right -= 1
    return left, right


def _cuts(text: str, at: int) -> bool:
    """Whether a word stands across `at`."""
    return 0 < at < len(text) and not text[at - 1].isspace() and not text[at].isspace()


def _after_space(text: str, left: int, start: int) -> int:
    """The first beginning of a word in `left:start`; `left` where one word fills it."""
    if not _cuts(text, left):
        return left
    space = re.compile(r"\s").search(text, left, start)
    return space.end() if space else left


def _before_space(text: str, end: int, right: int) -> int:
    """The last end of a word in `end:right`; `right` where one word fills it."""
    if not _cuts(text, right):
        return right
    for at in range(right, end, -1):
        if text[at - 1].isspace():
            return at - 1
    return right
