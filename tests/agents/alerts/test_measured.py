"""What a watchlist has measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.alerts import measured as module
from agents.alerts.measured import NamedSources, measured
from agents.mentions.watchlist import parse

if TYPE_CHECKING:
    import pytest

WATCHLIST = parse(
    """
watches:
  - {name: a, terms: [truce], severity: info, scope: {sources: [reuters.com, "*.gov"], entities: [NATO]}}
  - {name: b, terms: [deadline], scope: {sources: ["*.gov"], entities: [NATO, "city:703448"]}}
  - {name: c, terms: [sanctions], severity: critical}
""",
    "test",
)


def test_each_watch_and_what_the_scopes_name() -> None:
    """As written, each once; who names which source beside."""
    labels = measured(WATCHLIST)
    assert labels.watches == labels.reasoned == {"a", "b", "c"}
    assert labels.entities == {"NATO", "city:703448"}
    assert labels.sources == {"reuters.com", "*.gov"}
    assert labels.pairs == {("a", "reuters.com"), ("a", "*.gov"), ("b", "*.gov")}
    assert set(labels.left_out.values()) == {0}


def test_of_too_many_the_most_severe_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """And how many are not is told."""
    for bound in ("MOST_WATCHES", "MOST_REASONED", "MOST_ENTITIES", "MOST_SOURCES", "MOST_PAIRS"):
        monkeypatch.setattr(module, bound, 1)
    labels = measured(WATCHLIST)
    assert (labels.watches, labels.sources, labels.pairs) == ({"c"}, {"*.gov"}, {("b", "*.gov")})
    assert (labels.entities, labels.reasoned) == ({"NATO"}, {"c"})
    assert labels.left_out == {"watch": 2, "entity": 1, "source": 1, "watch_source": 1}


def test_a_source_fits_as_the_scope_of_a_watch_takes_it() -> None:
    """In any case, stars and all."""
    named = NamedSources({"reuters.com", "*.gov"})
    assert named.fitting("Reuters.com") == ("reuters.com",)
    assert named.fitting("state.gov") == ("*.gov",)
    assert named.fitting("gov") == ()
    assert named.spells_out("REUTERS.com")
    assert not named.spells_out("state.gov")
