"""What an input says, under the names the world uses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from agents.ingest.fields import read_fields
from agents.ingest.refusal import RefusalError


@pytest.mark.parametrize(
    ("given", "body"),
    [
        ({"body_text": "short", "content": "a longer one"}, "short"),
        ({"summary": "teaser", "content": "the whole text"}, "the whole text"),
        ({"description": "the whole text", "text": "cut"}, "the whole text"),
        ({"Article-Body": "text"}, "text"),
        ({"content": ["one", "two"]}, "one\ntwo"),
        (
            {"content": [{"type": "text", "value": "one"}, {"type": "html", "value": "<p>one</p>"}]},
            "<p>one</p>",
        ),
        ({"body_text": None, "content": {"rendered": "text"}}, "text"),
    ],
)
def test_body(given: dict[str, Any], body: str) -> None:
    """`body_text` wins, else the longest; paragraphs are joined, of versions the longest taken."""
    assert read_fields(json.dumps(given)).body == body


def test_text_that_starts_like_json_is_text() -> None:
    """Only what parses as JSON is JSON, but for a broken object."""
    assert read_fields("[Update] Talks resume").body == "[Update] Talks resume"
    assert read_fields('"No," he said.').body == '"No," he said.'
    assert read_fields("12 dead in flood").body == "12 dead in flood"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("null", "null"),
        ("true", "boolean"),
        ("false\n", "boolean"),
        ("3", "number"),
        ('"text"', "string"),
        ("[{}]", "array"),
    ],
)
def test_a_json_value_that_is_no_object_is_refused_by_its_name(text: str, kind: str) -> None:
    """As JSON calls it, whatever the value."""
    with pytest.raises(RefusalError, match=rf"^JSON {kind} .+ is no article") as refusal:
        read_fields(text)
    assert refusal.value.reason == "wrong_type"


@pytest.mark.parametrize("missing", ["null", "None", "NaN", "undefined", "N/A", " nil "])
def test_what_programs_write_for_nothing_is_nothing(missing: str) -> None:
    """Neither a wrong date nor somebody called None; a body of it is no body."""
    fields = read_fields(json.dumps({"text": "Talks", "date": missing, "author": missing, "title": missing}))
    assert (fields.published, fields.byline, fields.headline) == (None, None, None)
    with pytest.raises(RefusalError) as refusal:
        read_fields(json.dumps({"body_text": missing}))
    assert refusal.value.reason == "no_body"


def test_a_comma_behind_the_object_is_no_fault() -> None:
    """Lines cut out of an array have one."""
    assert read_fields('{"text": "Talks"},\r\n').body == "Talks"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ({"$date": "2025-11-25"}, "2025-11-25"),
        ({"$date": {"$numberLong": "1764064800000"}}, "1764064800000"),
        (["2025-11-25", "2025-11-26"], "2025-11-25"),
    ],
)
def test_a_date_in_its_wrapping(date: Any, expected: str) -> None:
    """As databases export it; of several the first."""
    assert read_fields(json.dumps({"text": "Talks", "date": date})).published == expected


def test_lists_with_gaps_and_lists_of_links() -> None:
    """A missing author is left out; of several links the first is the article's."""
    fields = read_fields(
        json.dumps({"text": "Talks", "authors": [None, "News desk"], "url": ["https://a.example/1", "x"]})
    )
    assert (fields.byline, fields.uri) == ("News desk", "https://a.example/1")


def test_a_page_in_a_field_says_what_the_object_does_not() -> None:
    """The object's own fields win."""
    page = '<html lang="en"><head><title>Talks resume</title></head><body><p>Text.</p></body></html>'
    fields = read_fields(json.dumps({"html": page, "source": "Example"}))
    assert (fields.headline, fields.language, fields.source) == ("Talks resume", "en", "Example")
    assert read_fields(json.dumps({"html": page, "title": "Given"})).headline == "Given"


@pytest.mark.parametrize(
    ("given", "name"),
    [("a", "a"), (17, "17"), (1.5, "1.5"), (True, "true"), ({"$oid": "5f"}, '{"$oid": "5f"}'), ([1], "[1]")],
)
def test_any_id_names_an_article(given: object, name: str) -> None:
    """Nothing is reckoned by it, so no article is refused for its form."""
    assert read_fields(json.dumps({"id": given, "text": "The truce holds."})).name == name
