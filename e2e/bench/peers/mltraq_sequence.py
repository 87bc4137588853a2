"""MLtraq with its time series: `Sequence.append` keeps a step and a timestamp with each value, as a tracker does."""

import mltraq
from mltraq_list import PACKAGES, open_store

__all__ = ["PACKAGES", "open_store"]

HOW = "Sequence.append per value, experiment.persist() at the end; nothing is stored before"
NO_ARRAYS = "a Sequence holds scalars; arrays are what the list mode measures"


def track(session, experiment: str, runs: int, values: list[float]) -> None:
    e = session.create_experiment(experiment)
    for _ in range(runs):
        with e.run() as run:
            run.fields.metrics = mltraq.Sequence()
            for value in values:
                run.fields.metrics.append(value=value)
    e.persist()


def read(session, experiment: str):
    return [run.fields.metrics.df()["value"].tolist() for run in session.load_experiment(experiment).runs.values()]
