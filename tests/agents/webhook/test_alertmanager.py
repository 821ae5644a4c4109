"""Against Alertmanager itself: what it takes, what it holds for one alert, and when it tells somebody."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import subprocess
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from agents.webhook.client import Client
from agents.webhook.courier import Courier, Terms
from agents.webhook.target import target

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from conftest import Receiver

PROGRAM = shutil.which("alertmanager") or shutil.which("prometheus-alertmanager")
PATIENCE = 30.0
ROUTE = """
route: {{receiver: pager, group_by: [alertname, story_id], group_wait: 100ms, group_interval: 300ms}}
receivers: [{{name: pager, webhook_configs: [{{url: "{pager}"}}]}}]
"""

pytestmark = pytest.mark.skipif(
    PROGRAM is None, reason="Alertmanager is not installed; Debian has it as prometheus-alertmanager"
)


class Alertmanager:
    """One that runs."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url = url
        self._session = session

    async def get(self, path: str) -> Any:
        """What its API says; None while it says nothing."""
        try:
            async with self._session.get(f"{self.url}/{path}") as response:
                return await response.json() if response.status == 200 else None
        except aiohttp.ClientError:
            return None


@asynccontextmanager
async def running(folder: Path, pager: str) -> AsyncIterator[Alertmanager]:
    (folder / "alertmanager.yml").write_text(ROUTE.format(pager=pager))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    process = await asyncio.create_subprocess_exec(
        str(PROGRAM),
        f"--config.file={folder / 'alertmanager.yml'}",
        f"--storage.path={folder}",
        f"--web.listen-address={address}",
        "--cluster.listen-address=",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        async with aiohttp.ClientSession() as session:
            manager = Alertmanager(f"http://{address}", session)
            await until(lambda: manager.get("api/v2/status"))
            yield manager
    finally:
        process.kill()
        await process.wait()


async def until(condition: Callable[[], Any]) -> Any:
    """Ask until the answer is true."""
    async with asyncio.timeout(PATIENCE):
        while not (found := await condition()):  # noqa: ASYNC110  another program's state
            await asyncio.sleep(0.05)
    return found


async def test_what_alertmanager_makes_of_an_alert_and_its_revisions(
    make_receiver: Callable[..., Receiver], make_raw: Callable[..., bytes], tmp_path: Path
) -> None:
    """One alert that a revision updates; a reversal is told to the pager at once, beside it."""
    terms = Terms("alertmanager", b"key", replayed=False, give_up=timedelta(0), max_age=timedelta(days=1))
    now = datetime.now(UTC)

    async with make_receiver().serving() as pager, running(tmp_path, pager.url) as manager:

        async def held(count: int) -> list[dict[str, Any]]:
            alerts: list[dict[str, Any]] = await manager.get("api/v2/alerts") or []
            return alerts if len(alerts) == count else []

        async def told(count: int) -> list[dict[str, Any]]:
            return [json.loads(got.body) for got in pager.got] if len(pager.got) >= count else []

        async with Client(
            target(manager.url, "alertmanager"), timeout=timedelta(seconds=20), connections=1
        ) as client:
            courier = Courier(terms, client.post)

            async def bring(**changes: Any) -> str:
                odd = {"uri": "https://example.org/«truce»?q=a b", "headline": "Truce «agreed» \n 停火"}
                return (await courier.bring(make_raw(detected_at=now, **odd, **changes))).outcome

            assert await bring(event_time=now - timedelta(hours=3)) == "delivered"
            (alert,) = await until(lambda: held(1))
            assert alert["labels"]["alert_id"] == "a" * 32
            assert alert["status"]["state"] == "active"
            ends = datetime.fromisoformat(alert["endsAt"])
            assert timedelta(minutes=50) < ends - now < timedelta(minutes=70)
            (first,) = await until(lambda: told(1))
            assert first["groupLabels"] == {"alertname": "ceasefire", "story_id": "c" * 32}

            assert await bring(revision=1, change="coverage", source="other.example") == "delivered"
            (alert,) = await held(1)
            assert (alert["annotations"]["revision"], alert["annotations"]["source"]) == (
                "1",
                "other.example",
            )

            changes = [{"what": "claim", "from": "affirmed", "to": "negated"}]
            assert await bring(revision=2, change="change", changes=changes) == "delivered"
            await until(lambda: held(2))
            second = (await until(lambda: told(2)))[1]
            assert {alert["labels"].get("revision") for alert in second["alerts"]} == {None, "2"}
            assert len(pager.got) == 2


async def test_an_alert_of_long_ago_and_one_to_come_are_taken(
    make_receiver: Callable[..., Receiver], make_raw: Callable[..., bytes], tmp_path: Path
) -> None:
    """An archive's date, or a clock that is wrong, is no reason to refuse."""
    terms = Terms("alertmanager", None, replayed=True, give_up=timedelta(0), max_age=timedelta(days=1))
    now = datetime.now(UTC)
    async with make_receiver().serving() as pager, running(tmp_path, pager.url) as manager:
        async with Client(
            target(f"{manager.url}/api/v2/alerts", "alertmanager"),
            timeout=timedelta(seconds=20),
            connections=1,
        ) as client:
            courier = Courier(terms, client.post)
            for number, year in enumerate((1970, 2019, 2099)):
                raw = make_raw(
                    alert_id=f"{number:032}",
                    event_time=datetime(year, 1, 2, tzinfo=UTC),
                    detected_at=now,
                    origin="replay",
                    headline="",
                    uri=None,
                )
                delivery = await courier.bring(raw)
                assert delivery.outcome == "delivered", delivery.answer

        async def states() -> set[str]:
            return {alert["status"]["state"] for alert in await manager.get("api/v2/alerts") or []}

        await until(lambda: all_active(states))


async def all_active(states: Callable[[], Any]) -> bool:
    """Whether none is still unprocessed."""
    return bool(await states() == {"active"})
