"""Batches shared out over processes: each takes every so many-th, and tells when it has done one."""

from __future__ import annotations

import multiprocessing
import os
import queue
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.queues import Queue
from typing import TypeAlias

from reasoner.bulk.folder import PARTS
from reasoner.bulk.working import Work, Worker, count, opened, size_before
from reasoner.feed.database import Progress
from reasoner.problems import InputError, Problem
from reasoner.stopping import stop_if_unwanted

_MOMENT = 0.2
"""Seconds between two looks at whether the processes are still there, and somebody still waits for them."""

Told: TypeAlias = "int | tuple[Problem, ...]"
"""How many incidents were ranked, or what is wrong."""


def rank_together(work: Work, jobs: int, progress: Progress) -> None:
    """Write every part that is not there yet. Raises InputError with what is wrong, once one process has found it."""
    (work.folder / PARTS).mkdir(exist_ok=True)
    with opened(work.store, work.folder) as connection:
        total, worker = count(connection), Worker(connection, work)
        size = size_before(work.folder / PARTS) or worker.size(jobs)
        batches = -(-total // size)
        if min(jobs, batches) <= 1:
            done = 0
            for number in range(batches):
                progress("ranking", done, total)
                done += worker.write(number, size)
            progress("ranking", total, total)
            return
    _share_out(work, min(jobs, batches), batches, size, total, progress)


def _share_out(work: Work, jobs: int, batches: int, size: int, total: int, progress: Progress) -> None:
    context = multiprocessing.get_context("spawn")  # a copy of this process would hold its locks and threads
    told: Queue[Told] = context.Queue()
    processes = [
        context.Process(target=_work, args=(work, job, jobs, batches, size, told), daemon=True) for job in range(jobs)
    ]
    done = 0
    with _running(processes):
        while done < total:
            progress("ranking", done, total)
            done += _heard(told, processes)
    progress("ranking", total, total)


@contextmanager
def _running(processes: Sequence[multiprocessing.process.BaseProcess]) -> Iterator[None]:
    for each in processes:
        each.start()
    try:
        yield
    finally:
        for each in processes:
            each.terminate()
        for each in processes:
            each.join()


def _heard(told: Queue[Told], processes: Sequence[multiprocessing.process.BaseProcess]) -> int:
    """The next that a process tells: how many incidents it has ranked."""
    while True:
        stop_if_unwanted()
        codes = [each.exitcode for each in processes]
        try:
            found = told.get(timeout=_MOMENT)
        except queue.Empty:
            failed = next((code for code in codes if code not in (None, 0)), None)
            if failed is not None or None not in codes:  # all have ended, and nothing more is on its way
                message = f"one of the processes that rank the batches ended by itself (code {failed or 0})"
                hint = "is there enough memory? --jobs 1 needs least; the run goes on where it stopped"
                raise InputError([Problem("process-ended", message, hint=hint)]) from None
            continue
        if isinstance(found, tuple):
            raise InputError(list(found))
        return found


def _work(work: Work, job: int, jobs: int, batches: int, size: int, told: Queue[Told]) -> None:
    """What one process does: every ``jobs``-th batch, as long as the process that it works for is there."""
    parent = os.getppid()
    try:
        with opened(work.store, work.folder, jobs, job) as connection:
            worker = Worker(connection, work)
            for number in range(job, batches, jobs):
                if os.getppid() != parent:
                    return
                told.put(worker.write(number, size))
    except InputError as error:
        told.put(tuple(error.problems))
