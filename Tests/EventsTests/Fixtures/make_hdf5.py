#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the HDF5 fixtures of EventsTests and what h5py reads from them (hdf5.json).

Run in this folder with h5py 3 and numpy 2; the numbers are seeded.
"""
import json
import math

import h5py
import numpy as np

EVENTS = 60
random = np.random.default_rng(20)
counts = random.poisson(2, EVENTS).astype("i4")
total = counts.sum()
arrays = {
    "flag": random.integers(0, 2, EVENTS).astype(bool),
    "i1": random.integers(-128, 127, EVENTS, dtype="i1"),
    "u2": random.integers(0, 65535, EVENTS, dtype="u2"),
    "big": random.normal(size=EVENTS).astype(">f8"),
    "f2": random.normal(size=EVENTS).astype("f2"),
    "f4": random.normal(size=EVENTS).astype("f4"),
    "pair": random.normal(size=(EVENTS, 2)),
    "nJet": counts,
    "Jet_pt": random.exponential(50, total).astype("f4"),
    "Jet_id": random.integers(-5, 5, total, dtype="i2"),
}
stored = {
    "i1": {"compression": "gzip"},
    "f4": {"compression": "gzip", "shuffle": True, "fletcher32": True, "chunks": (7,)},
    "pair": {"compression": "gzip", "chunks": (16, 2)},
    "Jet_pt": {"chunks": (11,)},
    "Jet_id": {"compression": "gzip", "shuffle": True, "chunks": (31,)},
}
with h5py.File("numbers.h5", "w") as file:
    group = file.create_group("analysis/Events")
    for name, array in arrays.items():
        group.create_dataset(name, data=array, **stored.get(name, {}))
    group.create_dataset("lzf", data=arrays["f4"], compression="lzf")
    group["text"] = np.array([b"a"] * EVENTS)
with h5py.File("latest.h5", "w", libver="latest") as file:
    file["x"] = np.arange(5.0)

expected = {}
with h5py.File("numbers.h5") as file:
    ends = np.cumsum(file["analysis/Events/nJet"][()])
    for name in arrays:
        array = file["analysis/Events/" + name][()]
        reals = array.astype("f8").ravel().tolist()
        kind = {"b": "boolean", "f": "real"}.get(array.dtype.kind, "integer")
        expected[name] = {
            "type": kind, "collection": name == "pair" or name.startswith("Jet_"),
            "count": len(reals), "finite": len(reals), "sum": math.fsum(reals), "first": reals[:5]}
with open("hdf5.json", "w") as file:
    json.dump(expected, file, indent=1)
    file.write("\n")
