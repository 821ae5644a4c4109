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

SAMPLES = Path(__file__).parent / "samples"
LEADS = tomllib.loads((SAMPLES / "leads.toml").read_text("utf-8"))["article"]
PAIRS = tomllib.loads((SAMPLES / "pairs.toml").read_text("utf-8"))["pair"]


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


def _share(ruled: list[bool]) -> float:
    return sum(ruled) / len(ruled)


@pytest.mark.parametrize(
    ("where", "floors"),
    [("above", (0.93, 0.93)), ("within", (0.93, 0.91)), ("short", (0.93, 0.9))],
)
def test_the_opposite_told_in_several_words_keeps_its_floor(where: str, floors: tuple[float, float]) -> None:
    """120 sentences in two wordings, at the top of a text, inside one and in a few lines, both ways round."""
    ruled: dict[str, list[bool]] = {"opposite": [], "same": []}
    kind = ""
    lines = (SAMPLES / "turns.txt").read_text("utf-8").splitlines()
    for at, line in enumerate(lines):
        kind = line.removeprefix("## ") if line.startswith("## ") else kind
        if line.startswith("#") or not line:
            continue
        first, *rest = LEADS[at % len(LEADS)]["body"].split("\n\n")
        around = {"above": "{} " + first, "within": first + " {}", "short": "{} " + rest[-1]}[where]
        body = around + ("" if where == "short" else "\n\n" + "\n\n".join(rest))
        one, other = (body.format(wording) for wording in line.split(" | "))
        for found in (_rule(one, other), _rule(other, one)):
            ruled[kind].append((found.turned_down == "opposite") == (kind == "opposite"))
    assert [len(those) for those in ruled.values()] == [120, 120]
    assert (_share(ruled["opposite"]), _share(ruled["same"])) >= floors
    assert _share(ruled["same"]) >= floors[1]


@pytest.mark.parametrize(("kind", "floor"), [("again", 0.95), ("against", 0.75)])
def test_a_lead_written_anew_keeps_its_floor(kind: str, floor: float) -> None:
    """Above a body that is the same, 36 each: a copy, unless its facts stand against those of the other."""
    right: list[bool] = []
    for one in LEADS:
        for lead in one[kind]:
            whole, rewritten = (f"{above}\n\n{one['body']}" for above in (one["lead"], lead))
            both_ways = (_rule(rewritten, whole), _rule(whole, rewritten))
            right += [bool(found.method) == (kind == "again") for found in both_ways]
    assert len(right) == 72
    assert _share(right) >= floor


@pytest.mark.parametrize("form", ["{}", "{} Read more at the site of the paper.", "PARIS (Reuters) - {}"])
def test_a_first_paragraph_alone_is_a_copy_of_its_article(form: str) -> None:
    """From 25 words on; neither is the article one of the paragraph, nor the same form with other facts."""
    for one in LEADS:
        whole = f"{one['lead']}\n\n{one['body']}"
        alone = form.format(one["lead"])
        assert bool(_rule(alone, whole).method) == (len(one["lead"].split()) >= 25), alone
        assert not _rule(whole, alone).method
        assert not _rule(form.format(one["other"]), whole).method


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


def test_a_name_misprinted_twice_makes_no_template() -> None:
    """Where many figures are the same: a form filled in anew for another city has other figures, too."""
    lines = [
        f"Line {number} carried {731 * number + 19} riders and cost {17 * number} euros."
        for number in range(1, 16)
    ]
    story = " ".join(
        ["In Chennai the metro grew.", *lines, "Riders in Chennai asked for more trains at night."]
    )
    misprinted = story.replace("in Chennai", "in Chenani").replace("In Chennai", "In Chenani")
    assert _rule(misprinted, story).method == "jaccard"
    other = misprinted.replace(" carried 7", " carried 9").replace(" cost ", " cost 4")
    assert _rule(other, story).method is None
