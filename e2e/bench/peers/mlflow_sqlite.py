"""MLflow over SQLite: `log_metric` per value, each of which waits for its commit; the asynchronous queue is slower here."""

import os
import sqlite3
from pathlib import Path

os.environ["DO_NOT_TRACK"] = os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"

import mlflow
import numpy as np

PACKAGES = ["mlflow"]
HOW = "SQLite, log_metric per value, end_run() per run"
ARRAYS = "log_artifact of one .npy per array, end_run() at the end"


def open_store(directory: Path) -> Path:
    mlflow.set_tracking_uri(f"sqlite:///{directory}/mlflow.db")
    mlflow.search_experiments()  # Creates and migrates the database.
    return directory


def track(directory: Path, experiment: str, runs: int, values: list[float]) -> None:
    experiment_id = mlflow.create_experiment(experiment, artifact_location=(directory / experiment).as_uri())
    for _ in range(runs):
        with mlflow.start_run(experiment_id=experiment_id):
            for step, value in enumerate(values):
                mlflow.log_metric("value", value, step=step)


def read(directory: Path, experiment: str):
    database = sqlite3.connect(directory / "mlflow.db")
    rows = database.execute(
        "select run_uuid, value from metrics join runs using (run_uuid) join experiments using (experiment_id)"
        " where experiments.name = ? and key = 'value'",
        (experiment,),
    )
    values: dict[str, list[float]] = {}
    for run, value in rows:
        values.setdefault(run, []).append(value)
    return values.values()


def track_arrays(directory: Path, experiment: str, arrays: list) -> None:
    experiment_id = mlflow.create_experiment(experiment, artifact_location=(directory / experiment).as_uri())
    with mlflow.start_run(experiment_id=experiment_id):
        for i, array in enumerate(arrays):
            np.save(directory / f"{i}.npy", array)
            mlflow.log_artifact(directory / f"{i}.npy", "value")


def read_arrays(directory: Path, experiment: str):
    return [np.load(file) for file in directory.glob(f"{experiment}/**/*.npy")]
