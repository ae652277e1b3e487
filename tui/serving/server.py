"""The server: the page, the websocket behind it, and downloads, on this machine's own address only."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from aiohttp import web
from textual_serve.download_manager import DownloadManager

from reasoner.problems import InputError, Problem
from tui.serving.gate import gate, new_token, seal
from tui.serving.pages import ASSETS, notice, terminal
from tui.serving.visitor import PATIENCE, Visitor

if TYPE_CHECKING:
    from reasoner.evidence.workspace import Workspace

ADDRESS = "127.0.0.1"

MOST_VISITORS = 4
"""Processes at once; each holds a case and weighs it by itself."""

HEARTBEAT = 15.0
"""Seconds between two signs of life from a browser; one that gives none has left."""

LONGEST_MESSAGE = 1 << 20
"""Bytes a browser may send at once, as when a text is pasted."""

AGAIN = 5
"""Seconds after which a page that found no room asks again."""

FULL = (
    f"{MOST_VISITORS} visitors are here already, each with a process of its own. When one leaves, this page comes in."
)


class Server:
    """What is served under one token; ``words`` start a visitor's process."""

    def __init__(self, words: tuple[str, ...], token: str) -> None:
        self.words, self.token = words, token
        self.visits: set[web.WebSocketResponse] = set()
        self._downloads = DownloadManager()

    def application(self) -> web.Application:
        """Its routes. Where two requests come for the last place, the websocket decides."""
        application = web.Application(middlewares=[gate(self.token)])
        application.on_response_prepare.append(seal)
        application.on_shutdown.append(self._end)
        application.add_routes(
            [
                web.get("/{token}/", self._page),
                web.get("/{token}/ws", self._visit),
                web.get("/{token}/static/{file:.+}", self._asset),
                web.get("/download/{token}/{key}", self._download),
            ]
        )
        return application

    @property
    def full(self) -> bool:
        """Whether nobody else can come in."""
        return len(self.visits) >= MOST_VISITORS

    async def _page(self, request: web.Request) -> web.StreamResponse:
        return notice(FULL, 503, AGAIN) if self.full else terminal(request.host, self.token)

    async def _asset(self, request: web.Request) -> web.StreamResponse:
        path = ASSETS.get(request.match_info["file"])
        return web.FileResponse(path) if path else web.Response(status=404)

    async def _visit(self, request: web.Request) -> web.StreamResponse:
        if self.full:
            return notice(FULL, 503)
        browser = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=LONGEST_MESSAGE)
        self.visits.add(browser)
        visitor = Visitor(self.words, browser, self._downloads, self.token)
        try:
            await browser.prepare(request)
            await visitor.start(_number(request, "width", 80), _number(request, "height", 24))
            await visitor.listen()
        finally:
            await visitor.stop()
            self.visits.discard(browser)
            await browser.close()
        return browser

    async def _download(self, request: web.Request) -> web.StreamResponse:
        key = request.match_info["key"]
        try:
            wanted = await self._downloads.get_download_metadata(key)
        except KeyError:
            return web.Response(status=404)
        disposition = f"attachment; filename*=UTF-8''{quote(wanted.file_name)}"
        response = web.StreamResponse(
            headers={"Content-Type": wanted.mime_type, "Content-Disposition": disposition},
        )
        await response.prepare(request)
        async for chunk in self._downloads.download(key):
            await response.write(chunk)
        await response.write_eof()
        return response

    async def _end(self, application: web.Application) -> None:
        """Send every visitor away; each visit then ends its process."""
        await asyncio.gather(*(browser.close() for browser in tuple(self.visits)), return_exceptions=True)


def _number(request: web.Request, name: str, otherwise: int) -> int:
    given = request.query.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else otherwise


def visitor_words(workspace: Workspace, edit: bool) -> tuple[str, ...]:
    """The command of a visitor's process. `-P` keeps Python from loading modules that lie in the current folder."""
    return (
        *(sys.executable, "-P", "-m", "tui.serving.session"),
        *("--server", str(os.getpid())),
        *("--rules", str(Path(workspace.rules).absolute())),
        *("--facts", str(Path(workspace.facts).absolute())),
        *(("--edit",) if edit else ()),
    )


def serve(workspace: Workspace, port: int, edit: bool, say: Callable[[str], None]) -> None:
    """Serve until interrupted; ``say`` is given the address once it can be opened. Port 0 takes any that is free.

    Raises `InputError` where the port cannot be had.
    """
    asyncio.run(_serve(Server(visitor_words(workspace, edit), new_token()), port, say))


async def _serve(server: Server, port: int, say: Callable[[str], None]) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, ended.set)
    runner = web.AppRunner(server.application(), access_log=None, shutdown_timeout=2 * PATIENCE)
    await runner.setup()
    try:
        site = web.TCPSite(runner, ADDRESS, port)
        try:
            await site.start()
        except OSError as error:
            hint = "another port with --port, or any that is free with --port 0"
            raise InputError(
                [Problem("port-taken", f"port {port} cannot be had: {error.strerror}", hint=hint)]
            ) from None
        say(f"http://{ADDRESS}:{runner.addresses[0][1]}/{server.token}/")
        await ended.wait()
    finally:
        await runner.cleanup()
