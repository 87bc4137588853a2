"""Aim in a local repository: `run.track` per value, `run.close()` per run; system metrics and terminal logs are off."""

import os
from pathlib import Path

os.environ["AIM_UI_TELEMETRY_ENABLED"] = "0"

import aim

PACKAGES = ["aim"]
HOW = "run.track per value, run.close() per run"
NO_ARRAYS = "aim.Distribution keeps a histogram of an array, not its values"
QUIET = {"system_tracking_interval": None, "capture_terminal_logs": False}


def open_store(directory: Path):
    return aim.Repo.from_path(str(directory), init=True)


def track(repo, experiment: str, runs: int, values: list[float]) -> None:
    for _ in range(runs):
        run = aim.Run(repo=repo, experiment=experiment, **QUIET)
        for step, value in enumerate(values):
            run.track(value, name="value", step=step)
        run.close()


def read(repo, experiment: str):
    """Resumes each run: a read-only one shows nothing until the index was rebuilt in the background."""
    for name in os.listdir(Path(repo.path, "meta", "chunks")):
        run = aim.Run(name, repo=repo, **QUIET)
        if run.experiment == experiment:
            yield [value for metric in run.metrics() for value in metric.values.values_list()]
        run.close()
