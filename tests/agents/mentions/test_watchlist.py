# ruff: noqa: E501
"""Reading watchlists: what is accepted, and how each mistake is named."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from agents.mentions import watchlist as module
from agents.mentions.watchlist import Watch, WatchlistError, load, parse

GOOD = """\
watches:
  - name: ceasefire
    terms: [ceasefire, ' truce ', truce]
    severity: critical
    description: A halt
  - {name: deadline, terms: [deadline]}
"""


def test_a_watchlist_is_read_with_its_defaults() -> None:
    """Severity is `warning`, the description empty; terms are trimmed and kept once."""
    assert parse(GOOD, "w.yaml").watches == (
        Watch(name="ceasefire", terms=("ceasefire", "truce"), severity="critical", description="A halt"),
        Watch(name="deadline", terms=("deadline",), severity="warning", description=""),
    )


def test_the_version_is_that_of_the_content() -> None:
    """Layout, comments and order change nothing; a severity does."""
    other = """# the same
watches:
- terms:
  - deadline
  name: "deadline"
- description: 'A halt'
  severity: critical
  name: ceasefire
  terms: [truce, ceasefire]
"""
    version = parse(GOOD, "w.yaml").version
    assert version == parse(other, "other.yaml").version
    assert version != parse(GOOD.replace("critical", "info"), "w.yaml").version


def test_the_list_alone_is_a_watchlist() -> None:
    """As it is written in a message or an issue, without `watches:`."""
    alone = GOOD.partition("watches:\n")[2]
    assert alone.startswith("  - ")
    assert parse(GOOD, "w.yaml") == parse(alone, "w.yaml")


def test_an_empty_list_is_a_mistake() -> None:
    """With it everything runs and nothing is ever found, which nobody notices."""
    with pytest.raises(WatchlistError, match=r"^w\.yaml:1: watches: is empty; list at least one watch$"):
        parse("watches: []", "w.yaml")


def watch(fields: str) -> str:
    return f"watches:\n  - name: a\n    {fields}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "w.yaml:1: the file: is empty; write a mapping with watches"),
        ("3", "w.yaml:1: the file: is '3' (YAML: int); write a mapping with watches"),
        ("- a", "w.yaml:1: watches[0]: is the text 'a'; write a mapping with name"),
        ("[]", "w.yaml:1: watches: is empty; list at least one watch"),
        ("watches: 3", "w.yaml:1: watches: is '3' (YAML: int); write a list, one item a line after '- '"),
        ("watch: []", "w.yaml:1: the file: unknown field 'watch'; the fields are watches"),
        ("watches: []\nwatches: []", "w.yaml:2: the file: 'watches' stands twice, in line 1 and here; remove one of them"),
        ("watches:\n  - ceasefire", "w.yaml:2: watches[0]: is the text 'ceasefire'; write a mapping with name"),
        ("watches:\n  - name: a", "w.yaml:2: watches[0]: has no 'query' and no 'terms'; add one of them"),
        ("watches:\n  - terms: [a]", "w.yaml:2: watches[0]: has no 'name'; add it"),
        (watch("terms: []"), "w.yaml:3: watches[0].terms: is empty; list at least one term"),
        (watch("terms: truce"), "w.yaml:3: watches[0].terms: is the text 'truce'; write a list, one item a line after '- '"),
        (watch("terms: [truce, '']"), "w.yaml:3: watches[0].terms[1]: '' has no letter or digit to look for; write a word or phrase"),
        (watch("terms: ['--']"), "w.yaml:3: watches[0].terms[0]: '--' has no letter or digit to look for; write a word or phrase"),
        (watch("terms: [no]"), "w.yaml:3: watches[0].terms[0]: is 'no' (YAML: bool); write text, in quotes if it is meant as such"),
        (watch("terms: [a]\n    severity: high"), "w.yaml:4: watches[0].severity: 'high' is no severity; write one of info, warning, critical"),
        (watch("terms: [a]\n    query: b"), "w.yaml:2: watches[0]: has both 'query' and 'terms'; keep one of them"),
        (watch("terms: [a]\n    description:"), "w.yaml:4: watches[0].description: is empty; write text, in quotes if it is meant as such"),
        (watch("terms: [a]\n  - name: a\n    terms: [b]"), "w.yaml:4: watches[1].name: 'a' is taken by 'a' in line 2, and each name makes a topic ('.' and '_' count as one); rename one, or put their terms together"),
        ("watches:\n  - {name: shadow, terms: [a]}", "w.yaml:2: watches[0].name: 'shadow' is taken, since alerts.shadow is a topic of its own; choose another name"),
        ("watches:\n  - {name: Käse, terms: [a]}", "w.yaml:2: watches[0].name: 'Käse' can't be part of the topic alerts.<name>; write small letters a-z, digits, '.', '_' and '-' only, the first no '.'"),
        ("watches:\n  - name: a\n   terms: [", "w.yaml:3:4: is not YAML: did not find expected '-' indicator; correct the syntax"),
        ("watches:\n  - &a {name: b, terms: [c]}\n  - *a", "w.yaml:3: '*a': aliases are not read; write the value out"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place_and_the_way_out(text: str, message: str) -> None:
    """File, line, field, value, what is allowed."""
    with pytest.raises(WatchlistError) as error:
        parse(text, "w.yaml")
    assert message == str(error.value)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("watches:\n  - {name: " + "a" * 101 + ", terms: [a]}", "has 101 characters, the limit is 100"),
        (watch(f"terms: [{'a' * 201}]"), "has 201 characters, the limit is 200"),
        ("[" * 100_000, "w.yaml:1: is nested deeper than 8 levels"),
        ("watches:\n  - {name: a.b, terms: [a]}\n  - {name: a_b, terms: [a]}", "'a_b' is taken by 'a.b' in line 2"),
        ("a: &a [x]\nwatches: [*a, *a]", "aliases are not read"),
        ("watches: []\n---\nwatches: []", "is not YAML"),
        ("watches: \x00", "is not YAML"),
        ("? {a: b}\n: c", "unknown field 'a mapping'"),
    ],
)  # fmt: skip
def test_limits_are_named(text: str, part: str) -> None:
    """What is too long, too deep or built to explode."""
    with pytest.raises(WatchlistError) as error:
        parse(text, "w.yaml")
    assert part in str(error.value)


def test_a_file_is_read_by_name(tmp_path: Path) -> None:
    """With a byte order mark, as some editors write it."""
    path = tmp_path / "w.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert parse(GOOD, "w.yaml") == load(path)


def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    """So an editor can be pointed at it."""
    path = tmp_path / "w.yaml"
    path.write_bytes(b"watches:\n  - name: caf\xe9")
    with pytest.raises(WatchlistError, match=r"w\.yaml:2: is not UTF-8 at byte 22; save it as UTF-8"):
        load(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """Not a traceback."""
    with pytest.raises(WatchlistError, match=r"none\.yaml: can't be read: No such file"):
        load(tmp_path / "none.yaml")


def test_a_huge_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is looked at first, in the file as in the text."""
    monkeypatch.setattr(module, "LARGEST_FILE", 10)
    path = tmp_path / "w.yaml"
    path.write_text(GOOD)
    with pytest.raises(WatchlistError, match=r"has \d+ bytes, the limit is 10"):
        load(path)
    with pytest.raises(WatchlistError, match=r"has \d+ characters, the limit is 10"):
        parse(GOOD, "w.yaml")


@given(st.text() | st.recursive(st.none() | st.booleans() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["watches", "name", "terms", "severity"]), inner)).map(yaml.safe_dump))  # fmt: skip
def test_anything_is_a_watchlist_or_one_clear_line(text: str) -> None:
    """No other exception gets out, and no message has two lines."""
    message = ""
    try:
        parse(text, "w.yaml")
    except WatchlistError as error:
        message = str(error)
    assert message.startswith("w.yaml") or not message
    assert "\n" not in message


def test_the_default_watchlist_has_the_three_watches() -> None:
    """The file that is used when none is named."""
    path = Path(__file__).parents[3] / "seeds/watchlist.yaml"
    assert [watch.name for watch in load(path).watches] == ["ceasefire", "deadline", "sanctions"]
