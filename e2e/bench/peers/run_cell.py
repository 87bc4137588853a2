"""Times one cell of the comparison in this fresh process and prints one line of JSON.

Usage: run_cell.py SYSTEM RUNS VALUES LENGTH [SPAWNED_AT]

Works in the current directory, which the caller makes and deletes. LENGTH 0 logs scalars, else every value is a float64
array of that length. With SPAWNED_AT (seconds since the epoch) the time is that from the start of the process until
the data is durable, imports included; without it the tracker was imported and has tracked one tiny run before.

An adapter is a module with

    PACKAGES                                what to print the versions of
    HOW                                     which of the tracker's ways is timed, and what "durable" means there
    open_store(directory)                   what exists before a training starts; not timed, except cold
    track(store, experiment, runs, values)  the timed work: every run is created, logged value by value and closed
    read(store, experiment)                 the values of each run, read back from what is on disk
    NO_ARRAYS                               why it cannot keep arrays as they are; or else the three that follow
    ARRAYS, track_arrays(store, experiment, arrays), read_arrays(store, experiment)
    RELATIVE_ERROR                          only where values are stored with less than 64 bits
"""

import importlib
import json
import os
import sys
import time
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

GRACE_S = 5


def main() -> None:
    system = sys.argv[1]
    runs, values, length = (int(argument) for argument in sys.argv[2:5])
    spawned_at = float(sys.argv[5]) if len(sys.argv) > 5 else None
    answer_to = take_stdout()
    try:
        answer = measure(system, runs, values, length, spawned_at)
    except Exception as failure:  # The caller prints the cell as failed, with this reason.
        answer = {"failed": f"{type(failure).__name__}: {failure}"}
    print(json.dumps(answer), file=answer_to, flush=True)
    answer_to.close()


def take_stdout():
    """Trackers print; what they print goes to stderr, also from their own processes."""
    mine = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    return mine


def measure(system: str, runs: int, values: int, length: int, spawned_at: float | None) -> dict:
    adapter = importlib.import_module(system)
    about = {
        "versions": {package: version(package) for package in adapter.PACKAGES},
        "how": adapter.HOW if length == 0 else getattr(adapter, "ARRAYS", ""),
    }
    if length > 0 and hasattr(adapter, "NO_ARRAYS"):
        return about | {"skipped": adapter.NO_ARRAYS}

    store = adapter.open_store(Path.cwd())
    if length == 0:
        logged = scalars(values)
        if spawned_at is None:
            adapter.track(store, "warm-up", 1, [0.5])
        start = time.perf_counter()
        adapter.track(store, "measured", runs, logged)
    else:
        logged = arrays(values, length)
        adapter.track_arrays(store, "warm-up", arrays(1, 4))
        start = time.perf_counter()
        adapter.track_arrays(store, "measured", logged)
    elapsed = time.perf_counter() - start if spawned_at is None else time.time() - spawned_at

    late = verify_soon(lambda: verify(adapter, store, runs, logged, length))
    return about | {"ms": elapsed * 1000, "late": late}


def scalars(count: int) -> list[float]:
    return [1 / (i + 1) for i in range(count)]


def arrays(count: int, length: int) -> list:
    import numpy as np

    return [np.sin(np.arange(length, dtype=np.float64) + i) for i in range(count)]


def verify_soon(check) -> bool:
    """True when it was not all there at once: some trackers say that they are done before it is in their files."""
    deadline = time.monotonic() + GRACE_S
    late = False
    while True:
        try:
            check()
            return late
        except Exception:
            if time.monotonic() > deadline:
                raise
        late = True
        time.sleep(0.1)


def verify(adapter: ModuleType, store, runs: int, logged: list, length: int) -> None:
    """Everything logged must be there, equal and in any order."""
    if length > 0:
        stored = [(array.shape, array.tobytes()) for array in adapter.read_arrays(store, "measured")]
        expected = [(array.shape, array.tobytes()) for array in logged]
        if sorted(stored) != sorted(expected):
            raise ValueError(f"{len(logged)} arrays were logged, {len(stored)} are stored, and they differ")
        return
    expected = sorted(logged)
    tolerance = getattr(adapter, "RELATIVE_ERROR", 0)
    found = 0
    for stored in adapter.read(store, "measured"):
        found += 1
        if len(stored) != len(expected):
            raise ValueError(f"{len(expected)} values were logged in a run, {len(stored)} are stored")
        for value, wanted in zip(sorted(stored), expected):
            if abs(value - wanted) > tolerance * wanted:
                raise ValueError(f"{wanted!r} was logged, {value!r} is stored")
    if found != runs:
        raise ValueError(f"{runs} runs were logged, {found} are stored")


if __name__ == "__main__":
    main()
