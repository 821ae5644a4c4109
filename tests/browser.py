"""A real Chromium for tests: Debian's, without a window, driven by Playwright."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MISSING = "Chromium is not installed; Debian has it in the package chromium"
PATIENCE_MS = 60_000
"""In which what a test waits for has to be on the page."""
VIOLATIONS = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) => {
    violations.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""
CONTRAST = r"""() => {
    const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
    const luminance = (colour) => {
        const [r, g, b] = channels(colour).slice(0, 3).map((value) => {
            const share = value / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if (channels(colour)[3] !== 0) return colour;
        }
        throw new Error("no ground");
    };
    const hasText = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const ratios = [...document.querySelectorAll("body *")]
        .filter((one) => one.checkVisibility() && hasText(one))
        .map((one) => [luminance(getComputedStyle(one).color), luminance(ground(one))])
        .map(([one, other]) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05));
    return Math.min(...ratios);
}"""


class Window:
    """A page, and all that it said and asked for."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.errors: list[str] = []
        """Of scripts, and what the browser itself complains of."""
        self.elsewhere: list[str] = []
        """Requests to other origins."""
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        page.on("request", lambda asked: self._note(asked.url))

    def _note(self, url: str) -> None:
        if not url.startswith((self.base + "/", "data:")):
            self.elsewhere.append(url)

    @property
    def violations(self) -> list[str]:
        """Of the content security policy, on the page as it is now."""
        found: list[str] = self.page.evaluate("violations")
        return found

    @property
    def contrast(self) -> float:
        """The least contrast of a text and its ground on the page (WCAG 2.2, contrast ratio)."""
        found: float = self.page.evaluate(CONTRAST)
        return found

    def until(self, expression: str) -> None:
        """Wait until a JavaScript expression is true, evaluated from outside of the page's own policy."""
        self.page.wait_for_function(f"() => {expression}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def window(browser: Browser, base: str, path: str = "/", **options: Any) -> Iterator[Window]:
    """Open a page of the console, with a profile of its own.

    Args:
        browser: in which.
        base: the console's address.
        path: of the page.
        options: of Playwright's context, as `viewport`.
    """
    context = browser.new_context(**options)
    try:
        context.add_init_script(VIOLATIONS)
        opened = Window(context.new_page(), base)
        opened.page.goto(base + path)
        yield opened
    finally:
        context.close()
