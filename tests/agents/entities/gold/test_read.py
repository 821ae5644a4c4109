"""Files to evaluate on, good and bad."""

from __future__ import annotations

import json
from typing import Any

import pytest

from agents.entities.gold.document import GoldError, Marked
from agents.entities.gold.read import read_gold


def lines(*rows: dict[str, Any]) -> bytes:
    return "\n\n".join(json.dumps(row) for row in rows).encode()


def names(marked: Marked) -> list[tuple[str, str]]:
    return [(marked.text[name.start : name.end], name.label) for name in marked.names]


def bio(text: str, *names: str, **more: Any) -> dict[str, Any]:
    tokens = text.split()
    return {"tokens": tokens, "tags": ["B-LOC" if token in names else "O" for token in tokens], **more}


def test_rows_of_tokens() -> None:
    """Each stands for itself, as it stood in print."""
    [one, two] = read_gold(
        lines(bio("In Kyiv , rain .", "Kyiv", id="a-1"), bio("Lviv", "Lviv", id="a-2")), "f"
    )
    assert (one.text, names(one)) == ("In Kyiv, rain.", [("Kyiv", "LOC")])
    assert (two.text, names(two)) == ("Lviv", [("Lviv", "LOC")])


def test_sentences_are_put_together_to_their_document() -> None:
    """By `doc`, or by id if asked; what ends without a full stop was a line of its own."""
    rows = [
        bio("Rain in Kyiv", "Kyiv", id="a_x-1"),
        bio("It rained .", id="a_x-2"),
        bio("So in Lviv !", "Lviv", id="a_x-3"),
        bio("Odesa", "Odesa", id="b_y-1"),
    ]
    [one, two] = read_gold(lines(*rows), "f", by_id=True)
    assert (one.text, one.document) == ("Rain in Kyiv\nIt rained. So in Lviv!", "a_x")
    assert (names(one), names(two)) == ([("Kyiv", "LOC"), ("Lviv", "LOC")], [("Odesa", "LOC")])
    by_doc = [row | {"doc": at // 2} for at, row in enumerate(rows)]
    assert [one.text for one in read_gold(lines(*by_doc), "f")] == [
        "Rain in Kyiv\nIt rained.",
        "So in Lviv! Odesa",
    ]
    assert len(read_gold(lines(*rows), "f")) == 4


def test_conll_columns() -> None:
    """Documents by -DOCSTART-; the tag is the last column; comments and Windows' line ends are no matter."""
    text = "-DOCSTART- -X- -X- O|EU NNP B-NP I-ORG|'s POS B-NP O||# sent_id = 2|# O|Kyiv\tI-LOC||"
    text += "-DOCSTART- -X- O O|Mr O|Hu B-PER"
    [one, two] = read_gold(("\ufeff" + text.replace("|", "\r\n")).encode(), "f")
    assert (one.text, names(one)) == ("EU's\n#Kyiv", [("EU", "ORG"), ("Kyiv", "LOC")])
    assert (two.text, names(two)) == ("Mr Hu", [("Hu", "PER")])


def test_spans() -> None:
    """Code points; `type` for `label`; the unsure are left out; how `text` spells quotes is no matter."""
    entities = [
        {"start": 2, "end": 6, "label": "GPE"},
        {"start": 2, "end": 6, "type": "Location", "confidence": 0.4},
        {"start": 7, "end": 12, "type": "Person", "confidence": 0.5, "text": "'Hu'"},
    ]
    data = lines({"text": "🕊 Kyiv “Hu” ", "entities": entities, "id": 7})
    [one] = read_gold(data, "f")
    assert names(one) == [("Kyiv", "GPE"), ("“Hu” ", "Person")]
    assert len(read_gold(data, "f", confidence=0.4)[0].names) == 3


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "f: there is no text in it"),
        (b"\n\n", "f: there is no text in it"),
        (b"{", "line 1: Input data was truncated"),
        (b'\n{"tokens": ["a"], "tags": ["O", "O"]}', "line 2: `tags` has 2 values for 1 `tokens`"),
        (b'{"tokens": ["a"], "tags": ["O"], "spaces": []}', "line 1: `spaces` has 0 values for 1 `tokens`"),
        (b'{"tokens": ["a"], "tags": ["PER"]}', "line 1: `tags[0]` is 'PER'"),
        (b'{"tokens": ["a", ""], "tags": ["O", "O"]}', "line 1: `tokens[1]` is empty"),
        (b'{"tokens": "a", "tags": []}', "at `$.tokens`"),
        (b'{"tokens": ["a"]}', "missing required field `tags`"),
        (b'{"text": "a"}', "missing required field `entities`"),
        (b'{"id": "a"}', "neither `tokens` nor `text`"),
        (b'{"text": "a", "entities": [{"start": 0}]}', "`end` - at `$.entities[0]`"),
        (b'{"text": "a", "entities": [{"start": 0, "end": 2, "label": "ORG"}]}', "has 1 characters"),
        (b'{"text": "a", "entities": [{"start": 1, "end": 1, "label": "ORG"}]}', "`entities[0]` is [1, 1)"),
        (b'{"text": "a", "entities": [{"start": -1, "end": 1, "label": "ORG"}]}', "`entities[0]` is [-1, 1)"),
        (b'{"text": "a", "entities": [{"start": 0, "end": 1}]}', "`entities[0]` has no `label`"),
        (b'{"text": "a", "entities": [{"start": 0, "end": 1, "label": "X", "text": "b"}]}', "are of 'a'"),
        (b"a O\nb\n", "line 2: 'b' has no tag"),
        (b"a O\n\nb NNP", "line 3: last column 'NNP' is no tag"),
        (b"a O\n\xff O", "line 2 is not UTF-8"),
        (b'{"text": "a", "entities": []}\n[1]', "line 2: Expected `object`, got `array`"),
    ],
)
def test_a_bad_file_is_told_by_line_and_field(data: bytes, says: str) -> None:
    """With the name of the file."""
    with pytest.raises(GoldError) as raised:
        read_gold(data, "f")
    assert str(raised.value).startswith("f: ")
    assert says in str(raised.value)
