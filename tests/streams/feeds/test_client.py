"""Asking, against a real server that also misbehaves."""

from __future__ import annotations

import asyncio
import gzip
import shutil
import socket
import ssl
import subprocess
import time
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from yarl import URL

from streams.feeds.client import MOST_REDIRECTS, Ask, Client
from streams.feeds.polite import Polite

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site

    from streams.feeds.answer import Answer

SOON = 0.3
PATIENCE = 20.0


async def get(url: str, *, seconds: float = PATIENCE, private: bool = True, **more: Any) -> Answer:
    ask = Ask(url, home=URL(url).origin(), private=private, **more)
    async with Client(Polite(0), contact="desk@example.org", seconds=seconds) as client:
        return await client.get(ask)


async def test_what_is_sent(site: Site) -> None:
    """Who asks and whom to complain to, the feed's own headers, and conditions."""
    site.paths["/feed"] = "x"
    answer = await get(site.url + "/feed", headers={"X-Key": "k"}, conditions={"If-None-Match": '"1"'})
    (got,) = site.got
    assert (answer.kind, answer.body) == ("ok", b"x")
    assert got.headers["User-Agent"].startswith("newswatch/")
    assert got.headers["User-Agent"].endswith("(+desk@example.org)")
    assert (got.headers["X-Key"], got.headers["If-None-Match"]) == ("k", '"1"')


async def test_what_is_told(site: Site) -> None:
    """Validators and type, as the next poll and the parser need them."""
    headers = {"ETag": 'W/"7"', "Last-Modified": "Mon, 24 Nov 2025 12:00:00 GMT", "Content-Type": "text/xml"}
    site.paths["/feed"] = {"body": b"x", "headers": headers}
    answer = await get(site.url + "/feed")
    assert (answer.etag, answer.last_modified) == ('W/"7"', "Mon, 24 Nov 2025 12:00:00 GMT")
    assert answer.content_type == "text/xml"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (304, "unchanged"),
        (404, "refused"),
        (401, "refused"),
        (410, "gone"),
        (429, "busy"),
        (503, "busy"),
        (500, "failed"),
        (504, "timeout"),
        (204, "failed"),
        (302, "failed"),
    ],
)
async def test_a_status_is_told_by_its_kind(site: Site, status: int, kind: str) -> None:
    """A redirect without an address is none."""
    site.paths["/feed"] = status
    answer = await get(site.url + "/feed")
    assert (answer.kind, answer.status) == (kind, status)


@pytest.mark.parametrize("value", ["120", "Fri, 31 Dec 2100 23:59:59 GMT"])
async def test_retry_after_is_read(site: Site, value: str) -> None:
    """In seconds, and as a date."""
    site.paths["/feed"] = {"status": 429, "headers": {"Retry-After": value}}
    answer = await get(site.url + "/feed")
    assert answer.retry_after is not None
    assert answer.retry_after >= 120


async def test_a_slow_server_is_left_in_time(site: Site) -> None:
    """Before its answer begins."""

    async def hang(_: web.BaseRequest) -> web.Response:
        await asyncio.sleep(60)
        raise AssertionError

    site.paths["/feed"] = hang
    began = time.monotonic()
    answer = await get(site.url + "/feed", seconds=SOON)
    assert (answer.kind, answer.message) == ("timeout", "not done within 0.3 s")
    assert time.monotonic() - began < 10


async def test_a_body_that_drips_is_left_in_time(site: Site) -> None:
    """A byte now and then keeps any time limit on reads alive, not the one on all of it."""

    async def drip(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x")
            await asyncio.sleep(0.02)

    site.paths["/feed"] = drip
    assert (await get(site.url + "/feed", seconds=SOON)).kind == "timeout"


async def test_a_body_without_an_end_is_left_at_the_limit(site: Site) -> None:
    """Whether it says how long it is or not."""

    async def flood(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x" * 65536)

    site.paths["/feed"] = flood
    answer = await get(site.url + "/feed", limit=1 << 20)
    assert (answer.kind, answer.message) == ("too_large", "longer than 1,048,576 bytes")


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress], ids=["gzip", "deflate"])
async def test_a_bomb_goes_off_within_the_limit(site: Site, pack: Callable[[bytes], bytes]) -> None:
    """100 MB in 100 KB: what is unpacked counts."""
    name = "gzip" if pack is gzip.compress else "deflate"
    packed = pack(bytes(100 << 20))
    site.paths["/feed"] = {"body": packed, "headers": {"Content-Encoding": name}}
    assert (await get(site.url + "/feed", limit=1 << 20)).kind == "too_large"


async def test_what_was_packed_comes_unpacked(site: Site) -> None:
    """By gzip, in two members too; by deflate, raw too; and what is broken or unknown is told."""
    text = b"news " * 1000
    raw = zlib.compressobj(wbits=-15)
    bodies = {
        "/gzip": ("gzip", gzip.compress(text)),
        "/members": ("gzip", gzip.compress(text[:2000]) + gzip.compress(text[2000:])),
        "/deflate": ("deflate", zlib.compress(text)),
        "/raw": ("deflate", raw.compress(text) + raw.flush()),
        "/cut": ("gzip", gzip.compress(text)[:-9]),
        "/broken": ("gzip", b"not packed at all"),
        "/brotli": ("br", b"?"),
    }
    for path, (name, body) in bodies.items():
        site.paths[path] = {"body": body, "headers": {"Content-Encoding": name}}
    found = {path: await get(site.url + path) for path in bodies}
    assert [found[path].body == text for path in ("/gzip", "/members", "/deflate", "/raw")] == [True] * 4
    assert [found[path].kind for path in ("/cut", "/broken", "/brotli")] == ["failed"] * 3
    assert "'br'" in found["/brotli"].message


async def test_a_wrong_type_is_not_read(site: Site) -> None:
    """A film is left where its head says what it is."""

    async def film(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "video/mp4"})
        await response.prepare(request)
        await asyncio.sleep(60)
        return response

    site.paths["/page"] = film
    answer = await get(site.url + "/page", types=lambda kind: kind == "text/html")
    assert (answer.kind, answer.message) == ("wrong_type", "it is video/mp4")


def to(where: str, status: int = 302) -> dict[str, Any]:
    return {"status": status, "headers": {"Location": where}}


async def test_redirects_are_followed(site: Site) -> None:
    """Relative ones too. For good is only what each step says is for good."""
    site.paths |= {
        "/old": to("/new", 301),
        "/older": to("old", 308),
        "/today": to("/old"),
        "/half": to("/today", 301),
        "/new": "x",
    }
    found = {path: await get(site.url + path) for path in ("/new", "/old", "/older", "/today", "/half")}
    assert {answer.url for answer in found.values()} == {site.url + "/new"}
    assert [answer.moved_to for answer in found.values()] == [
        None,
        site.url + "/new",
        site.url + "/new",
        None,
        site.url + "/today",
    ]


async def test_redirects_without_end_are_left(site: Site) -> None:
    """In a circle, to oneself, and from one to the next."""
    site.paths |= {"/a": to("/b"), "/b": to("/a"), "/self": to("/self")}
    site.paths |= {f"/{n}": to(f"/{n + 1}") for n in range(50)}
    circle, itself, endless = [await get(site.url + path) for path in ("/a", "/self", "/0")]
    assert (circle.kind, circle.message) == ("redirects", "it redirects in a circle")
    assert itself.kind == "redirects"
    assert (endless.kind, endless.message) == ("redirects", f"more than {MOST_REDIRECTS} redirects")
    assert len(site.got) == 2 + 1 + MOST_REDIRECTS + 1


@pytest.mark.parametrize(
    "where", ["file:///etc/passwd", "ftp://example.org/", "javascript:1", "http://:80/", "//["]
)
async def test_a_redirect_leads_to_the_web_only(site: Site, where: str) -> None:
    """Nothing on this machine is read."""
    site.paths["/feed"] = to(where)
    answer = await get(site.url + "/feed")
    assert answer.kind == "redirects"
    assert "no http(s) address" in answer.message


async def test_a_feeds_headers_stay_at_home(make_site: Callable[[], Site]) -> None:
    """A key is not handed to whomever a redirect names."""
    async with make_site().serving() as elsewhere, make_site().serving() as site:
        site.paths |= {"/feed": to("/moved"), "/moved": to(elsewhere.url + "/feed")}
        await get(site.url + "/feed", headers={"Authorization": "Bearer key"})
        sent = ["Authorization" in got.headers for got in site.got]
        assert sent == [True, True]
        assert elsewhere.got == []  # loopback, and not home


async def test_a_redirect_does_not_lead_into_a_private_network(
    site: Site, make_site: Callable[[], Site]
) -> None:
    """Even of a feed that is there itself: its home is a host and a port."""
    async with make_site().serving() as inside:
        site.paths |= {"/feed": to(inside.url + "/secret"), "/meta": to("http://169.254.169.254/latest")}
        answers = [await get(site.url + path) for path in ("/feed", "/meta")]
    assert [answer.kind for answer in answers] == ["closed", "closed"]
    assert "not asked, since 127.0.0.1 is in a private network" in answers[0].message
    assert inside.got == []


def resolving(addresses: dict[str, list[str]]) -> Callable[..., list[Any]]:
    """The system's resolver with names of our own."""
    real = socket.getaddrinfo

    def look_up(host: str, port: int, *args: Any, **options: Any) -> list[Any]:
        found = []
        for address in addresses.get(host, [host]):
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            found += real(address, port, family, socket.SOCK_STREAM)
        return found

    return look_up


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.1.2.3"],
        ["192.168.0.1"],
        ["100.64.0.1"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["fd12::1"],
        ["64:ff9b::7f00:1"],
        ["169.254.169.254"],
        ["::1", "127.0.0.1"],
    ],
)
async def test_a_name_that_resolves_into_a_private_network_is_not_connected_to(
    addresses: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Checked where the connection is made, so no second look-up gives another answer."""
    monkeypatch.setattr(socket, "getaddrinfo", resolving({"news.test": addresses}))
    answer = await get("http://news.test:9/", private=False)
    assert answer.kind == "closed", answer


async def test_numbers_that_hide_an_address_are_not_connected_to(site: Site) -> None:
    """As the system would read them once more."""
    port = site.url.rpartition(":")[2]
    for host in ("2130706433", "127.1", "0x7f000001", "0"):
        answer = await get(f"http://{host}:{port}/", private=False)
        assert answer.kind in {"closed", "connection", "redirects"}
    assert site.got == []


async def test_broken_connections_are_answers() -> None:
    """Nobody there, one that hangs up, one that speaks something else; no message holds the path."""

    async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.transport.abort()

    async def gibberish(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 smtp ready\r\n\r\n")
        writer.close()

    async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>")
        writer.close()

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        ports = [taken.getsockname()[1]]
        servers = [await asyncio.start_server(of, "127.0.0.1", 0) for of in (hang_up, gibberish, half)]
        ports += [server.sockets[0].getsockname()[1] for server in servers]
        answers = [await get(f"http://127.0.0.1:{port}/token") for port in ports]
        for server in servers:
            server.close()
    assert [answer.kind for answer in answers] == ["connection"] * 4
    assert not [answer.message for answer in answers if "token" in answer.message]


@pytest.fixture
def context(tmp_path: Path) -> ssl.SSLContext:
    """TLS with a certificate for 127.0.0.1 that vouches for itself."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl, which makes the certificate, is not installed")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=127.0.0.1"
    subprocess.run(
        [*make.split(), "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True
    )
    found = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    found.load_cert_chain(certificate, key)
    return found


async def test_a_certificate_nobody_vouches_for_is_refused(
    make_site: Callable[[], Site], context: ssl.SSLContext
) -> None:
    """Nothing is asked of such a server."""
    async with make_site().serving(context) as site:
        answer = await get(site.url + "/feed")
    assert (answer.kind, "certificate" in answer.message.lower(), site.got) == ("connection", True, [])


async def test_a_proxy_of_the_environment_is_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would resolve names in our stead."""
    site.paths["/feed"] = "x"
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    assert (await get(site.url + "/feed")).kind == "ok"
