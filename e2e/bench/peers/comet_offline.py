"""Comet offline: `log_metric` per value, `end()` per run, which writes one zip; everything automatic is off."""

import io
import json
import os
import zipfile
from pathlib import Path

os.environ["COMET_LOGGING_CONSOLE"] = "CRITICAL"

import comet_ml
import numpy as np

PACKAGES = ["comet_ml"]
HOW = "OfflineExperiment, log_metric per value, end() per run"
ARRAYS = "OfflineExperiment, log_asset of one .npy per array, end() at the end"


def open_store(directory: Path) -> Path:
    return directory


def start(directory: Path, experiment: str):
    return comet_ml.OfflineExperiment(
        project_name=experiment,
        offline_directory=str(directory / experiment),
        log_code=False,
        log_graph=False,
        log_git_metadata=False,
        log_git_patch=False,
        log_env_details=False,
        log_env_gpu=False,
        log_env_cpu=False,
        log_env_network=False,
        log_env_disk=False,
        log_env_host=False,
        parse_args=False,
        auto_output_logging=False,
        display_summary_level=0,
    )


def track(directory: Path, experiment: str, runs: int, values: list[float]) -> None:
    for _ in range(runs):
        run = start(directory, experiment)
        for step, value in enumerate(values):
            run.log_metric("value", value, step=step)
        run.end()


def read(directory: Path, experiment: str):
    for file in (directory / experiment).glob("*.zip"):
        with zipfile.ZipFile(file) as archive:
            lines = archive.read("messages.json").splitlines()
        payloads = [json.loads(line)["payload"] for line in lines]
        metrics = [payload["metric"] for payload in payloads if "metric" in payload]
        yield [float(metric["metricValue"]) for metric in metrics if metric["metricName"] == "value"]


def track_arrays(directory: Path, experiment: str, arrays: list) -> None:
    run = start(directory, experiment)
    for step, array in enumerate(arrays):
        file = directory / f"value-{step}.npy"
        np.save(file, array)
        run.log_asset(str(file), step=step, copy_to_tmp=False)
    run.end()


def read_arrays(directory: Path, experiment: str):
    for file in (directory / experiment).glob("*.zip"):
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                content = archive.read(name)
                if content.startswith(b"\x93NUMPY"):
                    yield np.load(io.BytesIO(content))
