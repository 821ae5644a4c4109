"""Which articles a scope lets in, by language and source."""

import pytest

from agents.mentions.scope import LONGEST_SOURCE, Scope


@pytest.mark.parametrize(
    ("sources", "source", "admitted"),
    [
        (("reuters.com",), "reuters.com", True),
        (("reuters.com",), "Reuters.COM", True),
        (("reuters.com",), "www.reuters.com", True),
        (("www.reuters.com",), "reuters.com", True),
        (("WWW.reuters.com",), "www.Reuters.com", True),
        (("reuters.com",), "uk.reuters.com", False),
        (("reuters.com",), "reuters.com.example.org", False),
        (("reuters.com",), "reutersXcom", False),
        (("*.gov",), "state.gov", True),
        (("*.gov",), "gov", False),
        (("*.gov", "bbc.com"), "bbc.com", True),
        (("Harbour Courier",), "harbour courier", True),
        (("bbc.com",), None, False),
        ((), None, True),
    ],
)
def test_a_source_is_meant_in_any_case_with_or_without_www(
    sources: tuple[str, ...], source: str | None, *, admitted: bool
) -> None:
    """Ingest takes `www.` off an address, a producer may not; who writes one of them means the outlet."""
    assert Scope(sources=sources).admits(language=None, source=source) is admitted


@pytest.mark.parametrize(("language", "admitted"), [("en", True), ("de", False), ("und", True), (None, True)])
def test_a_language_nobody_can_tell_is_in_scope(language: str | None, *, admitted: bool) -> None:
    """Rather an alert too many."""
    assert Scope(languages=("en",)).admits(language=language, source=None) is admitted


def test_a_source_without_end_is_compared_as_far_as_a_host_name_goes() -> None:
    """However many stars."""
    assert not Scope(sources=("*a*b",)).admits(language=None, source="a" * 10 * LONGEST_SOURCE)
