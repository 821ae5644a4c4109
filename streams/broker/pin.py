"""Write `sha256sums.txt` anew: `python -m streams.broker.pin`, after a change of a version in `jars.py`.

jgo resolves what Kafka and its log binding depend on at run time and downloads it all into a folder that is
thrown away. Look at the difference before you commit it: these sums decide what code runs.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from streams.broker.fetch import maven
from streams.broker.jars import KAFKA, LOG_BINDING, SUMS_FILE

_HEADER = """\
# SHA-256 sums of the jars that make up the broker, in the order of the class path.
# Written by `python -m streams.broker.pin`; do not edit.
"""


def write_sums() -> None:
    """Resolve, download and hash the jars, and write the sums file.

    Raises:
        RuntimeError: jgo could not resolve or download something.
    """
    with tempfile.TemporaryDirectory() as folder:
        context = maven(Path(folder))
        wanted = [context.create_dependency(coordinates) for coordinates in (KAFKA, LOG_BINDING)]
        inputs, transitive = context.resolver.resolve(wanted)
        artifacts = [
            *(dependency.artifact for dependency in inputs),
            *(dependency.artifact for dependency in transitive if dependency.scope in {"compile", "runtime"}),
        ]
        rows = [
            f"{hashlib.sha256(artifact.resolve().read_bytes()).hexdigest()}  "
            f"{artifact.groupId}:{artifact.artifactId}:{artifact.version}\n"
            for artifact in artifacts
        ]
    SUMS_FILE.write_text(_HEADER + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    write_sums()
