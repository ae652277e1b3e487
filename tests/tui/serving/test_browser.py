"""`ascribe serve` in a real browser: Debian's Chromium, without a window."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from reasoner.evidence.workspace import Workspace
from tests.tui.serving.served import PATIENCE, Served, serving, until

NAMES = ("chromium", "chromium-browser", "google-chrome")
NEEDED = "The tests in a browser need Chromium: apt-get install --no-install-recommends chromium"


@contextmanager
def chromium(downloads: Path | None = None) -> Iterator[Browser]:
    """The browser of this machine; the name `rebound.example` is made to point here."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    assert found, NEEDED
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found,
            args=[*as_root, "--host-resolver-rules=MAP rebound.example 127.0.0.1"],
            downloads_path=downloads,
        )
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture
def served(workspace: Workspace) -> Iterator[Served]:
    """A server on the made-up case."""
    with serving(workspace.rules.parent) as server:
        yield server


class Visit:
    """A page with ascribe in it, and everything that was drawn on it so far."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.page: Page = browser.new_page(viewport={"width": 900, "height": 560})
        self.wrong: list[str] = []
        self.drawn = b""
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        self.page.on("websocket", lambda line: line.on("framereceived", self._take))
        self.page.goto(address)

    def _take(self, frame: bytes | str) -> None:
        self.drawn += frame if isinstance(frame, bytes) else frame.encode()

    def wait_for(self, text: str, after: int = 0) -> None:
        """Wait until a text is drawn, behind a position."""
        self.wait(lambda: text.encode() in self.drawn[after:], text)

    def wait(self, true: Callable[[], object], what: str) -> None:
        """Wait until something is so."""
        end = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < end, f"{what} did not come: {self.drawn[-2000:]!r} {self.wrong}"
            self.page.wait_for_timeout(50)

    def press(self, *keys: str) -> int:
        """Press keys; where in what was drawn the answer will stand."""
        place = len(self.drawn)
        for key in keys:
            self.page.keyboard.press(key)
        return place

    def downloaded(self, folder: Path) -> str:
        """Export in the first form; the text of the file that the browser puts into its folder."""
        after = self.press("x")
        self.wait_for("downloads it", after)
        self.press("Enter")
        self.wait(lambda: any(file.stat().st_size for file in folder.iterdir()), "the file")
        (file,) = folder.iterdir()
        return file.read_text(encoding="utf-8")

    def colours(self) -> int:
        """How many colours its picture has."""
        picture = self.page.screenshot().hex()
        return self.page.evaluate(COLOURS, picture)


COLOURS = """async (hex) => {
    const bytes = Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
    const image = await createImageBitmap(new Blob([bytes], {type: "image/png"}));
    const canvas = new OffscreenCanvas(image.width, image.height), pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    return new Set(new Uint32Array(pen.getImageData(0, 0, image.width, image.height).data.buffer)).size;
}"""


def test_a_case_is_read_in_a_browser(served: Served, tmp_path: Path) -> None:
    """It ranks, takes keys without a click, unfolds a chain, is drawn, can change nothing, and leaves nothing."""
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    with chromium(downloads) as browser:
        visit = Visit(browser, served.address)
        visit.wait_for("Red Brigade")
        visit.wait_for("Verdict")
        visit.wait(lambda: visit.page.evaluate("document.activeElement.tagName") == "TEXTAREA", "the focus")
        visit.wait_for("Why Red Brigade")
        after = visit.press("Enter")
        visit.wait_for("Open all", after)
        after = visit.press("ArrowRight")
        visit.wait_for("▾", after)
        assert visit.colours() > 100
        assert [] == visit.wrong
        assert 1 == len(served.visits)
        assert visit.downloaded(downloads).startswith("Drone attack on the fuel depot")
        after = visit.press("Space", "Control+s")  # to suppose something, and to keep it as a scenario file
        visit.wait_for("for reading", after)

        after = visit.press("q")
        visit.wait_for("forget what is supposed", after)
        visit.press("ArrowDown", "Enter")
        visit.page.get_by_text("This visit has ended.").wait_for()
        until(lambda: not served.visits, "the end of the process")
        visit.page.get_by_text("Open ascribe again").click()
        visit.wait_for("Verdict", len(visit.drawn))
        visit.page.close()
        until(lambda: not served.visits, "the end of the process")


class Elsewhere(BaseHTTPRequestHandler):
    """An empty page of somebody else."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()

    def log_message(self, *said: object) -> None:
        pass


CONNECTS = """(address) => new Promise((done) => {
    const line = new WebSocket(address);
    line.onopen = () => done("open");
    line.onerror = () => done("refused");
})"""

READS = "(address) => fetch(address).then(() => 'read', () => 'refused')"


def test_another_page_cannot_reach_it(served: Served) -> None:
    """Even with the whole address, a page of another origin opens no websocket, reads no page, and frames none."""
    websocket = f"ws://{served.host}/{served.token}/ws"
    other = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    with chromium() as browser:
        page = browser.new_page()
        page.goto(served.address)
        assert "open" == page.evaluate(CONNECTS, websocket)
        page.goto(f"http://127.0.0.1:{other.server_port}/")
        assert "refused" == page.evaluate(CONNECTS, websocket)
        assert "refused" == page.evaluate(READS, served.address)
        rebound = browser.new_page().goto(served.address.replace("127.0.0.1", "rebound.example"))
        assert rebound is not None
        assert 403 == rebound.status
    other.shutdown()
    other.server_close()
    until(lambda: not served.visits, "the end of the process")
