#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes random ROOT files with uproot, and tells what it put in: random_files.py SEED COUNT FOLDER.

A line of JSON for each file: its name, its format, and of each column the number of values, their
sum, their sum weighted by place, and the sum of the offsets.
"""
import json
import math
import os
import sys

import awkward as ak
import numpy as np
import uproot

KINDS = ["bool", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f4", "f8"]


def values(random, kind, count):
    if kind == "bool":
        return random.integers(0, 2, count).astype(bool)
    if kind[0] == "f":
        # Few different numbers compress, many don't.
        numbers = random.normal(size=count) * 10.0 ** random.integers(-3, 4)
        return (numbers.round(1) if random.random() < 0.5 else numbers).astype(kind)
    limits = np.iinfo(kind)
    high = min(limits.max, 2**63 - 1)
    if random.random() < 0.5:
        return random.integers(limits.min, high, count, dtype=kind, endpoint=True)
    return random.integers(0, 10, count).astype(kind)


def codec(random):
    return [None, uproot.ZLIB(int(random.integers(1, 10))), uproot.LZ4(int(random.integers(1, 10))),
            uproot.ZSTD(int(random.integers(1, 10))), uproot.LZMA(int(random.integers(1, 7)))][
                random.integers(0, 5)]


def describe(array):
    flat = ak.to_numpy(ak.flatten(array, axis=None)).astype("f8")
    places = np.arange(len(flat)) % 97
    offsets = 0
    if array.ndim > 1:
        offsets = int(np.concatenate([[0], np.cumsum(ak.to_numpy(ak.num(array)))]).sum())
    return {"count": len(flat), "sum": math.fsum(flat), "weighted": math.fsum(flat * places),
            "scale": math.fsum(abs(flat * 97)), "offsets": offsets}


def write(random, path):
    entries = int(random.choice([0, 1, 7, 300, 3000])) + int(random.integers(0, 50))
    columns = {}
    for index in range(random.integers(1, 5)):
        columns[f"x{index}"] = values(random, random.choice(KINDS), entries)
    if random.random() < 0.3:
        columns["fixed"] = random.normal(size=(entries, int(random.integers(1, 6)))).astype("f4")
    for index in range(random.integers(0, 3)):
        counts = random.poisson(random.choice([0.0, 0.3, 2, 20]), entries)
        total = int(counts.sum())
        columns[f"C{index}"] = ak.zip({
            name: ak.unflatten(values(random, random.choice(KINDS), total), counts)
            for name in ["a", "b"]})
    is_tuple = random.random() < 0.35
    if is_tuple:
        columns.pop("fixed", None)
    borders = sorted(random.integers(0, entries + 1, random.integers(0, 6)).tolist()) + [entries]
    with uproot.recreate(path, compression=codec(random)) as file:
        if is_tuple:
            output = file.mkrntuple("Events", {n: c[:0] for n, c in columns.items()})
        else:
            kinds = {n: c.type if isinstance(c, ak.Array) else (c.dtype, c.shape[1:])
                     for n, c in columns.items()}
            output = file.mktree("Events", kinds)
        start = 0
        for stop in borders:
            if stop > start:
                output.extend({n: c[start:stop] for n, c in columns.items()})
            start = stop
    told = {}
    for name, column in columns.items():
        column = ak.Array(column)
        if column.fields:
            for field in column.fields:
                told[f"{name}_{field}"] = describe(column[field])
        else:
            told[name] = describe(column)
    return {"file": path, "format": "rntuple" if is_tuple else "root", "entries": entries,
            "columns": told}


seed, count, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
for index in range(count):
    random = np.random.default_rng([seed, index])
    print(json.dumps(write(random, os.path.join(folder, f"{index}.root"))), flush=True)
