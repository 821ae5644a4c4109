"""What was chosen, known without what it takes to use it."""

from __future__ import annotations

import subprocess
import sys


def test_a_worker_may_name_its_pipeline_without_loading_spacy() -> None:
    """The pool's parent reports the choice; 300 MB and five seconds are its children's."""
    code = (
        "import sys; from agents.entities.choice import Choice; "
        "print(Choice('a', '1', 'why').model, 'spacy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "Model(name='a', version='1') False"
