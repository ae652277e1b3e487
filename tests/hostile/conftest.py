"""The workspaces that the journeys on the screen are played on."""

from tests.tui.conftest import copied, plain_terminal, workspace

__all__ = ["copied", "plain_terminal", "workspace"]
