"""Generated articles: the truth that comes with them holds, by plain set arithmetic and by the matcher."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from agents.mentions.match import Matcher
from agents.mentions.watchlist import load
from seeds.generate import SHARES, GeneratedArticle, generate, main

ROOT = Path(__file__).parents[2]
COPIES = {"reprint", "furniture", "abridged", "extended", "corrected", "respelt"}


@pytest.fixture(scope="module")
def articles() -> list[GeneratedArticle]:
    return list(generate(2_000, seed=7))


@pytest.fixture(scope="module")
def shingles(articles: list[GeneratedArticle]) -> dict[str, set[tuple[str, ...]]]:
    return {article.id: five_words(article.text) for article in articles}


def five_words(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(*(words[n:] for n in range(5)), strict=False))


def jaccard(left: set[tuple[str, ...]], right: set[tuple[str, ...]]) -> float:
    return len(left & right) / len(left | right)


def containment(left: set[tuple[str, ...]], right: set[tuple[str, ...]]) -> float:
    return len(left & right) / min(len(left), len(right))


def test_the_same_seed_gives_the_same_bytes() -> None:
    """On every Python: the sum is that of the first run, and changes only with the generator."""
    rows = b"\n".join(msgspec.json.encode(article) for article in generate(300, seed=11))
    assert rows == b"\n".join(msgspec.json.encode(article) for article in generate(300, seed=11))
    assert (
        hashlib.sha256(rows).hexdigest() == "b6baf35dee00af90bfef63f74ea51a736b39b756840b5c5102b8501952e1f8b9"
    )


def test_another_seed_gives_other_news() -> None:
    """Not one text in common."""
    one, other = ({article.text for article in generate(50, seed=seed)} for seed in (1, 2))
    assert not one & other


def test_kinds_come_in_their_shares(articles: list[GeneratedArticle]) -> None:
    """Within three points of what was asked for; two in five are copies."""
    counts = Counter(article.truth.kind for article in articles)
    for kind, share in SHARES.items():
        assert abs(counts[kind] / len(articles) - share) < 0.03, kind


def test_a_kind_left_out_does_not_occur() -> None:
    """Shares are weights; what derives from nothing can't be asked for."""
    assert {"original", "update"} == {
        article.truth.kind for article in generate(50, seed=1, shares={"original": 1, "update": 1})
    }
    with pytest.raises(ValueError, match="share of 'original' is 0"):
        next(generate(1, seed=1, shares={"reprint": 1}))


def test_texts_have_the_length_of_news(articles: list[GeneratedArticle]) -> None:
    """An original has 250 to 700 words, half of them 350 to 450 or more."""
    words = sorted(len(article.text.split()) for article in articles if article.truth.kind == "original")
    assert words[0] >= 250
    assert words[-1] <= 700
    assert 350 <= words[len(words) // 2] <= 450


def test_unrelated_articles_share_almost_nothing(
    articles: list[GeneratedArticle], shingles: dict[str, set[tuple[str, ...]]]
) -> None:
    """No two stories of 2,000 articles reach a Jaccard index of .1 on five words, nor a containment of .2."""
    alike = {"template", "opposite"}
    new = [one for one in articles if one.truth.status == "new" and one.truth.kind not in alike]
    shared: Counter[tuple[str, str]] = Counter()
    holders: dict[tuple[str, ...], list[str]] = {}
    for article in new:
        for shingle in shingles[article.id]:
            for other in holders.setdefault(shingle, []):
                shared[other, article.id] += 1
            holders[shingle].append(article.id)
    assert shared
    for (one, other), common in shared.items():
        union = len(shingles[one]) + len(shingles[other]) - common
        assert common < 0.1 * union
        assert common < 0.2 * min(len(shingles[one]), len(shingles[other]))


def test_copies_are_near_and_never_equal(
    articles: list[GeneratedArticle], shingles: dict[str, set[tuple[str, ...]]]
) -> None:
    """Reprints reach .8 by containment with room to spare; each text is a text of its own."""
    texts = Counter(article.text for article in articles if article.truth.status != "exact_duplicate")
    assert {1} == set(texts.values())
    for article in articles:
        if article.truth.kind in COPIES:
            assert article.truth.derived_from is not None
            original = shingles[article.truth.derived_from]
            assert containment(original, shingles[article.id]) >= 0.8, article
            assert jaccard(original, shingles[article.id]) >= 0.45, article
            assert article.truth.status == "near_duplicate"


def test_what_is_told_anew_is_far_from_a_copy(
    articles: list[GeneratedArticle], shingles: dict[str, set[tuple[str, ...]]]
) -> None:
    """Rewrites and follow-ups stay under .2 by either measure, and begin a cluster of their own."""
    for article in articles:
        if article.truth.kind in {"rewrite", "follow_up"}:
            assert article.truth.derived_from is not None
            assert containment(shingles[article.truth.derived_from], shingles[article.id]) < 0.2
            assert ("new", article.id) == (article.truth.status, article.truth.cluster)


def test_exact_copies_and_updates(articles: list[GeneratedArticle]) -> None:
    """A copy has the text under another address, an update another text under the same; no others share."""
    by_id = {article.id: article for article in articles}
    for article in articles:
        if article.truth.derived_from:
            original = by_id[article.truth.derived_from]
            assert (article.truth.kind == "update") == (article.uri == original.uri)
            assert (article.truth.kind == "exact_copy") == (article.text == original.text)
    addresses = Counter(article.uri for article in articles if article.truth.kind != "update")
    assert {1} == set(addresses.values())


def test_copies_follow_their_originals_in_time(articles: list[GeneratedArticle]) -> None:
    """Published in order, over hours; what derives from an article comes after it, within two days."""
    assert all(before.published <= after.published for before, after in pairwise(articles))
    assert timedelta(hours=12) < articles[-1].published - articles[0].published < timedelta(days=2)
    by_id = {article.id: article for article in articles}
    for article in articles:
        if article.truth.derived_from:
            delay = article.published - by_id[article.truth.derived_from].published
            assert timedelta(0) < delay <= timedelta(hours=49)


def test_the_watches_are_those_that_are_found(articles: list[GeneratedArticle]) -> None:
    """The matcher with the default watchlist finds each watch of the truth and no other; each occurs."""
    matcher = Matcher(load(ROOT / "seeds/watchlist.yaml"))
    for article in articles:
        found = sorted({mention.watch for mention in matcher.match(article.headline, article.text)})
        assert article.truth.watches == found, article
    seen = Counter(watch for article in articles for watch in article.truth.watches)
    assert min(seen[watch] for watch in ("ceasefire", "deadline", "sanctions")) > 100


def test_the_prose_is_whole(articles: list[GeneratedArticle]) -> None:
    """No slot is left open, no 'a' stands before a vowel, each sentence begins with a capital or number."""
    for article in articles:
        text = f"{article.headline}\n{article.text}"
        assert not re.search(r"[{}\[\]]|  |\ba [aei]", text), text
        assert not re.search(r"(?:^|[.] )[a-z]", article.text if article.truth.kind == "original" else "")


def test_the_command_writes_rows_that_ingest_takes(tmp_path: Path) -> None:
    """One JSON object a line, the same as the function gives."""
    path = tmp_path / "load.jsonl"
    main(["--articles", "20", "--seed", "3", "--out", str(path)])
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert rows == [json.loads(msgspec.json.encode(article)) for article in generate(20, seed=3)]
    assert set(rows[0]) == {"id", "uri", "headline", "text", "source", "published", "truth"}
