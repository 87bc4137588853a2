"""Weights & Biases offline: `run.log` per value, `run.finish()` per run; system metrics, git, code and console are off."""

import json
import os
import struct
from pathlib import Path

os.environ["WANDB_SILENT"] = "true"
os.environ["WANDB_ERROR_REPORTING"] = "false"

import numpy as np
import wandb
from wandb.proto.wandb_internal_pb2 import Record

PACKAGES = ["wandb"]
HOW = 'mode="offline", run.log per value, run.finish() per run'
ARRAYS = 'mode="offline", an artifact with one .npy per array, run.finish() at the end'
SETTINGS = {
    "console": "off",
    "disable_code": True,
    "disable_git": True,
    "x_disable_meta": True,
    "x_disable_stats": True,
    "x_save_requirements": False,
}
BLOCK = 32768
FULL, FIRST, MIDDLE = 1, 2, 3


def open_store(directory: Path) -> Path:
    for variable in ("WANDB_CACHE_DIR", "WANDB_CONFIG_DIR", "WANDB_DATA_DIR"):
        os.environ[variable] = str(directory / variable.lower())
    return directory


def start(directory: Path, experiment: str):
    (directory / experiment).mkdir(exist_ok=True)
    settings = wandb.Settings(**SETTINGS)
    return wandb.init(project=experiment, dir=directory / experiment, mode="offline", settings=settings)


def track(directory: Path, experiment: str, runs: int, values: list[float]) -> None:
    for _ in range(runs):
        run = start(directory, experiment)
        for value in values:
            run.log({"value": value})
        run.finish()


def read(directory: Path, experiment: str):
    for file in directory.glob(f"{experiment}/**/*.wandb"):
        records = (Record.FromString(entry) for entry in log_entries(file.read_bytes()))
        yield [
            json.loads(item.value_json)
            for record in records
            for item in record.history.item
            if item.key == "value" or list(item.nested_key) == ["value"]
        ]


def log_entries(log: bytes):
    """The file is a LevelDB log after seven bytes of its own: blocks of records, which may be in parts."""
    at, entry = 7, b""
    while at + 7 <= len(log):
        if BLOCK - at % BLOCK < 7:
            at += BLOCK - at % BLOCK
            continue
        length, kind = struct.unpack_from("<HB", log, at + 4)
        part = log[at + 7 : at + 7 + length]
        entry = part if kind in (FULL, FIRST) else entry + part
        if kind not in (FIRST, MIDDLE):
            yield entry
        at += 7 + length


def track_arrays(directory: Path, experiment: str, arrays: list) -> None:
    run = start(directory, experiment)
    artifact = wandb.Artifact(f"{experiment}-value", type="array")
    for i, array in enumerate(arrays):
        with artifact.new_file(f"{i}.npy", mode="wb") as file:
            np.save(file, array)
    run.log_artifact(artifact)
    run.finish()


def read_arrays(directory: Path, experiment: str):
    (log,) = directory.glob(f"{experiment}/**/*.wandb")
    for entry in log_entries(log.read_bytes()):
        for stored in Record.FromString(entry).artifact.manifest.contents:
            yield np.load(stored.local_path)
