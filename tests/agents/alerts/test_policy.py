from __future__ import annotations

from typing import TYPE_CHECKING

from agents.alerts.policy import Policy, policies
from agents.mentions.entity_scope import EntityScope
from agents.mentions.watchlist import parse

if TYPE_CHECKING:
    from pathlib import Path

LIST = """\
watches:
  - {name: a, terms: [truce]}
  - name: b
    terms: [war]
    severity: critical
    runbook_url: https://example.org/x
    group_by: entity
    cooldown: 90s
    stage: shadow
    scope: {entities: [gpe:Kiev, city:1]}
"""


def test_a_policy_is_what_the_watch_says_of_its_alerts() -> None:
    """The cooldown in milliseconds, as event times are."""
    assert policies(parse(LIST, "w.yaml")) == {
        "a": Policy(),
        "b": Policy(
            severity="critical",
            runbook_url="https://example.org/x",
            group_by="entity",
            cooldown=90_000,
            stage="shadow",
            entities=EntityScope(("gpe:Kiev", "city:1"), frozenset({"city:703448", "city:1"})),
        ),
    }


def test_the_user_s_own_table_says_who_is_meant(tmp_path: Path) -> None:
    """Its spellings go before those that come along."""
    names = tmp_path / "names.csv"
    names.write_text("id,label,name,aliases\nacme:7,PERSON,Ana Nobody,Zelensky\n")
    watchlist = parse("watches: [{name: a, terms: [b], scope: {entities: ['person:Zelensky']}}]", "w.yaml")
    assert policies(watchlist, names)["a"].entities.ids == {"acme:7"}


def test_no_table_is_read_where_nobody_asks_for_entities(tmp_path: Path) -> None:
    """It takes a second, and a broken one would be an error."""
    assert policies(parse("watches: [{name: a, terms: [b]}]", "w.yaml"), tmp_path / "none.csv") == {
        "a": Policy()
    }
