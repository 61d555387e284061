#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the RNTuple fixtures of EventsTests and what uproot reads from them (ntuple.json).

Run in this folder with uproot 5.7 and awkward 2; the numbers are seeded.
"""
import gzip
import json
import math
import os

import awkward as ak
import numpy as np
import uproot

CODECS = {"none": None, "zlib": uproot.ZLIB(4), "lz4": uproot.LZ4(4), "zstd": uproot.ZSTD(5)}
ENTRIES = 237


def numbers(random):
    columns = {"flag": random.integers(0, 2, ENTRIES).astype(bool)}
    for kind in ["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"]:
        limits = np.iinfo(kind)
        choice = [limits.min, 0, 1, 100, limits.max // 3, min(limits.max, 2**63 - 1)]
        columns[kind] = np.array(choice, dtype=kind)[random.integers(0, 6, ENTRIES)]
    columns["float32"] = random.normal(size=ENTRIES).round(1).astype("f4")
    columns["float64"] = random.exponential(50, ENTRIES).round()
    counts = random.poisson(1.5, ENTRIES)
    total = counts.sum()
    columns["list"] = ak.unflatten(random.integers(-9, 9, total, dtype="i2"), counts)
    columns["Jet"] = ak.zip({
        "pt": ak.unflatten(random.exponential(50, total).round().astype("f4"), counts),
        "tag": ak.unflatten(random.integers(0, 2, total).astype(bool), counts)})
    columns["label"] = ak.Array([f"event {index}" for index in range(ENTRIES)])
    return columns


def describe(array):
    columns = {}
    for name in array.fields:
        if array[name].fields:
            columns |= {f"{name}_{field}": array[name][field] for field in array[name].fields}
        elif name != "label":
            columns[name] = array[name]
    result = {}
    for name, values in columns.items():
        flat = ak.to_numpy(ak.flatten(values, axis=None))
        kind = {"b": "boolean", "f": "real"}.get(flat.dtype.kind, "integer")
        reals = flat.astype("f8").tolist()
        result[name] = {
            "type": kind, "collection": values.ndim > 1, "count": len(reals),
            "finite": len(reals), "sum": math.fsum(reals), "first": reals[:5]}
    return result


for codec, compression in CODECS.items():
    columns = numbers(np.random.default_rng(20))
    path = f"ntuple-{codec}.root"
    with uproot.recreate(path, compression=compression) as file:
        head = {name: column[:100] for name, column in columns.items()}
        ntuple = file.mkrntuple("Events", head)
        for start, stop in [(100, 101), (101, ENTRIES)]:
            ntuple.extend({name: column[start:stop] for name, column in columns.items()})
    with uproot.open(path) as file:
        read = describe(file["Events"].arrays())
    with open(path, "rb") as file:
        content = file.read()
    with open(path + ".gz", "wb") as file:
        file.write(gzip.compress(content, mtime=0))
    os.remove(path)
with open("ntuple.json", "w") as file:
    json.dump(read, file, indent=1)
    file.write("\n")
