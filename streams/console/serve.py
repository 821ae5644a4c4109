"""The console's port, served until a signal."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from typing import TYPE_CHECKING

import uvicorn
from sse_starlette.sse import AppStatus

from streams.console import events

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp

GOODBYE_SECONDS = 2
"""For clients whose answers are under way; the streams end at once."""


class ConsoleError(Exception):
    """The port can't be served; the message names it and the setting."""


class Server(uvicorn.Server):
    """Says when it is up, and when it is about to wait for its clients to go."""

    def __init__(self, config: uvicorn.Config, up: Callable[[], None], ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._up = up
        self._ending = ending

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve."""
        await super().startup(sockets)
        self._up()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop serving."""
        self._ending()
        await super().shutdown(sockets)


def listen(host: str, port: int) -> socket.socket:
    """Take the port; 0 takes a free one.

    Raises:
        ConsoleError: it is taken, or isn't this machine's.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with ExitStack() as held:
            listener = held.enter_context(socket.socket(family, kind))
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux
                # What is connected inherits it: the kernel itself lets go of a client that takes nothing.
                milliseconds = int(events.SEND_SECONDS * 1000)
                listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)
            listener.bind(address)
            held.pop_all()
    except OSError as error:
        raise ConsoleError(
            f"can't serve the console on {host}:{port}: {error.strerror}; set --host and --port, or "
            "NEWSWATCH_CONSOLE_HOST and NEWSWATCH_CONSOLE_PORT"
        ) from None
    return listener


def url(host: str, listener: socket.socket) -> str:
    """The address that is served."""
    return f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"


def serve(
    app: ASGIApp, listener: socket.socket, *, up: Callable[[], None], ending: Callable[[], None]
) -> None:
    """Serve until SIGINT or SIGTERM, whose handlers that were set before are called at the end.

    Args:
        app: what is served.
        listener: the port.
        up: called when clients can connect.
        ending: called when it stops; the streams have to end by that.
    """
    # It would cut streams off within half a second, in the middle of an answer.
    AppStatus.enable_automatic_graceful_drain = False
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="on",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=GOODBYE_SECONDS,
    )
    Server(config, up, ending).run([listener])
