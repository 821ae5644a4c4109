"""Download jars by jgo, several at a time, and let none in whose SHA-256 sum is wrong."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import requests
from jgo.config import GlobalSettings
from jgo.constants import MAVEN_CENTRAL_URL
from jgo.maven import MavenContext, PythonResolver

from streams.broker.errors import BrokerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from streams.broker.jars import Jar

_AT_ONCE = 8
_ATTEMPTS = 3  # a connection reset among ninety requests is no reason to give up
_SILENCE_SECONDS = 20  # jgo's default of 10 s is short for a slow proxy
_WRONG_SUM = (
    "it was not kept; start again, and if that gives the same, what stands between you and Maven Central "
    "alters files"
)


class _Stopped(Exception):  # noqa: N818 - the outcome of a download that is no longer wanted, not an error
    pass


def fetch(jars: Sequence[Jar], partial: Path, folder: Path) -> None:
    """Download jars into `partial` and move each, once its sum is found right, into `folder`.

    The first failure, and Ctrl-C, stop the downloads that still run.

    Raises:
        BrokerError: A jar could not be downloaded, or its sum is wrong.
        OSError: A file could not be written.
    """
    stop = threading.Event()
    context = maven(partial, stop)

    def fetch_one(jar: Jar) -> None:
        try:
            path = _download(context, jar)
            jar.check(path, _WRONG_SUM)
            path.replace(folder / jar.name)
        except BaseException:
            stop.set()
            raise

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        downloads = [pool.submit(fetch_one, jar) for jar in jars]
        try:
            for download in downloads:
                if not isinstance(download.exception(), _Stopped):
                    download.result()
        except BaseException:
            stop.set()
            raise


def maven(repo_cache: Path, stop: threading.Event | None = None) -> MavenContext:
    """Return jgo's view of Maven Central and, before it, of the repositories in the user's jgo configuration.

    Args:
        repo_cache: Folder that takes what is downloaded.
        stop: When set, a running download ends within one chunk and none starts.
    """
    # jgo only warns of a wrong SHA-1; the SHA-256 sum is an error.
    logging.getLogger("jgo").setLevel(logging.ERROR)

    @contextmanager
    def watch(name: str, size: int) -> Iterator[Callable[[int], None]]:  # noqa: ARG001 - jgo's signature
        def arrived(count: int) -> None:  # noqa: ARG001 - jgo's signature
            if stop is not None and stop.is_set():
                raise _Stopped

        arrived(0)
        yield arrived

    repositories = GlobalSettings.load().repositories
    return MavenContext(
        resolver=PythonResolver(progress_callback=watch),
        repo_cache=repo_cache,
        remote_repos=repositories | {"central": repositories.get("central", MAVEN_CENTRAL_URL)},
        timeout=_SILENCE_SECONDS,
    )


def _download(context: MavenContext, jar: Jar) -> Path:
    artifact = context.create_dependency(jar.coordinates).artifact
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return Path(artifact.resolve())
        except (requests.RequestException, RuntimeError) as error:
            # jgo would take the beginning of a file for the whole of it.
            Path(artifact.cached_path or "").unlink(missing_ok=True)
            if attempt == _ATTEMPTS or isinstance(error, RuntimeError):
                raise BrokerError(
                    f"could not download {jar.name} ({_cause(error)}): check the network (a proxy: "
                    "HTTPS_PROXY; a mirror: [repositories] in jgo's configuration) and start again; "
                    "what is complete is kept"
                ) from error
    raise AssertionError  # the last attempt returns or raises


def _cause(error: BaseException) -> str:
    """Return the innermost cause on one line; requests and urllib3 wrap it in several of their own."""
    while cause := error.__cause__ or error.__context__:
        error = cause
    return " ".join(f"{type(error).__name__}: {error}".split())
