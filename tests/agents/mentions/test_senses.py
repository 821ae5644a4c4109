"""Words that mean something else."""

from __future__ import annotations

import re

import pytest

from agents.mentions.match import Matcher
from agents.mentions.senses import in_other_sense
from agents.mentions.watchlist import Watchlist, load, parse
from seeds import ARTICLES, DEFAULT_WATCHLIST


def other(marked: str) -> bool:
    left, mention, right = marked.split("**")
    return in_other_sense(left + mention + right, len(left), len(left) + len(mention))


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (True, "The payments were **sanctioned** by the committee."),
        (False, "The bank was **sanctioned** by the UN committee."),
        (False, "The club was **sanctioned** by the federation."),
        (True, "The race is **sanctioned** by the federation."),
        (True, "State-**sanctioned** violence"),
        (False, "The government **sanctioned** the bank."),
        (False, "Treasury **sanctioned** the Arctic project."),
        (False, "Oil is under **embargo**."),
        (True, "The study is under **embargo** until noon."),
        (True, "The Bourne **Ultimatum**"),
        (True, "**Deadline** reported a sequel."),
        (False, "The **deadline** reported by Tass passed."),
        (True, "He told **Deadline** that it is over."),
        (True, "Speaking to **Deadline**, she smiled."),
        (False, "He spoke of the **deadline**, she of peace."),
        (False, "They were told **deadline** pressure is high."),
        (True, "Ms **Truce** declined."),
        (True, "Judge Ann **Truce**, who retired, leads it."),
        (False, "Peter and the **truce** he signed."),
        (True, "The march, which police had not **sanctioned**, went on."),
        (False, "The bank that Brussels had not **sanctioned** went on."),
        (False, "The payments stopped.\n\n**Sanctioned** by Washington, it closed."),
    ],
)
def test_only_what_leaves_no_doubt_is_another_sense(expected: bool, text: str) -> None:
    """A penalty is never taken for an approval."""
    assert expected == other(text)


def test_such_a_word_is_no_mention() -> None:
    """Nor does it make a query hold, or speak against one in a NOT; a term that names the context is."""
    text = "The payments were sanctioned by the committee in Kyiv."

    def found(watch: str) -> list[str]:
        matcher = Matcher(parse(f"watches: [{{name: a, {watch}}}]", "w.yaml"))
        return [mention.text for mention in matcher.match("", text)]

    assert found("terms: [sanctioned]") == []
    assert found("query: sanctioned AND Kyiv") == []
    assert found("query: sanctioned OR Kyiv") == ["Kyiv"]
    assert found("query: Kyiv NOT sanctioned") == ["Kyiv"]
    assert found("terms: [sanctioned by the committee]") == ["sanctioned by the committee"]


def test_no_mention_of_the_seeds_is_lost() -> None:
    """All twelve are meant as they are watched for."""
    watchlist: Watchlist = load(DEFAULT_WATCHLIST)
    texts = [path.read_text("utf-8") for path in sorted(ARTICLES.iterdir())]
    found = [mention for text in texts for mention in Matcher(watchlist).match("", text)]
    assert len(found) == sum(
        len(re.findall(f"(?i)(?<!-){pattern}", text)) for text in texts for pattern in WORDS
    )


WORDS = (r"ceasefire", r"cessation of hostilities", r"deadline", r"ultimatum", r"sanctions")
