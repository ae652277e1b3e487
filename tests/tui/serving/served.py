"""The real server in a process of its own, and ways to knock at its door without a browser."""

from __future__ import annotations

import base64
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

PATIENCE = 20.0
"""Seconds that anything may take on a busy machine."""

COMMAND = (sys.executable, "-P", "-c", "from reasoner.cli import main; main()")


@dataclass
class Served:
    """A server that runs: its process, and the address it printed."""

    process: subprocess.Popen[str]
    address: str

    @property
    def host(self) -> str:
        """Its host and port."""
        return urlsplit(self.address).netloc

    @property
    def token(self) -> str:
        """What its addresses have in their path."""
        return urlsplit(self.address).path.strip("/")

    @property
    def visits(self) -> list[list[str]]:
        """The command lines of its visitors' processes, as words, also after it has ended."""
        return [words for words in running() if f"--server {self.process.pid} " in " ".join(words)]

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, dict[str, str], str]:
        """Ask for a path: status, headers and text."""
        connection = HTTPConnection(self.host, timeout=PATIENCE)
        connection.request("GET", path, headers=dict(headers or {}))
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, dict(answer.getheaders()), text

    def knock(self, path: str, **headers: str) -> tuple[int, socket.socket]:
        """Ask for a websocket, by default as its own page would: the status, and the line, which is held open."""
        asked = {
            "Host": self.host,
            "Origin": f"http://{self.host}",
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
        } | headers
        host, port = self.host.split(":")
        line = socket.create_connection((host, int(port)), PATIENCE)
        wanted = "".join(f"{name}: {value}\r\n" for name, value in asked.items() if value)
        line.sendall(f"GET {path} HTTP/1.1\r\n{wanted}\r\n".encode())
        return int(line.recv(12).split()[1]), line

    def visit(self) -> socket.socket:
        """Come in; whoever closes the line leaves."""
        before = len(self.visits)
        status, line = self.knock(f"/{self.token}/ws")
        assert status == 101
        until(lambda: len(self.visits) > before, "the visitor's process")
        return line

    def end(self, how: signal.Signals) -> int:
        """End it; its exit code."""
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Served]:
    """`ascribe serve` in a folder, until the end."""
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", *options],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        yield Served(process, process.stdout.readline().strip())
    finally:
        process.kill()
        process.communicate()


def running() -> Iterator[list[str]]:
    """The command lines of all processes, as words."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                yield (folder / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
            except OSError:
                continue


def until(true: Callable[[], object], what: str) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"{what} did not come"
        time.sleep(0.05)
