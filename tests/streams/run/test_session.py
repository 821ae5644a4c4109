"""What a run sees before it starts, and what it leaves behind."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import pytest

from streams.settings import load

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore:(read|open)_text is deprecated:DeprecationWarning")


def test_nothing_to_read_is_told_before_anything_starts(tmp_path: Path) -> None:
    """Each path with its reason."""
    from streams.run.session import Request, RunError, run  # noqa: PLC0415  kafka-python warns on import

    (tmp_path / "empty").mkdir()
    paths = [str(tmp_path / "empty"), str(tmp_path / "missing")]
    with pytest.raises(RunError, match=r"empty: is an empty folder; .*missing: No such file"):
        run(Request(paths=paths), load({}), say=pytest.fail)


def test_nowhere_to_write_is_told_before_anything_starts(tmp_path: Path) -> None:
    """Not after the work is done."""
    from streams.run.session import Request, RunError, run  # noqa: PLC0415  kafka-python warns on import

    article = tmp_path / "a.txt"
    article.touch()
    with pytest.raises(RunError, match=r"a\.txt/out: Not a directory"):
        run(Request(paths=[str(article)], out=article / "out"), load({}), say=pytest.fail)


@pytest.mark.parametrize(
    ("end", "kept"),
    [(None, False), (KeyboardInterrupt(), False), (SystemExit(143), False), (OSError(), True)],
)
def test_the_folder_stays_only_for_its_logs(
    end: BaseException | None, *, kept: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a run fails; not when it ends well, and not when somebody stops it."""
    from streams.run.session import _scratch  # noqa: PLC0415  kafka-python warns on import

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def use() -> None:
        with _scratch() as folder:
            (folder / "worker-1.log").write_text("why")
            if end:
                raise end

    if end:
        with pytest.raises(type(end)):
            use()
    else:
        use()
    assert bool(list(tmp_path.iterdir())) is kept


def test_workers_share_the_cores_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the environment says of the rest goes to them as it is; the broker is the run's own."""
    from streams.run.session import _variables  # noqa: PLC0415  kafka-python warns on import

    monkeypatch.setattr("os.cpu_count", lambda: 8)
    monkeypatch.setenv("NEWSWATCH_DEDUP_WINDOW", "3h")
    monkeypatch.setenv("NEWSWATCH_TOPIC_PREFIX", "production.")
    own = load({}, kafka_bootstrap="127.0.0.1:5", topic_prefix="")
    given = [_variables(own, workers) for workers in (1, 2, 64)]
    assert [variables["NEWSWATCH_NLP_PROCESSES"] for variables in given] == ["7", "4", "1"]
    assert given[0]["NEWSWATCH_DEDUP_WINDOW"] == "3h"
    assert given[0]["NEWSWATCH_TOPIC_PREFIX"] == ""
    assert given[0]["NEWSWATCH_KAFKA_BOOTSTRAP"] == "127.0.0.1:5"
    monkeypatch.setenv("NEWSWATCH_NLP_PROCESSES", "3")
    assert _variables(own, 2)["NEWSWATCH_NLP_PROCESSES"] == "3"
