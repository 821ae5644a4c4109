"""Pictures of the console for the README: of the seeds' real alerts, in a real browser.

python -m tests.screenshots docs/screenshots
"""

from __future__ import annotations

import io
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image

from seeds import ARTICLES
from tests.browser import MISSING, PROGRAM, chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SERVED = re.compile(r"the console is at (http://\S+)\n")
COLOURS = 128
"""Of a picture's palette, spread over all there are: of fewer, or the most frequent, red becomes brown."""
WIDE = (1200, 800)
PHONE = (390, 780)


class Shot(NamedTuple):
    """One picture."""

    name: str
    path: str
    size: tuple[int, int]
    scheme: str
    follow: str = ""
    """A link on that page, where the picture is of what it leads to."""


SHOTS = (
    Shot("alerts", "/", WIDE, "light"),
    Shot("alerts-dark", "/", WIDE, "dark"),
    Shot("phone", "/?severity=critical", PHONE, "dark"),
    Shot("why", "/?watch=ceasefire", WIDE, "light", follow=".alert:first-child .links a[href^='/articles/']"),
    Shot("watches", "/watches", WIDE, "light"),
    Shot("health", "/health", WIDE, "dark"),
)


def main(folder: Path) -> None:
    """Run the seeds, take the pictures, stop everything."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "streams", "run", str(ARTICLES), "--keep", "--quiet"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout
            address = next((found[1] for line in running.stdout if (found := SERVED.fullmatch(line))), None)
            if address is None:
                sys.exit("newswatch run did not get as far as its console")
            with chromium() as browser:
                for shot in SHOTS:
                    path = folder / f"{shot.name}.png"
                    path.write_bytes(small(taken(browser, address, shot)))
                    print(f"{path}: {path.stat().st_size:,} bytes")  # noqa: T201
        finally:
            running.send_signal(signal.SIGINT)


def taken(browser: Browser, address: str, shot: Shot) -> bytes:
    """A picture as PNG, once the page says that all is well."""
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=shot.scheme,  # type: ignore[arg-type]
        device_scale_factor=2 if shot.size == PHONE else 1,
    )
    try:
        page = context.new_page()
        page.goto(address + shot.path)
        if shot.follow:
            page.click(shot.follow)
        page.wait_for_load_state("load")
        page.wait_for_function("() => (document.getElementById('state')?.dataset.state ?? 'live') === 'live'")
        return page.screenshot()
    finally:
        context.close()


def small(png: bytes) -> bytes:
    """The same picture with a palette."""
    file = io.BytesIO()
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        file, "PNG", optimize=True
    )
    return file.getvalue()


if __name__ == "__main__":
    if PROGRAM is None:
        sys.exit(MISSING)
    main(Path(sys.argv[1]))
