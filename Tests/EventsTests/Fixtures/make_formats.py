#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the fixtures of the formats that aren't ROOT's, and what their own readers read from them.

Run in this folder with numpy 2, pylhe 2, pyhepmc 2.16 and particle 0.26; the numbers are seeded.
formats.json gives, for each file and column: its type, how many values, their sum, the first ones.
Charges are those of the Particle Data Group's table in the package particle.
"""
import csv
import gzip
import io
import json
import math
import os

import numpy as np
import pyhepmc
import pylhe
from particle import PDGID

EVENTS = 60
NUMBERS = [11, -13, 22, 211, -321, 2212, 1000022, 1000024, -2000001, 5122, 24, 21, -4, 411, 1000020040]
random = np.random.default_rng(20)


def describe(columns):
    """Of each column: type, number of values, sum, first values; lists are collections."""
    result = {}
    for name, values in columns.items():
        is_collection = any(isinstance(value, (list, np.ndarray)) for value in values)
        flat = [item for value in values for item in value] if is_collection else list(values)
        kind = "boolean" if isinstance(flat[0], (bool, np.bool_)) else (
            "integer" if isinstance(flat[0], (int, np.integer)) else "real")
        finite = [float(item) for item in flat if math.isfinite(item)]
        result[name] = {
            "type": kind, "collection": is_collection, "count": len(flat),
            "finite": len(finite), "sum": math.fsum(finite), "first": finite[:5]}
    return result


def kinematics(particles):
    """Columns of one event's particles: (px, py, pz, e, m, id, status, mother1, mother2) each."""
    px, py, pz, energy, mass = np.array([p[:5] for p in particles], dtype="f8").T
    pt = np.hypot(px, py)
    with np.errstate(divide="ignore"):
        eta = np.arcsinh(pz / pt)
    integer = {name: [int(p[index]) for p in particles] for name, index in
               [("pdgId", 5), ("status", 6), ("mother1", 7), ("mother2", 8)]}
    charge = [float(PDGID(p[5]).charge) for p in particles]
    return {"pt": pt, "eta": eta, "phi": np.arctan2(py, px), "mass": mass, "energy": energy,
            "px": px, "py": py, "pz": pz, "charge": charge} | integer


def collect(events):
    """Columns of the collection Particle of all events."""
    columns = {"nParticle": [len(particles) for particles in events]}
    for particles in events:
        for name, values in kinematics(particles).items():
            columns.setdefault("Particle_" + name, []).append(list(values))
    return columns


def momentum(scale=60):
    p = random.normal(size=3) * scale
    mass = abs(random.normal())
    return (*map(float, p), float(np.sqrt(p @ p + mass**2)), float(mass))


def les_houches(path, weights):
    names = ["1001", "MUR0.5_MUF1", "pdf<260001>"][:2]
    events = []
    for event in range(EVENTS):
        particles = [
            pylhe.LHEParticle(21, -1, 0, 0, 501, 502, 0, 0, 650, 650, 0, 0, 9),
            pylhe.LHEParticle(-2, -1, 0, 0, 0, 501, 0, 0, -650, 650, 0, 0, 9)]
        for number in random.choice(NUMBERS, random.integers(1, 6)):
            particles.append(pylhe.LHEParticle(int(number), 1, 1, 2, 0, 0, *momentum(), 0, 9))
        info = pylhe.LHEEventInfo(len(particles), 1 + event % 3, float(random.normal()), 91.1876,
                                  0.0078125, 0.118)
        events.append(pylhe.LHEEvent(
            eventinfo=info, particles=particles,
            weights={name: float(random.normal()) for name in names}))
    init = pylhe.LHEInit(
        initInfo=pylhe.LHEInitInfo(2212, 2212, 6500.0, 6500.0, 0, 0, 247000, 247000, -4, 1),
        procInfo=[pylhe.LHEProcInfo(1.5, 0.01, 1.0, 1)], generators=[])
    group = pylhe.LHEInitRWGTWeightGroup(
        name="scales", combine=None,
        weights=[pylhe.LHEInitRWGTWeight(id=name, name=f"weight {name}") for name in names])
    rwgt = type(pylhe.LHEHeader.fromstring("<header></header>").initrwgt)(entries=[group])
    file = pylhe.LHEFile(init=init, events=events, header=pylhe.LHEHeader(
        initrwgt=rwgt, extra_elements=[]))
    form = pylhe.RWGT_GZ_FORMAT if weights == "rwgt" else pylhe.WEIGHTS_GZ_FORMAT
    file.tofile(path, lheformat=form)
    rewrite(path, gzip.decompress(open(path, "rb").read()))
    read = list(pylhe.LHEFile.fromfile(path).events)
    columns = {
        "weight": [e.eventinfo.weight for e in read],
        "process": [e.eventinfo.pid for e in read],
        "scale": [e.eventinfo.scale for e in read],
        "alpha_qed": [e.eventinfo.aqed for e in read],
        "alpha_qcd": [e.eventinfo.aqcd for e in read]}
    for name in names:
        columns["weight_" + name] = [e.weights[name] for e in read]
    return columns | collect([
        [(p.px, p.py, p.pz, p.e, p.m, p.id, p.status, p.mother1 - 1, p.mother2 - 1)
         for p in e.particles] for e in read])


def hepmc_event(number, unit):
    event = pyhepmc.GenEvent(unit, pyhepmc.Units.MM)
    event.event_number = number
    vertex = pyhepmc.GenVertex()
    for sign in (1, -1):
        vertex.add_particle_in(pyhepmc.GenParticle((0, 0, sign * 6500, 6500), 2212, 4))
    outgoing = []
    for code in random.choice(NUMBERS, random.integers(1, 5)):
        *p, mass = momentum()
        particle = pyhepmc.GenParticle(tuple(p), int(code), 2 if not outgoing else 1)
        particle.generated_mass = mass
        vertex.add_particle_out(particle)
        outgoing.append(particle)
    event.add_vertex(vertex)
    decay = pyhepmc.GenVertex((0.1, 0, 0, 0.2) if number % 2 else (0, 0, 0, 0))
    decay.add_particle_in(outgoing[0])
    for _ in range(2):
        *p, mass = momentum(5)
        decay.add_particle_out(pyhepmc.GenParticle(tuple(p), 22, 1))
    event.add_vertex(decay)
    return event


def hepmc(path, unit):
    names = ["nominal", "isr:muRfac=0.5", "back\\slash"]
    info = pyhepmc.GenRunInfo()
    info.weight_names = names
    plain = path.removesuffix(".gz")
    with pyhepmc.open(plain, "w") as file:
        for number in range(EVENTS):
            event = hepmc_event(number, unit)
            event.run_info = info
            event.weights = [1.0, float(random.normal()), float(random.normal())]
            file.write(event)
    rewrite(path, open(plain, "rb").read())
    scale = 1e-3 if unit == pyhepmc.Units.MEV else 1.0
    with pyhepmc.open(plain) as file:
        read = []
        weights = []
        for event in file:
            weights.append(list(event.weights))
            particles = []
            for p in event.particles:
                mothers = [m.id - 1 for m in p.production_vertex.particles_in] or [-1]
                particles.append((*[scale * x for x in (p.momentum.px, p.momentum.py,
                                                        p.momentum.pz, p.momentum.e,
                                                        p.generated_mass)],
                                  p.pid, p.status, mothers[0], mothers[-1]))
            read.append(particles)
    os.remove(plain)
    columns = {"event": list(range(EVENTS)), "weight": [w[0] for w in weights]}
    for index, name in enumerate(names):
        columns["weight_" + name] = [w[index] for w in weights]
    return columns | collect(read)


def arrays():
    counts = random.poisson(2, EVENTS).astype("i4")
    total = counts.sum()
    return {
        "flag": random.integers(0, 2, EVENTS).astype(bool),
        "i1": random.integers(-128, 127, EVENTS, dtype="i1"),
        "u2": random.integers(0, 65535, EVENTS, dtype="u2"),
        "big": random.integers(-2**62, 2**62, EVENTS, dtype="i8").astype(">i8"),
        "f2": random.normal(size=EVENTS).astype("f2"),
        "f4": random.normal(size=EVENTS).astype("f4"),
        "f8": random.normal(size=EVENTS),
        "pair": random.normal(size=(EVENTS, 2)),
        "nJet": counts,
        "Jet_pt": random.exponential(50, total).astype("f4"),
        "Jet_id": random.integers(-5, 5, total, dtype="i2"),
    }


def lists(columns):
    counts = columns["nJet"]
    ends = np.cumsum(counts)
    result = {}
    for name, array in columns.items():
        if name.startswith("Jet_"):
            result[name] = [array[end - count:end].tolist() for count, end in zip(counts, ends)]
        else:
            result[name] = array.tolist()
    return result


def numpy_file(path, save):
    save(path, **arrays())
    with np.load(path) as read:
        return lists({name: read[name] for name in read.files})


def padded(path):
    columns = lists(arrays())
    del columns["pair"]
    width = max(columns["nJet"])
    plain = [name for name in columns if not name.startswith("Jet_")]
    with io.StringIO() as text:
        writer = csv.writer(text)
        writer.writerow(plain + [f"Jet{i}_{f}" for f in ("pt", "id") for i in range(width)])
        for event in range(EVENTS):
            row = [columns[name][event] for name in plain]
            for field in ("pt", "id"):
                values = columns["Jet_" + field][event]
                row += list(values) + [""] * (width - len(values))
            writer.writerow(row)
        rewrite(path, text.getvalue().encode())
    return columns


def rewrite(path, content):
    with open(path, "wb") as file:
        file.write(gzip.compress(content, mtime=0))


expected = {
    "rwgt.lhe": les_houches("rwgt.lhe.gz", "rwgt"),
    "weights.lhe": les_houches("weights.lhe.gz", "weights"),
    "gev.hepmc": hepmc("gev.hepmc.gz", pyhepmc.Units.GEV),
    "mev.hepmc": hepmc("mev.hepmc.gz", pyhepmc.Units.MEV),
    "stored.npz": numpy_file("stored.npz", np.savez),
    "deflated.npz": numpy_file("deflated.npz", np.savez_compressed),
    "padded.csv": padded("padded.csv.gz"),
}
with open("formats.json", "w") as file:
    json.dump({name: describe(columns) for name, columns in expected.items()}, file, indent=1)
    file.write("\n")
