#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the ROOT fixtures of EventsTests and what uproot reads from them (expected.json).

Run in this folder with uproot 5 and awkward 2; the numbers are seeded. expected.json gives, for
each file, tree and branch: its type in uproot's words, how many values, their sum (of the values
widened to float64), the first three entries. The files are kept gzipped: most of a short ROOT file
is descriptions and room to grow.
"""
import glob
import gzip
import json
import os
import struct

import awkward as ak
import numpy as np
import uproot

ENTRIES = 237  # a number that no other field of the files has
CODECS = {
    "none": None,
    "zlib": uproot.ZLIB(4),
    "lz4": uproot.LZ4(4),
    "zstd": uproot.ZSTD(5),
    "lzma": uproot.LZMA(6),
}


def numbers(entries, seed=20):
    random = np.random.default_rng(seed)
    columns = {"flag": random.integers(0, 2, entries).astype(bool)}
    for kind in ["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"]:
        # Few different numbers, so that every codec has something to compress: the extremes (of
        # unsigned 64-bit numbers those that Int64 holds) and some between.
        limits = np.iinfo(kind)
        choice = [limits.min, 0, 1, 100, limits.max // 3, min(limits.max, 2**63 - 1)]
        columns[kind] = np.array(choice, dtype=kind)[random.integers(0, 6, entries)]
    columns["float32"] = random.normal(size=entries).round(1).astype("f4")
    columns["float64"] = random.exponential(50, entries).round()
    columns["triple"] = random.normal(size=(entries, 3)).round(1).astype("f4")
    counts = random.poisson(1.5, entries)
    columns["Jet"] = ak.zip({
        "pt": ak.unflatten(random.exponential(50, counts.sum()).round().astype("f4"), counts),
        "id": ak.unflatten(random.integers(-5, 5, counts.sum(), dtype="i2"), counts),
    })
    return columns


def kinds(columns):
    return {
        name: column.type if isinstance(column, ak.Array) else (column.dtype, column.shape[1:])
        for name, column in columns.items()
    }


def write(file, tree, columns, baskets):
    """A tree whose branches have as many baskets as the list has lengths."""
    output = file.mktree(tree, kinds(columns))
    start = 0
    for length in baskets:
        output.extend({name: column[start:start + length] for name, column in columns.items()})
        start += length
    return output


def reals(array):
    return ak.to_numpy(ak.flatten(array, axis=None)).astype("f8")


def describe(path):
    result = {}
    with uproot.open(path) as file:
        trees = {key.split(";")[0] for key, kind in file.classnames().items() if kind == "TTree"}
        for name in sorted(trees):
            tree = file[name]
            branches = {}
            for branch in tree.branches:
                array = branch.array()
                values = reals(array)
                branches[branch.name] = {
                    "type": branch.typename,
                    "baskets": branch.num_baskets,
                    "count": len(values),
                    "sum": float(np.sum(values)),
                    "first": [reals(entry).tolist() if np.ndim(entry) else [float(entry)]
                              for entry in array[:3]],
                }
            result[name] = {"entries": tree.num_entries, "branches": branches}
    return result


def leave_out_offsets(path):
    """Rewrites the baskets of Jet_* as ROOT does with the feature kGenerateOffsetMap: no table of
    offsets, a byte of features in the header, 80 in the flag."""
    with uproot.open(path) as file:
        branches = [b for b in file["Events"].branches if b.name.startswith("Jet_")]
        seeks = [(int(b.member("fBasketSeek")[i]), int(b.member("fBasketBytes")[i]))
                 for b in branches for i in range(b.num_baskets)]
    content = bytearray(open(path, "rb").read())
    for seek, length in seeks:
        record = bytes(content[seek:seek + length])
        total, version, expanded, date, key, cycle = struct.unpack(">ihiIhh", record[:18])
        fields = struct.unpack(">hiiiib", record[key - 19:key])
        border = fields[4] - key
        header = record[:key - 19] + struct.pack(
            ">hiibiib", fields[0], fields[1], -1000, 1, fields[3], fields[4] + 1, 80)
        rewritten = header + record[key:key + border]
        rewritten = struct.pack(
            ">ihiIhh", len(rewritten), version, border, date, key + 1, cycle) + rewritten[18:]
        content[seek:seek + len(rewritten)] = rewritten
        # The branch's own table of lengths: the byte that says it is there, then this length.
        places = [i for i in range(len(content) - 4)
                  if content[i:i + 4] == struct.pack(">i", length) and not seek <= i < seek + length]
        for place in places:
            content[place:place + 4] = struct.pack(">i", len(rewritten))
    open(path, "wb").write(content)


def main():
    expected = {}
    for codec, compression in CODECS.items():
        path = f"numbers-{codec}.root"
        with uproot.recreate(path, compression=compression) as file:
            write(file, "Events", numbers(ENTRIES), [100, 1, 136])
        expected[path] = describe(path)
        with uproot.open(path) as file:
            compressed = [bool(branch.basket(0).block_compression_info)
                          for branch in file["Events"].branches]
            assert codec == "none" or sum(compressed) >= 10, compressed

    with uproot.recreate("trees.root", compression=uproot.ZLIB(1)) as file:
        few = {"x": np.arange(5, dtype="f8")}
        write(file, "Events", {"x": np.zeros(2)}, [2])
        write(file, "Events", few, [5])
        write(file, "Other", few, [5])
        file.mkdir("analysis")
        write(file, "analysis/Events", {"x": np.arange(7, dtype="f8")}, [7])
    expected["trees.root"] = describe("trees.root")

    with uproot.recreate("nothing.root") as file:
        write(file, "Events", {name: column[:0] for name, column in numbers(1).items()}, [])
    expected["nothing.root"] = describe("nothing.root")

    with uproot.recreate("no-tree.root") as file:
        file["h"] = np.histogram([1, 2, 3])

    with uproot.recreate("too-large.root") as file:
        write(file, "Events", {"fine": np.arange(3, dtype="u8"),
                               "wide": np.array([1, 2**63, 3], dtype="u8")}, [3])

    # Half a megabyte of the same number: honest files compress that well.
    with uproot.recreate("constant.root", compression=uproot.ZSTD(9)) as file:
        write(file, "Events", {"x": np.full(65536, 1.5)}, [65536])
    expected["constant.root"] = describe("constant.root")

    with uproot.recreate("no-offsets.root", compression=None) as file:
        write(file, "Events", {"Jet": numbers(60)["Jet"]}, [40, 20])
    leave_out_offsets("no-offsets.root")
    expected["no-offsets.root"] = describe("no-offsets.root")

    with uproot.recreate("rntuple.root") as file:
        file.mkrntuple("Events", {"x": np.arange(5, dtype="f8")})

    for path in sorted(glob.glob("*.root")):
        with open(path, "rb") as file:
            content = file.read()
        with open(path + ".gz", "wb") as file:
            file.write(gzip.compress(content, mtime=0))
        os.remove(path)
    with open("expected.json", "w") as file:
        json.dump(expected, file, indent=1, sort_keys=True)
        file.write("\n")


main()
