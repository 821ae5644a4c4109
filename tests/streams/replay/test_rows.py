"""What a JSON row says of itself."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.replay.rows import Row, describe, elements, lines, looks_like_rows

DAY = datetime(2025, 11, 24, 10, tzinfo=UTC)


@pytest.mark.parametrize("alias", ["versioncreated", "published", "pubDate", "date"])
def test_a_date_is_found_under_its_aliases(alias: str) -> None:
    """All of them mean the time of publication."""
    assert Row(published=DAY) == describe(msgspec.json.encode({alias: "2025-11-24T12:00:00+02:00"}))


@pytest.mark.parametrize("alias", ["uri", "url", "link"])
def test_an_address_is_found_under_its_aliases(alias: str) -> None:
    """The first that is a text is taken."""
    assert Row(uri="https://example.org/1") == describe(msgspec.json.encode({alias: "https://example.org/1"}))


@pytest.mark.parametrize("value", [None, True, [], {}, "", "soon", "2025-13-45", 1e300])
def test_a_date_that_is_none_leaves_the_row_undated(value: object) -> None:
    """Ingest will judge it; the order goes by the dates there are."""
    assert Row() == describe(msgspec.json.encode({"published": value}))


def test_a_usable_date_beats_a_broken_one() -> None:
    """A broken alias does not hide a good one."""
    assert Row(published=DAY) == describe(b'{"published": "?", "date": "Mon, 24 Nov 2025 10:00:00 GMT"}')


@pytest.mark.parametrize(("value", "name"), [("a", "a"), (7, "7"), (None, None), ("  ", None), ([1], None)])
def test_an_id_is_the_name(value: object, name: str | None) -> None:
    """Texts and numbers name a row."""
    assert Row(id=name) == describe(msgspec.json.encode({"id": value}))


@pytest.mark.parametrize("payload", [b"", b"3", b"[]", b'"x"', b"{", b"{broken", b"\xff{}", b"[" * 100_000])
def test_what_is_not_an_object_is_none(payload: bytes) -> None:
    """No exception, however it is broken."""
    assert describe(payload) is None


@given(st.binary(max_size=60))
def test_any_bytes_are_a_row_or_none(payload: bytes) -> None:
    """Nothing raises."""
    assert isinstance(describe(payload), Row | None)


def test_elements_of_a_list_keep_their_bytes() -> None:
    """Numbers, order of fields and escapes are as they were."""
    assert elements(b' [ {"b":1.0,"a":"\\u00e9"} , 3 ] ') == [b'{"b":1.0,"a":"\\u00e9"}', b"3"]
    assert elements(b'{"a": 1}') is None


@given(
    st.lists(st.binary(max_size=20).map(lambda row: row.translate(None, b"\n")), max_size=10), st.booleans()
)
def test_lines_give_the_place_of_every_line_that_is_not_blank(rows: list[bytes], bom: bool) -> None:
    """Offset and length lead to the same bytes, without a byte-order mark and the space around."""
    data = (b"\xef\xbb\xbf" if bom else b"") + b"\n".join(rows)
    found = list(lines(io.BytesIO(data)))
    if not data.startswith(b"\xef\xbb\xbf\xef\xbb\xbf") and not (
        rows and rows[0].startswith(b"\xef\xbb\xbf")
    ):
        assert [row.strip() for row in rows if row.strip()] == [head for _, _, head in found]
    assert [head for _, _, head in found] == [data[offset : offset + length] for offset, length, _ in found]


def test_a_line_longer_than_the_memory_allows_is_cut_but_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its length is that of the whole; the line after it is found."""
    monkeypatch.setattr("streams.replay.rows.LINE_MAX", 8)
    data = b"a" * 30 + b"\n" + b"b" * 8 + b"\n" + b"c"
    assert [(offset, head) for offset, _, head in lines(io.BytesIO(data))] == [
        (0, b"aaaaaaaa"),
        (31, b"bbbbbbbb"),
        (40, b"c"),
    ]
    assert next(length for _, length, _ in lines(io.BytesIO(data))) >= 30


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (b'{"a":1}\n{"b":2}', True),
        (b'{broken\n{"b":2}', True),
        (b"{curly} prose\nand more", False),
        (b'prose\n{"a":1}', False),
        (b"", False),
    ],
)
def test_rows_are_told_from_prose(text: bytes, rows: bool) -> None:
    """A first brace and one whole object make rows."""
    assert rows == looks_like_rows(io.BytesIO(text), 0)
