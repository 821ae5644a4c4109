"""The port, and the clients that have to be let go of."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import pytest
import uvicorn

from streams.console import events
from streams.console.serve import ConsoleError, listen, url
from tests.streams.console.conftest import take
from tests.streams.console.test_api import made_api
from tests.waiting import until

if TYPE_CHECKING:
    from tests.streams.console.conftest import MakeAlert


@pytest.mark.parametrize(("host", "shown"), [("127.0.0.1", "http://127.0.0.1:"), ("::1", "http://[::1]:")])
def test_a_free_port_is_taken_and_told(host: str, shown: str) -> None:
    """As a browser takes it."""
    with listen(host, 0) as listener:
        port = listener.getsockname()[1]
        assert port > 0
        assert url(host, listener) == f"{shown}{port}"


@pytest.mark.parametrize("host", ["127.0.0.1", "192.0.2.1", "no.such.host.invalid"])
def test_a_port_that_can_not_be_had_is_told_with_the_settings(host: str) -> None:
    """One that is taken, one of another machine, one of none."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConsoleError, match=rf"{host}:{port}: .*; set --host and --port, or NEWSWATCH_"):
            listen(host, port)


def test_a_client_that_takes_nothing_is_cut_off(alert: MakeAlert, monkeypatch: pytest.MonkeyPatch) -> None:
    """When what the kernel holds for it is full; the others go on."""
    monkeypatch.setattr(events, "SEND_SECONDS", 0.5)
    if not hasattr(socket, "TCP_USER_TIMEOUT"):
        monkeypatch.setattr(events, "LATER_SECONDS", 0.0)
    api = made_api()
    take(api.feeds["live"], *(alert(number, headline="x" * 1_000_000) for number in range(40)))
    app = api.app()
    with listen("127.0.0.1", 0) as listener:
        config = uvicorn.Config(
            app, lifespan="off", log_config=None, access_log=False, timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            assert until(lambda: server.started)
            with socket.create_connection(listener.getsockname()) as client:
                client.sendall(b"GET /api/alerts/stream?last_event_id=-1 HTTP/1.1\r\nHost: localhost\r\n\r\n")
                assert until(lambda: api._streams == 1)
                assert until(lambda: api._streams == 0)
                assert until(lambda: not server.server_state.connections)
        finally:
            server.should_exit = True
            thread.join()
