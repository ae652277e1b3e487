"""Our own grounding and ranking of a made-up feed that was loaded, for ``benchmarks/bulk.py``.

python benchmarks/bulk_ours.py {load|ground|rank} FOLDER [WORLDS]
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import sys
import time
from collections import Counter
from dataclasses import asdict
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import bulk_facts

from reasoner.bulk.folder import STORE_FILE, claimed
from reasoner.bulk.running import Asked, run
from reasoner.bulk.working import Work, Worker, count, opened
from reasoner.feed.digests import digests_of
from reasoner.grounding.tables import Grounded
from reasoner.limits import processors


def ground(folder: Path) -> dict:
    """Batch after batch, shared out over as many processes as there are processors, as `ascribe bulk` does it.

    Seconds are those of the process that takes longest, from when all are ready, without those of reading facts.
    """
    store, jobs = bulk_facts.store_in(folder), processors()
    with opened(store, folder) as connection:
        worker = Worker(connection, Work(store, folder, 256, 0, None))
        found, size = _counts(worker, worker.assessor.beneath), worker.size(jobs)
        batches, rules = -(-count(connection) // size), len(store.rules.program.rules)
    context = multiprocessing.get_context("spawn")
    gate, told = context.Barrier(jobs), context.Queue()
    processes = [
        context.Process(target=_ground, args=(folder, job, jobs, batches, size, gate, told)) for job in range(jobs)
    ]
    for each in processes:
        each.start()
    shares = [told.get() for _ in processes]
    for share in shares:
        found.update(share["counts"])
    return {
        "seconds": max(share["seconds"] for share in shares),
        "processor": sum(share["processor"] for share in shares),
        "read": max(share["read"] for share in shares),
        "batch": size,
        "counts": [found[rule] for rule in range(rules)],  # membership in umbrellas comes after them
    }


def _ground(folder: Path, job: int, jobs: int, batches: int, size: int, gate: Barrier, told: Queue) -> None:
    """What one process does: every ``jobs``-th batch."""
    found: Counter[int] = Counter()
    read = seconds = processor = 0.0
    store = bulk_facts.store_in(folder)
    with opened(store, folder, jobs, job) as connection:
        worker = Worker(connection, Work(store, folder, 256, 0, None))
        gate.wait()
        for number in range(job, batches, jobs):
            with worker.database.scratch():
                started = time.perf_counter()
                stated = worker.stated(number, size)
                stood, spent = time.perf_counter(), time.process_time()
                grounded = worker.assessor.ground(stated)
                processor += time.process_time() - spent
                read, seconds = read + stood - started, seconds + time.perf_counter() - stood
                found.update(_counts(worker, grounded))
    told.put({"counts": found, "read": read, "seconds": seconds, "processor": processor})


def _counts(worker: Worker, grounded: Grounded) -> Counter[int]:
    found: Counter[int] = Counter()
    for each in grounded.instances:
        found[each.position] += worker.database.size(each.table)
    return found


def rank(folder: Path, worlds: int) -> dict:
    """From the loaded feed to the file of rankings, with every processor; seconds."""
    output = folder / "out"
    shutil.rmtree(output, ignore_errors=True)
    store = bulk_facts.store_in(folder)
    files, mapping, jobs = [folder / "feed.parquet"], folder / "made.feed.yaml", processors()
    asked = Asked(worlds, 0, None, "parquet")
    settings = {**digests_of(files, mapping, store.workspace), **asdict(asked)}
    with claimed(output, settings):
        os.link(store.path, output / STORE_FILE)
    begun = time.perf_counter()
    done = run(files, mapping, store.workspace, store.rules, output, asked, jobs, lambda *_: None)
    return {"seconds": time.perf_counter() - begun, "incidents": done.incidents, "bytes": done.path.stat().st_size}


def main() -> None:
    job, folder = sys.argv[1], Path(sys.argv[2])
    match job:
        case "load":
            found = {"seconds": bulk_facts.load(folder)}
        case "ground":
            found = ground(folder)
        case _:
            found = rank(folder, int(sys.argv[3]))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
