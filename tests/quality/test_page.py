"""The page and the README's table: made of the figures, and nothing there that isn't."""

from __future__ import annotations

from streams.docs import DOCS
from tests.quality import figures, page
from tests.quality.__main__ import SECTIONS, table
from tests.quality.figures import Block
from tests.quality.row import Row
from tests.quality.sources import described

OURS = Row(
    "entities", "newswatch-default, all labels", "ours", 1200, "names", {"P": 0.5, "R": 1.0, "F": 2 / 3}
)
THEIRS = Row("entities", "newswatch-default, all labels", "gum-news", 7, "names", {"F": 0.75})
BLOCKS = [Block("entities", True, "aaa", (OURS,)), Block("entities", False, "bbb", (THEIRS,))]


def test_the_page_keeps_ours_apart_from_the_corpora() -> None:
    """Each with its commit, its n and whose data it is."""
    ours, corpora = page.page(BLOCKS).split("## On corpora")
    assert "commit aaa" in ours
    assert "| newswatch-default, all labels | ours | 1,200 names | 0.500 | 1.000 | 0.667 |" in ours
    assert "gum-news" not in ours
    assert "commit bbb" in corpora
    assert f"- gum-news: {described('gum-news')}" in corpora


def test_the_table_has_every_row() -> None:
    """Ours first."""
    shown = table([THEIRS, OURS])
    assert list(shown.columns[2].cells) == ["ours", "gum-news"]
    assert list(shown.columns[4].cells) == ["P 0.500  R 1.000  F 0.667", "F 0.750"]


def test_the_readme_has_its_table_between_the_marks() -> None:
    """And all else is left as it is."""
    written = page.readme("before\n<!-- quality -->\nold\n<!-- /quality -->\nafter\n", BLOCKS)
    assert written.startswith("before\n<!-- quality -->\n| what |")
    assert "| entities: newswatch-default, all labels | ours | 1,200 names | F 0.667 |" in written
    assert "old" not in written
    assert written.endswith("<!-- /quality -->\nafter\n")


def test_the_page_is_made_of_the_figures_that_are_kept() -> None:
    """An edit by hand, or a figure without its page, is a failure; so is data that nobody described."""
    blocks = figures.read()
    assert {block.section for block in blocks} <= set(SECTIONS)
    assert page.page(blocks) == (DOCS / "quality.md").read_text(encoding="utf-8")
    assert [row.data for block in blocks for row in block.rows if described(row.data) is None] == []


def test_the_readme_tells_what_was_measured() -> None:
    """Its table isn't changed by writing it again."""
    text = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    assert page.MARKED.search(text)
    assert page.readme(text, figures.read()) == text
