"""MLtraq as in its own benchmark: each value is appended to a list in the run's fields, `persist()` writes them all."""

from pathlib import Path

import mltraq

PACKAGES = ["mltraq"]
HOW = "list.append per value, experiment.persist() at the end; nothing is stored before"
ARRAYS = "list.append per array in a DataStore, experiment.persist() at the end; files not fsynced"


def open_store(directory: Path):
    mltraq.options().set("tqdm.disable", True)
    mltraq.options().set("datastore.url", f"file:///{directory}/arrays")
    return mltraq.create_session(f"sqlite:///{directory}/mltraq.db")


def track(session, experiment: str, runs: int, values: list[float]) -> None:
    e = session.create_experiment(experiment)
    for _ in range(runs):
        with e.run() as run:
            run.fields.value = []
            for value in values:
                run.fields.value.append(value)
    e.persist()


def read(session, experiment: str):
    return [run.fields.value for run in session.load_experiment(experiment).runs.values()]


def track_arrays(session, experiment: str, arrays: list) -> None:
    e = session.create_experiment(experiment)
    with e.run() as run:
        run.fields.ds = mltraq.DataStore()
        run.fields.ds.value = []
        for array in arrays:
            run.fields.ds.value.append(array)
    e.persist()


def read_arrays(session, experiment: str):
    return [array for run in session.load_experiment(experiment).runs.values() for array in run.fields.ds.value]
