"""Copies are told from forms filled in anew, from denials and from an outlet's own series."""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random
from typing import Any

import pytest

from agents.deduplicate.likeness import Fingerprint
from agents.deduplicate.ruling import Ruling, rule
from agents.deduplicate.settings import DedupSettings
from tests.quality.copies import newswire

PAIRS = tomllib.loads((Path(__file__).parent / "samples/pairs.toml").read_text("utf-8"))["pair"]


def _rule(new: str, old: str, *, same_source: bool = False) -> Ruling:
    return rule(Fingerprint.of(new), Fingerprint.of(old), DedupSettings(), same_source=same_source)


def _both_ways(pair: dict[str, Any]) -> list[Ruling]:
    """The second on the first, and, where the truth is the same, the first on the second."""
    one = Fingerprint.of(pair["first"], pair.get("headline_first", ""))
    other = Fingerprint.of(pair["second"], pair.get("headline_second", ""))
    order = [(other, one)] if pair.get("one_way") else [(other, one), (one, other)]
    return [rule(new, old, DedupSettings()) for new, old in order]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["name"])
def test_pairs_by_hand(pair: dict[str, Any]) -> None:
    """Either way round, with the reason where one is given; what is known to be missed is still missed."""
    for found in _both_ways(pair):
        assert bool(found.method) == (pair["copy"] and "missed" not in pair), found
        assert found.turned_down == pair.get("why", found.turned_down)


def test_pairs_by_hand_keep_their_floor() -> None:
    """Over a hundred, copies and others about as many; those known to be missed count as missed."""
    ruled = [(pair["copy"], bool(found.method)) for pair in PAIRS for found in _both_ways(pair)]
    right = ruled.count((True, True))
    assert len(PAIRS) >= 100
    assert 0.4 < sum(pair["copy"] for pair in PAIRS) / len(PAIRS) < 0.6
    assert right / (right + ruled.count((False, True))) >= 0.99
    assert right / (right + ruled.count((True, False))) >= 0.97


def test_no_pair_is_there_twice() -> None:
    """Else the floor would stand on fewer."""
    assert len({(pair["first"], pair["second"], pair.get("headline_second")) for pair in PAIRS}) == len(PAIRS)


def test_the_same_headline_tells_a_very_long_page_from_a_round_up() -> None:
    """The text is all in one six times as long: with another headline that one has news of its own."""
    words = Random(5).choices([f"{a}{b}" for a in "bdfgklmnprst" for b in ("an", "er", "ist", "on")], k=1000)
    story, page = Fingerprint.of(" ".join(words[400:550])), Fingerprint.of(" ".join(words))
    assert rule(page, story, DedupSettings()).turned_down == "too_long"
    assert rule(page, story, DedupSettings(), same_title=True).method == "containment"


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


def test_a_live_blog_with_its_latest_on_top_is_no_copy_at_the_same_house() -> None:
    """Another house's page with a block above it may be furniture; an outlet's text comes back as it was."""
    words = Random(5).choices([f"{a}{b}" for a in "bdfgklmnprst" for b in ("an", "er", "ist", "on")], k=200)
    before, later = " ".join(words[60:]), " ".join(words)
    assert _rule(later, before).method
    assert _rule(later, before, same_source=True).turned_down == "same_source"
    assert _rule(before, later, same_source=True).method
    assert _rule(f"{before} {' '.join(words[:60])}", before, same_source=True).method


def test_in_a_few_lines_another_place_with_another_figure_is_another_report() -> None:
    """One of the two is a correction, though the weekdays and the office are the same."""
    leeds = (
        "Temperatures in Leeds will reach 19C on Friday with sunny spells later on, the Met Office said. "
        "Light winds are expected from the west. Saturday will be cooler with a chance of showers."
    )
    assert _rule(leeds.replace("Leeds", "Cardiff").replace("19C", "21C"), leeds).turned_down == "template"
    assert _rule(leeds.replace("19C", "21C"), leeds).method
