"""Output that nobody reads any more is let go, so that a verb still ends with what its answer is."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _Patient(io.FileIO):
    """A file descriptor to write to; once its reader has gone, as with `| head`, what is written goes nowhere."""

    def write(self, data: ReadableBuffer, /) -> int:
        """Write to the reader, or to nobody."""
        try:
            return super().write(data)
        except BrokenPipeError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)
            return memoryview(data).nbytes


def outlive_readers() -> None:
    """Let standard output and error outlive their readers, and show another character where a terminal lacks one."""
    sys.stdout, sys.stderr = _patient(sys.stdout), _patient(sys.stderr)


def _patient(stream: TextIO) -> TextIO:
    """The stream with a patient descriptor; as it is where it has none of its own, as within a test."""
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    if not isinstance(getattr(stream.buffer, "raw", stream.buffer), io.FileIO):
        stream.reconfigure(errors="replace")
        return stream
    stream.flush()
    writer = io.BufferedWriter(_Patient(stream.fileno(), "w", closefd=False))
    return io.TextIOWrapper(
        writer, stream.encoding, "replace", line_buffering=stream.line_buffering, write_through=stream.write_through
    )
