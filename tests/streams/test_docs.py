import re
from pathlib import Path

import pytest

from streams.docs import DOCS, api, architecture, metrics, schemas, topics
from streams.settings import Settings


@pytest.mark.parametrize("name", sorted(schemas()))
def test_each_schema_in_the_docs_is_the_one_of_the_code(name: str) -> None:
    """A changed record without `make docs` is a failure."""
    assert schemas()[name] == (DOCS / "schemas" / name).read_text(encoding="utf-8")


def test_no_schema_is_left_of_a_record_that_has_gone() -> None:
    """A reader must find nothing there that nobody sends."""
    assert set(schemas()) == {path.name for path in (DOCS / "schemas").iterdir()}


def test_the_picture_of_the_flow_is_up_to_date() -> None:
    """The architecture page is not changed by writing it again."""
    assert architecture() == (DOCS / "architecture.md").read_text(encoding="utf-8")


def test_the_asyncapi_document_is_up_to_date() -> None:
    """A changed topic without `make docs` is a failure."""
    assert topics() == (DOCS / "asyncapi.yaml").read_text(encoding="utf-8")


def test_the_openapi_document_is_up_to_date() -> None:
    """A changed parameter or answer without `make docs` is a failure."""
    assert api() == (DOCS / "openapi.yaml").read_text(encoding="utf-8")


def test_the_page_of_metrics_is_up_to_date() -> None:
    """A new metric, label or meaning without `make docs` is a failure."""
    assert metrics() == (DOCS / "metrics.md").read_text(encoding="utf-8")


def test_each_setting_of_webhook_and_console_is_on_the_page_for_subscribers() -> None:
    """A new one without a word about it is a failure."""
    page = (DOCS / "subscribing.md").read_text(encoding="utf-8")
    for name in Settings.model_fields:
        if name.startswith(("webhook_", "console_")):
            assert f"_{name.partition('_')[2].upper()}`" in page


def pages() -> list[Path]:
    """Everything written for people; what was taken from elsewhere has links of its own."""
    root = DOCS.parent
    return [root / "README.md", root / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]


def anchors(page: Path) -> set[str]:
    """As GitHub makes them of headings, and those that are set."""
    text = page.read_text(encoding="utf-8")
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", re.sub(r"\[(.*?)\]\(.*?\)", r"\1", title)) for title in titles)
    return {title.lower().replace(" ", "-") for title in plain} | set(re.findall(r'<a id="(.*?)">', text))


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(DOCS.parent).as_posix())
def test_each_link_leads_somewhere(page: Path) -> None:
    """To a file that is there, and a heading of it."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    lost = []
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"\w+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            lost.append(link)
    assert lost == []


def test_the_readme_s_index_has_every_page() -> None:
    """Of the first level; deeper ones are found from there."""
    index = (DOCS.parent / "README.md").read_text(encoding="utf-8").rpartition("## More")[2]
    assert [page.name for page in DOCS.glob("*.md") if f"(docs/{page.name})" not in index] == []
