"""Writes event files as TensorBoard reads them: RUNS runs of METRICS metrics of POINTS points, all metrics of a step in one event."""

import os
import struct
import sys

import google_crc32c
import numpy as np
from tensorboard.compat.proto.event_pb2 import Event


def masked(data):
    crc = google_crc32c.value(data)
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def record(event):
    data = event.SerializeToString()
    head = struct.pack("<Q", len(data))
    return head + struct.pack("<I", masked(head)) + data + struct.pack("<I", masked(data))


def main(folder, runs, metrics, points):
    for run in range(runs):
        random = np.random.default_rng(run)
        floor = 0.1 + random.random() * 0.4
        base = floor + 2 * np.exp(-6 * np.arange(points) / points)
        values = base + (random.random((metrics, points)) - 0.5) * 0.2
        path = os.path.join(folder, f"run_{run}")
        os.makedirs(path)
        with open(os.path.join(path, f"events.out.tfevents.{1_700_000_000 + run}.host"), "wb") as file:
            file.write(record(Event(wall_time=1.7e9, file_version="brain.Event:2")))
            for step in range(points):
                event = Event(wall_time=1.7e9 + step, step=step)
                for metric in range(metrics):
                    event.summary.value.add(tag=f"metric_{metric}", simple_value=values[metric, step])
                file.write(record(event))


main(sys.argv[1], *map(int, sys.argv[2:5]))
