"""Names of one outlet."""

from agents.alerts.outlet import outlet


def test_case_space_and_www_make_no_other_outlet() -> None:
    """A host within another's is one of its own."""
    assert {outlet(name) for name in ("Reuters.com", " www.reuters.com", "WWW.REUTERS.COM")} == {
        "reuters.com"
    }
    assert outlet("uk.reuters.com") == "uk.reuters.com"
