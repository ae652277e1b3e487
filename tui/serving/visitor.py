"""One visitor: a process of ascribe for whoever looks at the page, which ends when they leave."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress

from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

PATIENCE = 2.0
"""Seconds a process is given to end by itself."""

WIDEST, TALLEST = 1_000, 400
"""The largest terminal that is drawn, in columns and lines."""


class Visitor(AppService):
    """Carries keys from the browser to a process, and what it draws back.

    The process is started from a list of words, never through a shell, in a session of its own: what interrupts the
    server does not reach it, and it ends with all it may have started.
    """

    def __init__(
        self, words: Sequence[str], browser: web.WebSocketResponse, downloads: DownloadManager, token: str
    ) -> None:
        super().__init__(
            " ".join(words),
            write_bytes=browser.send_bytes,
            write_str=browser.send_str,
            close=self._leave,
            download_manager=downloads,
        )
        self._words, self._browser, self._token = tuple(words), browser, token

    async def _leave(self) -> None:
        await self._browser.close()

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        process = await asyncio.create_subprocess_exec(
            *self._words,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=self._build_environment(*bounded(width, height)),
            start_new_session=True,
        )
        self._process, self._stdin = process, process.stdin
        return process

    async def run(self) -> None:
        """Carry what the process draws until it ends; then the page learns that it did."""
        await super().run()
        with suppress(ConnectionError):
            await self._leave()

    async def on_meta(self, data: bytes) -> None:
        """What the process says beside drawing: that it ends, or that it has a file to download."""
        told = json.loads(data)
        if told["type"] == "deliver_file_start":
            await self._download_manager.create_download(
                app_service=self,
                delivery_key=told["key"],
                file_name=told["path"].rpartition("/")[2],
                open_method="download",
                mime_type=told["mime_type"],
                encoding=told["encoding"],
            )
            # The page asks for /download/ and what it is told here; the token goes before the key.
            await self._browser.send_json(["deliver_file_start", f"{self._token}/{told['key']}"])
        elif told["type"] == "exit":
            await self._leave()

    async def listen(self) -> None:
        """Carry what the browser says, until it leaves or says what no browser would."""
        async for message in self._browser:
            if message.type != WSMsgType.TEXT:
                return
            try:
                said = json.loads(message.data)
            except ValueError:
                return
            match said:
                case ["stdin", str(keys)]:
                    await self.send_bytes(keys.encode("utf-8", "replace"))
                case ["resize", {"width": int(width), "height": int(height)}]:
                    await self.set_terminal_size(*bounded(width, height))
                case ["ping", str(sent)]:
                    await self._browser.send_json(["pong", sent])
                case ["focus", *_]:
                    await self.focus()
                case ["blur", *_]:
                    await self.blur()

    async def stop(self) -> None:
        """End the process: it is asked to, and where it does not, it and all it started are ended."""
        process = self._process
        if process is None:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await super().stop()
                await process.wait()
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()


def bounded(width: int, height: int) -> tuple[int, int]:
    """A size of terminal that can be drawn."""
    return max(1, min(width, WIDEST)), max(1, min(height, TALLEST))
