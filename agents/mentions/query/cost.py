"""What a query would cost, added up while it is read; refused is what costs too much, with its cost.

The three that grow: words looked for, words that wildcards fit, places tried for words near each other.
"""

from __future__ import annotations

from agents.mentions.query.words import LETTERS_BEFORE_WILDCARD, WORDS_FITTED, QueryError

MOST_LEAVES = 1_024
"""Words and phrases in a query; Lucene's own limit of clauses."""

MOST_FITTED = 10_000
"""Words that all wildcards of a query fit, by an estimate: a hundred of three letters."""

MOST_SLOP = 30
"""Words: a long sentence. The work grows with it for each place of each word."""

MOST_NEAR = 16
"""Words of a phrase with slop."""

MOST_PLACES = 4_096
"""Places of words that phrases with slop try: 300 phrases as `"the to of"~30`, which try 28,000, took 1.8 s
for a text of 3,300 words."""


class Cost:
    """The cost of one query so far."""

    def __init__(self) -> None:
        self._leaves = self._fitted = self._places = 0

    def leaf(self, at: int) -> None:
        """Add a word or phrase, which stands at an offset.

        Raises:
            QueryError: they are too many; so for the other two.
        """
        self._leaves += 1
        if self._leaves > MOST_LEAVES:
            raise QueryError(at, f"has more than {MOST_LEAVES:,} words and phrases; split the watch")

    def wildcard(self, at: int, stem: str) -> None:
        """Add a word with a wildcard, by what stands before it."""
        letters = sum(map(str.isalnum, stem)) if stem.isascii() else len(stem) + LETTERS_BEFORE_WILDCARD
        self._fitted += max(WORDS_FITTED * 26 ** (LETTERS_BEFORE_WILDCARD - letters), 1)
        if self._fitted > MOST_FITTED:
            raise QueryError(
                at,
                f"the wildcards up to here would fit some {self._fitted:,.0f} words, the limit is "
                f"{MOST_FITTED:,}; write more letters before the *, or split the watch",
            )

    def near(self, at: int, slop: int, words: int) -> None:
        """Add a phrase with slop, whose `~` stands at an offset."""
        if slop > MOST_SLOP:
            raise QueryError(
                at,
                f"~{slop} would try {slop + 1:,} places of each of {words} words; "
                f"the limit is ~{MOST_SLOP}; join the words with AND",
            )
        if not 1 < words <= MOST_NEAR:
            raise QueryError(at, f"'~' after {words} word{'s'[: words != 1]}; it takes 2 to {MOST_NEAR}")
        self._places += (slop + 1) * words
        if self._places > MOST_PLACES:
            raise QueryError(
                at,
                f"the phrases with '~' up to here would try {self._places:,} places of words, the limit is "
                f"{MOST_PLACES:,}; write smaller numbers, or split the watch",
            )
