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
