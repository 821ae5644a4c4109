from agents.alerts.policy import Policy, policies
from agents.mentions.watchlist import parse

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
        ),
    }
