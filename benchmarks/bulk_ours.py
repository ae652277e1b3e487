"""Our own grounding and ranking of a made-up feed that was loaded, for ``benchmarks/bulk.py``.

python benchmarks/bulk_ours.py {load|ground|rank} FOLDER [WORLDS]
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import bulk_facts

from reasoner.bulk.folder import STORE_FILE, claimed
from reasoner.bulk.running import Asked, run
from reasoner.bulk.working import Work, Worker, count, opened
from reasoner.feed.digests import digests_of
from reasoner.grounding.tables import Grounded


def ground(folder: Path) -> dict:
    """Batch after batch in one process, with all its threads; seconds without those of reading facts."""
    begun, store = time.perf_counter(), bulk_facts.store_in(folder)
    found: Counter[int] = Counter()
    with opened(store, folder) as connection:
        worker = Worker(connection, Work(store, folder, 256, 0, None))
        size, read, seconds, processor = worker.size(1), 0.0, 0.0, 0.0
        ready = time.perf_counter() - begun
        found.update(_counts(worker, worker.assessor.beneath))
        for number in range(-(-count(connection) // size)):
            with worker.database.scratch():
                started = time.perf_counter()
                stated = worker.stated(number, size)
                stood, spent = time.perf_counter(), time.process_time()
                grounded = worker.assessor.ground(stated)
                processor += time.process_time() - spent
                read, seconds = read + stood - started, seconds + time.perf_counter() - stood
                found.update(_counts(worker, grounded))
        rules = len(store.rules.program.rules)  # membership in umbrellas comes after them
    return {
        "seconds": seconds,
        "processor": processor,
        "read": read,
        "ready": ready,
        "batch": size,
        "counts": [found[rule] for rule in range(rules)],
    }


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
    files, mapping, jobs = [folder / "feed.parquet"], folder / "made.feed.yaml", len(os.sched_getaffinity(0))
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
