"""TensorBoardX: `add_scalar` per value into one event file per run, `close()` per run."""

import struct
from pathlib import Path

from tensorboardX import SummaryWriter
from tensorboardX.proto.event_pb2 import Event

PACKAGES = ["tensorboardX"]
HOW = "add_scalar per value (float32), close() per run; not fsynced"
NO_ARRAYS = "add_histogram keeps a histogram of an array, not its values"
RELATIVE_ERROR = 1e-6


def open_store(directory: Path) -> Path:
    return directory


def track(directory: Path, experiment: str, runs: int, values: list[float]) -> None:
    for i in range(runs):
        writer = SummaryWriter(str(directory / experiment / str(i)))
        for step, value in enumerate(values):
            writer.add_scalar("value", value, step)
        writer.close()


def read(directory: Path, experiment: str):
    for file in directory.glob(f"{experiment}/*/events.out.*"):
        yield [value.simple_value for event in events(file.read_bytes()) for value in event.summary.value]


def events(log: bytes):
    """Records of: length (8 bytes), its checksum (4), the event, its checksum (4)."""
    at = 0
    while at < len(log):
        (length,) = struct.unpack_from("<Q", log, at)
        yield Event.FromString(log[at + 12 : at + 12 + length])
        at += 16 + length
