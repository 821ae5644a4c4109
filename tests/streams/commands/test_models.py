"""`newswatch models`: what there is, how good it is, getting another."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from streams.cli import app
from streams.models.wheel import sum_of
from tests.streams.models.conftest import NAME, VERSION, make_wheel

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

GOLD = (
    '{"tokens": ["Rain", "in", "Kyiv", "and", "Foo", "."], "tags": ["O", "O", "B-LOC", "O", "B-PER", "O"]}\n'
)
NOT_INSTALLED = pytest.mark.skipif(
    importlib.util.find_spec("en_core_web_sm") is not None, reason="en_core_web_sm is installed here"
)


def models(*arguments: str, text: str = "", **variables: str) -> Result:
    """In this process; what is set outside of the test doesn't count."""
    clean = {name: None for name in os.environ if name.startswith("NEWSWATCH_")}
    return CliRunner(env=clean | variables).invoke(app, ["models", *arguments], input=text)


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """Of a pipeline that finds 'Kyiv'."""
    return make_wheel(tmp_path)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small pipeline in a folder, by `models install`."""
    tmp_path = tmp_path_factory.mktemp("models")
    wheel = make_wheel(tmp_path)
    done = models("install", str(wheel), "--sha256", sum_of(wheel), "--to", str(tmp_path / "to"))
    assert (done.exit_code, done.stderr) == (0, "")
    assert f"{NAME} {VERSION} is installed and can be used" in done.stdout
    assert f"NEWSWATCH_SPACY_MODEL={tmp_path / 'to' / NAME}" in done.stdout
    return tmp_path / "to"


@NOT_INSTALLED
def test_the_list_says_which_is_used_and_why() -> None:
    """And which one more can be had."""
    done = models("list")
    assert done.exit_code == 0
    assert "newswatch-default" in done.stdout
    assert "(en_core_web_sm is not installed)" in done.stdout
    assert "'newswatch models install'" in done.stdout


def test_a_configured_folder_is_in_the_list(installed: Path) -> None:
    """With what its card says; it is the one in use."""
    place = str(installed / NAME / f"{NAME}-{VERSION}")
    done = models("list", "--json", NEWSWATCH_SPACY_MODEL=place)
    told = json.loads(done.stdout)
    assert (told["in_use"], told["why"]) == (place, "configured")
    [used] = [one for one in told["models"] if one["in_use"]]
    assert (used["version"], used["kind"], used["labels"]) == (VERSION, "folder", ["GPE"])


@NOT_INSTALLED
def test_strict_and_not_there_is_exit_code_1() -> None:
    """The others are told all the same."""
    done = models("list", NEWSWATCH_SPACY_STRICT="1")
    assert done.exit_code == 1
    assert "'en_core_web_sm' can't be used" in done.stderr
    assert "newswatch-default" in done.stdout


def test_an_installed_package_is_found_with_its_sums(installed: Path, tmp_path: Path) -> None:
    """As a program of its own has it on its path; a file that was changed is told, exit code 1."""
    told, code = packaged(installed, "list", "--json")
    assert code == 0
    [one] = [one for one in told["models"] if one["name"] == NAME]
    assert (one["kind"], one["version"], one["labels"]) == ("package", VERSION, ["GPE"])
    told, code = packaged(installed, "info", NAME, "--json")
    assert code == 0
    assert told["card"] | {"spacy_version": None, "author": None} == {
        "description": "Kyiv, and nothing else",
        "license": "MIT",
        "spacy_version": None,
        "author": None,
    }
    assert told["files"]["compared"] > told["files"]["number"] > 3
    assert told["files"]["differing"] == []
    copy = shutil.copytree(installed, tmp_path / "copy")
    patterns = copy / NAME / f"{NAME}-{VERSION}" / "entity_ruler" / "patterns.jsonl"
    patterns.write_text('{"label":"GPE","pattern":"Lviv"}\n', encoding="utf-8")
    changed, code = packaged(copy, "info", NAME, "--json")
    assert (code, changed["files"]["differing"]) == (1, [str(patterns)])
    assert changed["files"]["sha256"] != told["files"]["sha256"]


def packaged(folder: Path, *arguments: str) -> tuple[dict[str, object], int]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("NEWSWATCH_")}
    done = subprocess.run(
        [sys.executable, "-m", "streams", "models", *arguments],
        capture_output=True,
        check=False,
        env=clean | {"PYTHONPATH": str(folder)},
    )
    return json.loads(done.stdout), done.returncode


def test_info_of_the_bundled_one() -> None:
    """Its licence, its files, and what loading it took."""
    done = models("info", "newswatch-default")
    assert done.exit_code == 0
    for line in ("newswatch-default ", "license: ", "labels: PERSON", "sha256: ", "loaded in "):
        assert f"\n{line}" in f"\n{done.stdout}"


def test_one_that_is_not_here_is_told() -> None:
    """With those that are."""
    done = models("info", "no_such_model")
    assert done.exit_code == 1
    assert "no pipeline 'no_such_model' here: there is newswatch-default" in str(done.exception)


def test_evaluate_by_label(installed: Path) -> None:
    """Precision, recall and F with their counts, and the errors."""
    place = str(installed / NAME / f"{NAME}-{VERSION}")
    done = models("evaluate", "-", "--model", place, "--json", "--errors", "9", text=GOLD)
    told = json.loads(done.stdout)
    assert done.exit_code == 0
    assert told["model"] == {"name": place, "version": VERSION}
    assert told["scores"]["LOC"] == {
        "precision": 1.0,
        "recall": 1.0,
        "f": 1.0,
        "names": 1,
        "found": 1,
        "right": 1,
    }
    assert told["scores"]["PERSON"]["precision"] is None
    assert told["scores"]["all"]["f"] == 0.6667
    assert told["errors"] == [{"error": "missed", "label": "PERSON", "text": "Foo", "count": 1}]
    assert (told["documents"], told["words"]) == (1, 5)
    assert told["words_per_second"] > 0


def test_evaluate_for_people(installed: Path) -> None:
    """A table, what isn't judged, and the speed."""
    place = str(installed / NAME / f"{NAME}-{VERSION}")
    done = models("evaluate", "-", "--model", place, "--labels", "LOC", "--errors", "1", text=GOLD)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert [line.split("│")[1:6] for line in lines if "all" in line] == [
        [" all   ", " 100.0 ", " 100.0 ", " 100.0 ", " 1 "]
    ]
    assert "not judged: 1 PER" in lines
    assert lines[-1].startswith(f"{place} {VERSION}: 1 texts, 5 words, ")
    assert lines[-1].endswith(" words/s on one thread")


@pytest.mark.parametrize(("floor", "code"), [("0.66", 0), ("0.67", 3)])
def test_a_floor_is_an_exit_code(installed: Path, floor: str, code: int) -> None:
    """For programs that hold one."""
    place = str(installed / NAME / f"{NAME}-{VERSION}")
    done = models("evaluate", "-", "--model", place, "--floor", floor, text=GOLD)
    assert done.exit_code == code


@pytest.mark.parametrize(
    ("arguments", "text", "says"),
    [
        (["no-such-file.jsonl"], "", "no-such-file.jsonl: can't be read: No such file"),
        (["-"], GOLD + '{"tokens": ["a"], "tags": ["PER"]}', "-: line 2: `tags[0]` is 'PER'"),
        (["-", "--labels", "ORG", "--model", "KYIV"], GOLD, "of these ORG"),
        (["-", "--model", "no_such_model"], GOLD, "'no_such_model' can't be used"),
    ],
)
def test_what_cannot_be_evaluated(installed: Path, arguments: list[str], text: str, says: str) -> None:
    """One error that names it; a model that was asked for is not silently another."""
    place = str(installed / NAME / f"{NAME}-{VERSION}")
    done = models("evaluate", *(place if one == "KYIV" else one for one in arguments), text=text)
    assert (done.exit_code, done.stdout) == (1, "")
    assert says in str(done.exception)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--mirror", "http://127.0.0.1:9"], "the connection is refused"),
        (["none-1.0-py3-none-any.whl"], "can't be read"),
        (["WHEEL"], "give the one that its publisher tells"),
        (["WHEEL", "--sha256", "0" * 64], "wrong checksum"),
    ],
)
def test_what_cannot_be_installed(wheel: Path, tmp_path: Path, arguments: list[str], says: str) -> None:
    """One error, and nothing in the folder."""
    given = [str(wheel) if one == "WHEEL" else one for one in arguments]
    done = models("install", *given, "--to", str(tmp_path / "to"), HTTP_PROXY="", http_proxy="")
    assert done.exit_code == 1
    assert says in str(done.exception)
    assert not (tmp_path / "to").exists()
