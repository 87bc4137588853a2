"""ClearML offline: `report_scalar` per value, `close()` per run, which writes one zip; everything automatic is off."""

import json
import os
from pathlib import Path

os.environ["CLEARML_CACHE_DIR"] = str(Path.cwd() / "cache")
os.environ["CLEARML_LOG_LEVEL"] = "CRITICAL"

import numpy as np
from clearml import Task

PACKAGES = ["clearml"]
HOW = "set_offline, report_scalar per value, task.close() per run"
ARRAYS = "set_offline, upload_artifact per array (.npz), task.close() at the end"


def open_store(directory: Path) -> list[Path]:
    """ClearML chooses the folder of each run itself; they are noted here."""
    Task.set_offline(True)
    return []


def start(folders: list[Path], experiment: str, name: str):
    task = Task.init(
        project_name=experiment,
        task_name=name,
        reuse_last_task_id=False,
        auto_connect_arg_parser=False,
        auto_connect_frameworks={"detect_repository": False},
        auto_resource_monitoring=False,
        auto_connect_streams=False,
    )
    folders.append(Path(task.get_offline_mode_folder()))
    return task


def track(folders: list[Path], experiment: str, runs: int, values: list[float]) -> None:
    folders.clear()
    for i in range(runs):
        task = start(folders, experiment, str(i))
        logger = task.get_logger()
        for step, value in enumerate(values):
            logger.report_scalar("value", "value", value, step)
        task.close()


def read(folders: list[Path], experiment: str):
    for folder in folders:
        batches = [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]
        yield [event["value"] for batch in batches for event in batch if event["metric"] == "value"]


def track_arrays(folders: list[Path], experiment: str, arrays: list) -> None:
    folders.clear()
    task = start(folders, experiment, "arrays")
    for i, array in enumerate(arrays):
        task.upload_artifact(f"value-{i}", array, wait_on_upload=True)
    task.close()


def read_arrays(folders: list[Path], experiment: str):
    for folder in folders:
        for file in folder.glob("**/*.npz"):
            with np.load(file) as archive:
                yield from archive.values()
