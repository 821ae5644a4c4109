"""The text of tokens, as it stood in print: pipelines read articles, not tokens with spaces between.

Corpora that keep tokens have lost the spaces; the rules here give back those of English print. Where a row
says its `spaces`, none of this is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CLOSING = frozenset([*",.;:!?%)]}”’…", "...", "''", "'s", "’s", "n't", "n’t"])
"""No space before these."""
ENDINGS = frozenset(["'s", "'re", "'ve", "'ll", "'m", "'d", "n't", "'S", "N'T"])
"""Of a word that a tokenizer cut off; with a curly apostrophe as well."""
OPENING = frozenset([*"([{$£€#“‘", "``"])
"""No space after these."""
GLUED = frozenset("/")
"""No space on either side."""
APOSTROPHE = frozenset("'")
QUOTES = APOSTROPHE | {'"'}
HYPHENS = frozenset("-‐‑")


def joined(
    tokens: Sequence[str], spaces: Sequence[bool] | None = None, *, hyphens: bool = False
) -> tuple[str, list[tuple[int, int]]]:
    """The text, and each token's place in it (half-open, code points).

    Args:
        tokens: of one sentence.
        spaces: whether a space follows each, where that is known.
        hyphens: a '-' between two words is a hyphen, as treebanks cut 'all-girl'; otherwise it is a dash.
    """
    places, text = [], ""
    for token, space in zip(tokens, spaces or _spaces(tokens, hyphens=hyphens), strict=True):
        places.append((len(text), len(text) + len(token)))
        text += token + " " * space
    return text.rstrip(" "), places


def _spaces(tokens: Sequence[str], *, hyphens: bool) -> Iterator[bool]:
    """Whether a space follows each token. Straight quotation marks open and close in turn."""
    open_quotes: set[str] = set()
    for at, token in enumerate(tokens):
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        opened = token in OPENING
        if token in QUOTES:
            of_plural = token in APOSTROPHE and at > 0 and tokens[at - 1].endswith("s")
            if token in open_quotes or not of_plural:
                open_quotes ^= {token}
                opened = token in open_quotes
        closes = after in CLOSING or after.replace("’", "'") in ENDINGS
        if after in QUOTES:
            closes = after in open_quotes or (after in APOSTROPHE and token.endswith("s"))
        hyphen = hyphens and (_is_hyphen(tokens, at) or _is_hyphen(tokens, at + 1))
        yield bool(after) and not (opened or closes or hyphen or token in GLUED or after in GLUED)


def _is_hyphen(tokens: Sequence[str], at: int) -> bool:
    return (
        0 < at < len(tokens) - 1
        and tokens[at] in HYPHENS
        and tokens[at - 1][-1].isalnum()
        and tokens[at + 1][0].isalnum()
    )
