"""Copies are told from forms filled in anew, from denials and from an outlet's own series."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from agents.deduplicate.likeness import Fingerprint
from agents.deduplicate.ruling import Ruling, rule
from agents.deduplicate.settings import DedupSettings
from tests.quality.copies import newswire

PAIRS = tomllib.loads((Path(__file__).parent / "samples/pairs.toml").read_text("utf-8"))["pair"]


def _rule(new: str, old: str, *, same_source: bool = False) -> Ruling:
    return rule(Fingerprint.of(new), Fingerprint.of(old), DedupSettings(), same_source=same_source)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["name"])
def test_pairs_by_hand(pair: dict[str, str]) -> None:
    """Either way round, with the reason where one is given."""
    one = Fingerprint.of(pair["first"], pair.get("headline_first", ""))
    other = Fingerprint.of(pair["second"], pair.get("headline_second", ""))
    for new, old in ((other, one), (one, other)):
        found = rule(new, old, DedupSettings())
        assert bool(found.method) == pair["copy"], found
        assert found.turned_down == pair.get("why", found.turned_down)


@pytest.mark.parametrize("which", ["tried", "held"])
def test_newswire_keeps_its_floor(which: str) -> None:
    """On some 900 pairs of forms, their copies and their next issues: P and R from .98."""
    row = newswire(which)
    assert row.n > 800
    assert row.scores["P"] >= 0.98
    assert row.scores["R"] >= 0.98


def test_an_outlet_s_next_issue_is_no_copy_though_another_s_edit_would_be() -> None:
    """Two figures of twelve: an editor's corrections elsewhere, tomorrow's page at the same house."""
    page = " ".join(
        f"Gauge {n} of the river office showed {n * 37} centimetres in the morning." for n in range(11, 23)
    )
    later = page.replace("407", "431").replace("555", "562").replace("703", "718").replace("814", "820")
    assert _rule(later, page).method == "jaccard"
    assert _rule(later, page, same_source=True).turned_down == "same_source"
