"""The network's runtime: what it does beside inference."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def test_the_runtime_reports_to_nobody(tmp_path: Path) -> None:
    """From 1.29 on onnxruntime has a client that reports its use; on import it leaves a session behind."""
    loaded = "from agents.entities import bundled; bundled.build('newswatch-fast')"
    subprocess.run([sys.executable, "-c", loaded], env={**os.environ, "TMPDIR": str(tmp_path)}, check=True)
    assert list(tmp_path.iterdir()) == []
