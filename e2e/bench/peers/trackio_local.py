"""Trackio on this machine: `run.log` per value, `run.finish()` per run, which waits for its queue to be in SQLite."""

import os
from pathlib import Path

os.environ["TRACKIO_DIR"] = str(Path.cwd() / "trackio")

import trackio
from trackio.sqlite_storage import SQLiteStorage

PACKAGES = ["trackio"]
HOW = "run.log per value, run.finish() per run"
NO_ARRAYS = "lists are kept as text in JSON; an array has to be saved as a file of its own first"


def open_store(directory: Path) -> Path:
    return directory


def track(directory: Path, experiment: str, runs: int, values: list[float]) -> None:
    for _ in range(runs):
        run = trackio.init(experiment, embed=False, auto_log_gpu=False, auto_log_cpu=False)
        for value in values:
            run.log({"value": value})
        trackio.finish()


def read(directory: Path, experiment: str):
    for run in SQLiteStorage.get_run_records(experiment):
        yield [row["value"] for row in SQLiteStorage.get_logs(experiment, run["name"], run_id=run["id"])]
