"""Records on the wire: what is written is what is read."""

from __future__ import annotations

from datetime import UTC, datetime
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams import records
from streams.records import (
    Article,
    Enriched,
    Entry,
    Outcome,
    Parsed,
    Rejection,
    Sequenced,
    Silence,
    Start,
    Tick,
)

TYPES: list[Any] = [
    item
    for item in vars(records).values()
    if isinstance(item, type) and issubclass(item, msgspec.Struct) and item is not msgspec.Struct
]
# A decoded JSON text is never a lone surrogate half; UTF-8 has none.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
TIMES = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)).map(lambda time: time.replace(tzinfo=UTC))  # noqa: DTZ001


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Values of an annotation, built from the types that records are made of."""
    plain = {str: TEXTS, int: st.integers(-(2**53), 2**53), bytes: st.binary(max_size=20), datetime: TIMES}
    plain |= {float: st.floats(0, 1), bool: st.booleans(), NoneType: st.none()}
    if kind in plain:
        return plain[kind]
    if get_origin(kind) is Literal:
        return st.sampled_from(get_args(kind))
    if get_origin(kind) is tuple:
        return st.lists(values(get_args(kind)[0]), max_size=2).map(tuple)
    if get_origin(kind) is dict:
        return st.dictionaries(*map(values, get_args(kind)), max_size=2)
    if get_args(kind):
        return st.one_of([values(part) for part in get_args(kind)])
    hints = get_type_hints(kind)
    return st.builds(kind, **{name: values(hints[name]) for name in kind.__struct_fields__})


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_what_is_written_is_what_is_read(kind: Any, data: st.DataObject) -> None:
    """Every field of every record, whatever is in it, comes back as it was; one line of JSON."""
    record = data.draw(values(kind))
    written = msgspec.json.encode(record)
    assert b"\n" not in written
    assert msgspec.json.decode(written, type=kind) == record


@pytest.mark.parametrize(
    ("union", "kinds"),
    [
        (Parsed, [Article, Rejection]),
        (Entry, [Outcome, Start, Tick, Silence]),
        (Sequenced | Enriched, [Sequenced, Enriched]),
    ],
    ids=["news.articles", "news.outcomes", "mentions"],
)
@given(data=st.data())
def test_a_topic_of_several_records_tells_them_apart(
    union: Any, kinds: list[Any], data: st.DataObject
) -> None:
    """The type that comes out is the one that went in."""
    record = data.draw(st.sampled_from(kinds).flatmap(values))
    found = msgspec.json.decode(msgspec.json.encode(record), type=union)
    assert type(record) is type(found)
    assert record == found


def test_a_field_of_a_later_version_is_passed_over() -> None:
    """A newer worker may add one while an older one still runs."""
    assert Start(seq=3) == msgspec.json.decode(b'{"type":"start","seq":3,"later":1}', type=Entry)
