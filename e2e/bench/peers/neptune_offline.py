"""Neptune offline: `append` per value, `stop()` per run; everything automatic is off."""

import json
import pickle
from pathlib import Path

import neptune
from neptune.types import File

PACKAGES = ["neptune"]
HOW = 'mode="offline", run["value"].append per value, run.stop() per run'
ARRAYS = 'mode="offline", upload of File.as_pickle per array, run.stop() at the end'


def open_store(directory: Path) -> list[Path]:
    """Neptune names the folder of each run itself; they are noted here."""
    return []


def start():
    return neptune.init_run(
        project="workspace/project",
        mode="offline",
        git_ref=False,
        source_files=[],
        capture_stdout=False,
        capture_stderr=False,
        capture_traceback=False,
        capture_hardware_metrics=False,
    )


def finished_runs() -> set[Path]:
    return set(Path.cwd().glob(".neptune/offline/*"))


def track(folders: list[Path], experiment: str, runs: int, values: list[float]) -> None:
    before = finished_runs()
    for _ in range(runs):
        run = start()
        series = run["value"]
        for step, value in enumerate(values):
            series.append(value, step=step)
        run.stop()
    folders[:] = finished_runs() - before


def operations(folder: Path, kind: str, path: list[str]):
    """The queue on disk: JSON objects one after the other."""
    decoder = json.JSONDecoder()
    for file in folder.glob("data-*.log"):
        text, at = file.read_text(), 0
        while text[at:].strip():
            entry, at = decoder.raw_decode(text, len(text) - len(text[at:].lstrip()))
            if entry["obj"]["type"] == kind and entry["obj"]["path"][:1] == path:
                yield entry["obj"]


def read(folders: list[Path], experiment: str):
    for folder in folders:
        logs = operations(folder, "LogFloats", ["value"])
        yield [entry["value"] for log in logs for entry in log["values"]]


def track_arrays(folders: list[Path], experiment: str, arrays: list) -> None:
    before = finished_runs()
    run = start()
    for i, array in enumerate(arrays):
        run[f"value/{i}"].upload(File.as_pickle(array))
    run.stop()
    folders[:] = finished_runs() - before


def read_arrays(folders: list[Path], experiment: str):
    for folder in folders:
        for upload in operations(folder, "UploadFile", ["value"]):
            yield pickle.loads((folder / "upload_path" / upload["tmp_file_name"]).read_bytes())
