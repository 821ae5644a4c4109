"""One attempt, against a real server."""

from __future__ import annotations

import asyncio
import shutil
import socket
import ssl
import subprocess
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from agents.webhook.client import READ_BYTES, Client
from agents.webhook.target import target

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Receiver

    from agents.webhook.retry import Answer

SOON = timedelta(seconds=0.3)
PATIENCE = timedelta(seconds=20)


async def post(url: str, *, within: timedelta = PATIENCE, allow: tuple[str, ...] = ()) -> Answer:
    async with Client(target(url, "plain", allow), timeout=within, connections=2) as client:
        return await client.post(b'{"a": 1}', {"Webhook-Id": "m"})


async def test_what_is_sent(make_receiver: Callable[..., Receiver]) -> None:
    """Body and headers as given, JSON by its type, our name."""
    async with make_receiver(204).serving() as receiver:
        answer = await post(receiver.url)
        (got,) = receiver.got
    assert (answer.kind, answer.status) == ("2xx", 204)
    assert (got.path, got.body, got.headers["Webhook-Id"]) == ("/hook", b'{"a": 1}', "m")
    assert got.headers["Content-Type"] == "application/json"
    assert got.headers["User-Agent"].startswith("newswatch/")


async def test_a_user_in_the_address_is_sent_as_basic_authorization(
    make_receiver: Callable[..., Receiver],
) -> None:
    """As curl does."""
    async with make_receiver().serving() as receiver:
        await post(receiver.url.replace("http://", "http://me:word@"))
    assert receiver.got[0].headers["Authorization"] == "Basic bWU6d29yZA=="


async def test_a_redirect_is_not_followed(make_receiver: Callable[..., Receiver]) -> None:
    """The alert may go nowhere but to the address that was checked."""
    async with make_receiver().serving() as elsewhere:
        away = web.Response(status=307, headers={"Location": elsewhere.url})
        async with make_receiver(away).serving() as receiver:
            answer = await post(receiver.url)
    assert (answer.kind, answer.status, elsewhere.got) == ("3xx", 307, [])


async def test_retry_after_is_read(make_receiver: Callable[..., Receiver]) -> None:
    """Of a receiver that has enough."""
    busy = web.Response(status=429, headers={"Retry-After": "7"})
    async with make_receiver(busy).serving() as receiver:
        answer = await post(receiver.url)
    assert (answer.kind, answer.status, answer.retry_after) == ("4xx", 429, 7)


async def test_a_receiver_that_hangs_is_left_in_time(make_receiver: Callable[..., Receiver]) -> None:
    """Before the answer begins."""

    async def hang(_: web.Request) -> web.Response:
        await asyncio.sleep(60)
        raise AssertionError

    async with make_receiver(hang).serving() as receiver:
        start = time.monotonic()
        answer = await post(receiver.url, within=SOON)
    assert (answer.kind, answer.message) == ("timeout", "no answer within 0.3 s")
    assert time.monotonic() - start < 10


async def test_an_answer_that_never_ends_is_left_as_well(make_receiver: Callable[..., Receiver]) -> None:
    """One that trickles in time-outs; of a long one only the beginning is read."""

    async def trickle(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await asyncio.sleep(60)
        return response

    async def flood(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(status=500)
        await response.prepare(request)
        while True:
            await response.write(b"x" * 65536)

    async with make_receiver(trickle, flood).serving() as receiver:
        assert (await post(receiver.url, within=SOON)).kind == "timeout"
        answer = await post(receiver.url)
    assert answer.kind == "5xx"
    assert len(answer.message) <= READ_BYTES


async def test_nobody_there_and_no_http_are_answers(unused_tcp_port: int) -> None:
    """The message holds no path, which may be a secret."""

    async def gibberish(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 smtp ready\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(gibberish, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        answers = [await post(f"http://127.0.0.1:{number}/token") for number in (unused_tcp_port, port)]
    assert [answer.kind for answer in answers] == ["connection", "connection"]
    assert not [answer.message for answer in answers if "token" in answer.message]


@pytest.fixture
def unused_tcp_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def resolving(addresses: dict[str, list[str]]) -> Callable[..., list[Any]]:
    """The system's resolver with names of our own; each look-up takes the next of its addresses."""
    real = socket.getaddrinfo

    def look_up(host: str, port: int, *args: Any, **options: Any) -> list[Any]:
        if host not in addresses:
            return real(host, port, *args, **options)
        left = addresses[host]
        address = left.pop(0) if len(left) > 1 else left[0]
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return real(address, port, family, socket.SOCK_STREAM)

    return look_up


@pytest.mark.parametrize(
    "address",
    ["169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "0.0.0.0", "fd00:ec2::254"],  # noqa: S104
)
async def test_a_name_that_resolves_to_a_closed_address_is_not_connected_to(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer says which address and how to allow the host."""
    monkeypatch.setattr(socket, "getaddrinfo", resolving({"receiver.test": [address]}))
    answer = await post("http://receiver.test:9/")
    assert answer.kind == "connection"
    assert "NEWSWATCH_WEBHOOK_ALLOW" in answer.message


async def test_each_connection_is_checked_anew(
    make_receiver: Callable[..., Receiver], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that pointed to the receiver may point elsewhere a moment later (DNS rebinding)."""
    async with make_receiver().serving() as receiver:
        port = receiver.url.rpartition(":")[2]
        names = {"receiver.test": ["127.0.0.1", "0.0.0.0"]}  # noqa: S104  which connects to loopback on Linux
        monkeypatch.setattr(socket, "getaddrinfo", resolving(names))
        answers = [await post(f"http://receiver.test:{port}") for _ in range(2)]
    assert [answer.kind for answer in answers] == ["2xx", "connection"]
    assert len(receiver.got) == 1


async def test_an_allowed_name_may_be_anywhere(
    make_receiver: Callable[..., Receiver], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The operator has named it."""
    async with make_receiver().serving() as receiver:
        port = receiver.url.rpartition(":")[2]
        monkeypatch.setattr(socket, "getaddrinfo", resolving({"receiver.test": ["0.0.0.0"]}))  # noqa: S104
        answer = await post(f"http://receiver.test:{port}", allow=("receiver.test",))
    assert answer.kind == "2xx"


async def test_a_proxy_of_the_environment_is_not_used(
    make_receiver: Callable[..., Receiver], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would resolve the name in our stead."""
    async with make_receiver().serving() as proxy, make_receiver().serving() as receiver:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        await post(receiver.url)
    assert (len(proxy.got), len(receiver.got)) == (0, 1)


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that vouches for itself, and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl, which makes the certificate, is not installed")
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=receiver"
    subprocess.run(
        [
            *make.split(),
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-keyout",
            str(key),
            "-out",
            str(certificate),
        ],
        check=True,
        capture_output=True,
    )
    return certificate, key


async def test_tls_is_verified(
    make_receiver: Callable[..., Receiver], certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A certificate that nobody vouches for is refused; an authority in SSL_CERT_FILE vouches."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    async with make_receiver().serving(context) as receiver:
        refused = await post(receiver.url)
        assert receiver.got == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        taken = await post(receiver.url)
        other_name = await post(receiver.url.replace("127.0.0.1", "localhost"))
    assert (refused.kind, "certificate" in refused.message.lower()) == ("connection", True)
    assert (taken.kind, other_name.kind) == ("2xx", "connection")
