"""`newswatch duplicates`: rows in, verdicts out."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from typer.testing import CliRunner

from seeds.generate import generate
from streams.cli import app


def judged(*rows: dict[str, Any] | str, window: str | None = None) -> list[dict[str, Any]]:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    options = ["--window", window] if window else []
    done = CliRunner().invoke(app, ["duplicates", *options, "-"], input="\n".join(lines))
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


TEXT = next(iter(generate(1, seed=5))).text


def test_each_status_once() -> None:
    """New, the same text, nearly the same, the same address with another text, and one refused."""
    near = TEXT + "\n\nThis story was updated with a line at its end."
    other = "Wholly different words stand here, about the price of bread and of milk in spring and autumn."
    found = judged(
        {"id": 1, "text": TEXT, "uri": "https://a.example/1"},
        {"id": 2, "text": TEXT, "uri": "https://b.example/2"},
        {"id": 3, "text": near, "uri": "https://c.example/3"},
        {"id": 4, "text": other, "uri": "https://a.example/1"},
        {"id": 5, "text": "  "},
        "no JSON {",
    )
    assert [(row["id"], row["status"]) for row in found] == [
        (1, "new"),
        (2, "exact_duplicate"),
        (3, "near_duplicate"),
        (4, "update"),
        (5, "rejected"),
        (None, "rejected"),
    ]
    first = found[0]["story_id"]
    assert [row["story_id"] for row in found[:4]] == [first] * 4
    assert [row["duplicate_of"] for row in found[:2]] == [None, first]
    assert {"reason", "message"} <= found[4].keys()
    assert found[5]["message"].startswith("line 6: 'no JSON {' is")


def test_an_id_may_be_anything() -> None:
    """It is kept, and no row is refused for it."""
    ids = [1.5, [1], {"k": None}, None, True]
    found = judged(*({"id": value, "text": TEXT} for value in ids))
    assert [row["id"] for row in found] == ids
    assert [row["status"] for row in found] == ["new", *["exact_duplicate"] * 4]


def test_the_window_is_event_time() -> None:
    """A copy that comes after it is new again."""
    rows = [
        {"id": n, "text": TEXT, "uri": f"https://{n}.example/", "published": f"2025-03-0{n}T12:00:00Z"}
        for n in (1, 2)
    ]
    assert [row["status"] for row in judged(*rows, window="72h")] == ["new", "exact_duplicate"]
    assert [row["status"] for row in judged(*rows, window="1h")] == ["new", "new"]


def _evaluate(*rows: dict[str, Any], options: tuple[str, ...] = ()) -> Any:
    lines = "\n".join(json.dumps(row) for row in rows)
    return CliRunner().invoke(app, ["duplicates", "--evaluate", *options, "-"], input=lines)


OTHER = "Wholly different words stand here, about the price of bread and of milk in spring and autumn."


def test_evaluate_prints_how_right_it_is() -> None:
    """Precision and recall by pairs, copies and B\N{SUPERSCRIPT THREE}, and what was missed."""
    done = _evaluate(
        {"id": "a", "text": TEXT, "cluster": 1},
        {"id": "b", "text": TEXT, "cluster": 1},
        {"id": "c", "text": OTHER, "cluster": 1},
    )
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[0] == "3 rows, 1 clusters"
    assert lines[1].split() == ["pairs", "P", "1.000", "R", "0.333", "of", "3"]
    assert lines[2].split() == ["copies", "P", "1.000", "R", "0.500", "of", "2"]
    assert lines[4:] == ["1 errors, the worst:", "  c: missed, of a: new"]


def test_evaluate_as_json_and_so_many_errors() -> None:
    """`--worst 0` leaves them out, not their count in the scores."""
    rows = ({"id": "a", "text": TEXT, "cluster": "x"}, {"id": "b", "text": TEXT, "cluster": "y"})
    found = json.loads(_evaluate(*rows, options=("--json",)).stdout)
    assert (found["copies_precision"], found["errors"][0]["kind"], found["errors"][0]["other"]) == (
        0.0,
        "false copy",
        "a",
    )
    assert json.loads(_evaluate(*rows, options=("--json", "--worst", "0")).stdout)["errors"] == []


def test_evaluate_takes_the_generator_s_truth() -> None:
    """As `python -m seeds.generate` writes it."""
    lines = "\n".join(msgspec.json.encode(article).decode() for article in generate(60, seed=3))
    done = CliRunner().invoke(app, ["duplicates", "--evaluate", "--json", "-"], input=lines)
    found = json.loads(done.stdout)
    assert found["copies"] > 10
    assert found["copies_precision"] == found["copies_recall"] == 1.0


def test_a_row_without_its_truth_ends_it() -> None:
    """With its line and what it needs; no row at all ends it, too."""
    done = _evaluate({"id": "a", "text": TEXT, "cluster": 1}, {"id": "b", "text": TEXT})
    assert done.exit_code == 1
    assert "line 2: there is no cluster" in str(done.exception)
    assert "there are no rows" in str(_evaluate().exception)
