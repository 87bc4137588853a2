"""DVCLive outside a repository: `log_metric` and `next_step` per value, `end()` per run."""

import csv
import os
from pathlib import Path

os.environ["DVC_NO_ANALYTICS"] = os.environ["DVCLIVE_LOGLEVEL"] = "CRITICAL"

from dvclive import Live

PACKAGES = ["dvclive"]
HOW = "log_metric and next_step per value, end() per run, no DVC repository; not fsynced"
NO_ARRAYS = "log_artifact tracks files of a DVC repository; there is no call for an array"


def open_store(directory: Path) -> Path:
    return directory


def track(directory: Path, experiment: str, runs: int, values: list[float]) -> None:
    for i in range(runs):
        live = Live(str(directory / experiment / str(i)), save_dvc_exp=False, dvcyaml=None, report=None)
        for value in values:
            live.log_metric("value", value)
            live.next_step()
        live.end()


def read(directory: Path, experiment: str):
    for file in directory.glob(f"{experiment}/*/plots/metrics/value.tsv"):
        with file.open(newline="") as lines:
            yield [float(row["value"]) for row in csv.DictReader(lines, delimiter="\t")]
