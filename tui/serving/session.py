"""The process of one visitor: ``python -m tui.serving.session``, started by the server and by nobody else.

Without ``--edit`` its workspace is not writable, whatever the folders would allow, and the process changes no file at
all, but for what the reasoner keeps in the user's cache folder.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from contextlib import redirect_stderr
from pathlib import Path

from textual.events import AppFocus

import tui.app
from reasoner.evidence.workspace import Workspace
from reasoner.exchange.plain_text import visible
from reasoner.storage.store import folder
from tui.app import AscribeApp
from tui.serving.reading import only_read

STYLES = str(Path(tui.app.__file__).with_name("tui.tcss"))

GLANCE = 1.0
"""Seconds between two looks whether the server is still there."""


class ServedApp(AscribeApp):
    """ascribe in a browser: it ends with the server that started it, even where that was killed."""

    CSS_PATH = STYLES

    def __init__(self, workspace: Workspace, server: int) -> None:
        super().__init__(workspace)
        self._server = server

    def on_mount(self) -> None:
        """Look after the server from now on, and take keys at once.

        Textual takes a page to be out of focus when it opens, and says so after the page may have said otherwise.
        """
        self.call_later(self.post_message, AppFocus())
        self.set_interval(GLANCE, self._look)

    def _look(self) -> None:
        if os.getppid() != self._server:
            self.exit()


def main() -> None:
    """Run the app; what went wrong in it is told to the server's terminal, with nothing a terminal would obey."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", type=int, required=True)
    parser.add_argument("--rules", type=Path, required=True)
    parser.add_argument("--facts", type=Path, required=True)
    parser.add_argument("--edit", action="store_true")
    asked = parser.parse_args()
    if not asked.edit:
        only_read(folder())
    said = io.StringIO()
    with redirect_stderr(said):
        ServedApp(Workspace(asked.rules, asked.facts, writable=asked.edit), asked.server).run()
    sys.stderr.write(visible(said.getvalue(), lines=True))


if __name__ == "__main__":
    main()
