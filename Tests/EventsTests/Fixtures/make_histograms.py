#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes histograms.root.gz and what uproot reads from it (histograms.json); needs uproot 5."""
import gzip
import json
import os

import numpy as np
import uproot
from uproot.writing import identify


def th1(name, edges, values, dtype, squares=None, regular=True):
    values = np.asarray(values, dtype=dtype)
    axis = identify.to_TAxis(
        "xaxis", "", len(edges) - 1, edges[0], edges[-1],
        fXbins=None if regular else np.asarray(edges, dtype=">f8"))
    return identify.to_TH1x(
        name, "title of " + name, values, float(values.sum()), 1.0, 2.0, 3.0, 4.0,
        None if squares is None else np.asarray(squares, dtype=">f8"), axis)


random = np.random.default_rng(5)
counts = [3, 10, 0, 7, 100, 2]  # first and last: underflow, overflow
edges = [0.0, 25.0, 50.0, 75.0, 100.0]
uneven = [-1.0, 0.5, 2.0, 10.0, 1000.0]
weights = random.normal(5, 3, 6)
with uproot.recreate("histograms.root", compression=uproot.ZLIB(1)) as file:
    file["double"] = th1("double", edges, weights, ">f8", weights**2)
    file["nominal/single"] = th1("single", uneven, weights, ">f4", regular=False)
    file["nominal/deep/int"] = th1("int", edges, counts, ">i4")
    file["nominal/short"] = th1("short", edges, counts, ">i2")
    file["nominal/char"] = th1("char", edges, counts, ">i1")
    file["again"] = th1("again", edges, counts, ">f8")
    file["again"] = th1("again", edges, np.asarray(counts) + 1, ">f8")
    file["long"] = th1("long", np.arange(301.0), random.poisson(4, 302), ">f8")
    file.mktree("tree", {"x": "f8"}).extend({"x": np.arange(3.0)})
    file["plane"] = np.histogram2d([1.0, 2.0], [3.0, 4.0], bins=2)

expected = {}
with uproot.open("histograms.root") as file:
    for path, kind in sorted(file.classnames(cycle=False).items()):
        if kind.startswith("TH1"):
            histogram = file[path]
            values = np.asarray(histogram.values(flow=True), dtype=float)
            expected[path] = {
                "class": kind, "title": histogram.title,
                "edges": histogram.axis().edges().tolist(), "values": values.tolist(),
                "squares": list(histogram.member("fSumw2")) or None}
json.dump(expected, open("histograms.json", "w"), separators=(",", ":"))
with open("histograms.root", "rb") as plain, open("histograms.root.gz", "wb") as target:
    with gzip.GzipFile("", "wb", 9, target, mtime=0) as packed:
        packed.write(plain.read())
os.remove("histograms.root")
