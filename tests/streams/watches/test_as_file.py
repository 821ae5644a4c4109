"""A watchlist written as a file."""

from __future__ import annotations

from agents.mentions.watchlist import parse
from streams.watches.as_file import as_file

TEXT = """
watches:
  - name: truce
    terms: [truce, "no: truce", "перемирие"]
    severity: critical
    cooldown: 90m
    claim: [affirmed, negated]
    clock: true
    group_by: none
    description: "Says 'yes', # or no"
    runbook_url: https://example.org/truce
    scope: {sources: [example.org], languages: [en], entities: ["person:Marco Rubio"]}
    examples: {match: [A truce holds.], no_match: [Ms Truce sings.]}
  - name: guarantees
    query: '"security guarantees"~2 AND (Ukraine OR Kyiv) NOT headline:opinion'
    stage: shadow
"""


def test_what_is_written_is_read_as_the_same_watchlist() -> None:
    """Each field, and so the version."""
    watchlist = parse(TEXT, "one")
    again = parse(as_file(watchlist.watches), "another")
    assert again.watches == watchlist.watches
    assert again.version == watchlist.version
