#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Squark pairs at the LHC with Pythia 8: pp -> squark antisquark, squark -> quark + neutralino.

Eight degenerate squark flavours, the gluino decoupled, 13 TeV, no multiparton interactions.
Generator level: anti-kt 0.4 jets with a toy resolution, missing momentum from the invisible
particles and the jets' smearing, prompt electrons and muons. The same model as the events in
signals/. Same arguments, same events (the file also holds its date).

Needs the packages of requirements.txt. Writes the events (ROOT, tree Events, the columns that
analysis.yaml declares) to OUTPUT and Pythia's leading-order cross section, pb, to CROSS_SECTION.
"""

import argparse
import json
import math
import pathlib
import sys
import tempfile

try:
    import awkward
    import numpy
    import pythia8mc
    import uproot
except ImportError as error:
    sys.exit(f"{error}. Type: python3 -m pip install -r requirements.txt (Python 3.9 or later).")

SQUARKS = [1000001, 1000002, 1000003, 1000004, 2000001, 2000002, 2000003, 2000004]
NEUTRALINO = 1000022
# Everything else of the model: sbottoms, stops, sleptons, gluino, gauginos, heavy Higgs bosons.
DECOUPLED = [
    1000005, 1000006, 2000005, 2000006, 1000011, 1000012, 1000013, 1000014, 1000015, 1000016,
    2000011, 2000013, 2000015, 1000021, 1000023, 1000024, 1000025, 1000035, 1000037, 35, 36, 37,
]
INVISIBLE = {12, 14, 16, NEUTRALINO}
LEPTONS = {11, 13}


def spectrum(squark_mass, neutralino_mass):
    """The model as an SLHA file (hep-ph/0311123): masses, no mixing, one decay of each squark."""
    lines = ["BLOCK MODSEL", " 1 0", "BLOCK SMINPUTS"]
    standard_model = [127.934, 1.16637e-5, 0.1172, 91.1876, 4.25, 175.0, 1.777]
    lines += [f" {number} {value}" for number, value in enumerate(standard_model, start=1)]
    lines += ["BLOCK MINPAR", " 3 10.0", "BLOCK MASS", " 25 125.0", " 24 80.4"]
    lines += [f" {code} {squark_mass}" for code in SQUARKS]
    lines += [f" {NEUTRALINO} {neutralino_mass}"] + [f" {code} 1.0e5" for code in DECOUPLED]
    mixings = ["UMIX", "VMIX", "STOPMIX", "SBOTMIX", "STAUMIX"]
    for block, size in [("NMIX", 4)] + [(name, 2) for name in mixings]:
        lines.append(f"BLOCK {block}")
        lines += [
            f" {row} {column} {1.0 if row == column else 0.0}"
            for row in range(1, size + 1) for column in range(1, size + 1)
        ]
    lines += ["BLOCK ALPHA", " -0.1"]
    lines += ["BLOCK HMIX Q= 1.0e3", " 1 1.0e4", " 2 10.0", " 3 246.0", " 4 1.0e6"]
    lines += ["BLOCK GAUGE Q= 1.0e3", " 1 0.36", " 2 0.64", " 3 1.06"]
    for block in ["AU", "AD", "AE"]:
        lines += [f"BLOCK {block} Q= 1.0e3", " 3 3 0.0"]
    for code in SQUARKS:
        # A squark's code is its quark's plus one or two millions.
        lines += [f"DECAY {code} 1.0", f" 1.0 2 {NEUTRALINO} {code % 1000000}"]
    lines.append(f"DECAY {NEUTRALINO} 0.0")
    return "\n".join(lines) + "\n"


def generator(squark_mass, neutralino_mass, seed):
    """Pythia, ready to make events."""
    pythia = pythia8mc.Pythia("", False)
    squarks = ",".join(str(code) for code in SQUARKS)
    # The file is read by init() below and not needed after it.
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "model.slha"
        file.write_text(spectrum(squark_mass, neutralino_mass))
        settings = [
            "Random:setSeed = on", f"Random:seed = {seed}", "Beams:eCM = 13000.",
            "PartonLevel:MPI = off", "Print:quiet = on", "SLHA:verbose = 0", f"SLHA:file = {file}",
            "SUSY:gg2squarkantisquark = on", "SUSY:qqbar2squarkantisquark = on",
            f"SUSY:idVecA = {squarks}", f"SUSY:idVecB = {squarks}",
            "UncertaintyBands:doVariations = on",
            "UncertaintyBands:List = {isr_up isr:muRfac=0.5, isr_dn isr:muRfac=2.0}",
        ]
        for setting in settings:
            if not pythia.readString(setting):
                sys.exit(f"Pythia refuses the setting '{setting}'.")
        if not pythia.init():
            sys.exit("Pythia did not start; its message is above.")
    return pythia


def is_prompt(event, particle):
    """Whether no hadron and no tau is among the ancestors, the beam protons aside."""
    mother = particle.mother1()
    while mother > 0:
        ancestor = event[mother]
        if ancestor.idAbs() == 15:
            return False
        if ancestor.isHadron():
            return ancestor.idAbs() == 2212 and ancestor.status() == -12
        mother = ancestor.mother1()
    return True


def invisible_and_leptons(event):
    """Momentum (x, y) of what escapes, and (pt, eta, phi) of prompt leptons with pt > 7 GeV."""
    x = y = 0.0
    leptons = []
    for particle in event:
        if not particle.isFinal():
            continue
        code = particle.idAbs()
        if code in INVISIBLE:
            x += particle.px()
            y += particle.py()
        elif code in LEPTONS and particle.pT() > 7 and abs(particle.eta()) < 2.5:
            if is_prompt(event, particle):
                leptons.append((particle.pT(), particle.eta(), particle.phi()))
    return x, y, sorted(leptons, reverse=True)


def overlaps(eta, phi, leptons):
    """Whether a prompt lepton lies within 0.2 of the direction."""
    def distance(lepton):
        turn = (phi - lepton[2] + math.pi) % (2 * math.pi) - math.pi
        return math.hypot(eta - lepton[1], turn)
    return any(distance(lepton) < 0.2 for lepton in leptons)


def resolved(pt, random):
    """The factor a calorimeter puts on a jet: 60 %/sqrt(pt) in quadrature with 3 %."""
    return max(0.05, 1 + random.normal() * math.hypot(0.6 / math.sqrt(max(pt, 1.0)), 0.03))


def observed(event, finder, random):
    """Jets (pt, eta, phi, m) with pt >= 20 GeV, leptons, and missing momentum (x, y)."""
    x, y, leptons = invisible_and_leptons(event)
    finder.analyze(event)
    jets = []
    for number in range(finder.sizeJet()):
        pt, phi, eta = finder.pT(number), finder.phi(number), finder.p(number).eta()
        if overlaps(eta, phi, leptons):
            continue
        factor = resolved(pt, random)
        # What a jet gains is missing on the other side.
        x -= pt * (factor - 1) * math.cos(phi)
        y -= pt * (factor - 1) * math.sin(phi)
        if pt * factor >= 20:
            jets.append((pt * factor, eta, phi, finder.m(number) * factor))
    return sorted(jets, reverse=True), leptons, (x, y)


def weights(info):
    """Nominal weight and those of the initial-state shower with half and twice the scale."""
    values = {
        info.weightNameByIndex(index): info.weightValueByIndex(index)
        for index in range(info.numberOfWeights())
    }
    return info.weightValueByIndex(0), values["isr_up"], values["isr_dn"]


class Columns:
    """The events, column by column, as the file keeps them."""

    def __init__(self):
        names = ["MET_pt", "MET_phi", "weight", "weight_isr_up", "weight_isr_dn"]
        self.scalars = {name: [] for name in names}
        self.counts = {"Jet": [], "Lep": []}
        self.values = {"Jet": [], "Lep": []}

    def append(self, jets, leptons, missing, event_weights):
        numbers = (math.hypot(*missing), math.atan2(missing[1], missing[0]), *event_weights)
        for column, value in zip(self.scalars.values(), numbers):
            column.append(value)
        for name, objects in [("Jet", jets), ("Lep", leptons)]:
            self.counts[name].append(len(objects))
            self.values[name] += objects

    def write(self, path):
        """As a TTree: one branch per number, one per field of the jets and leptons."""
        arrays = {
            name: numpy.array(values, numpy.float32 if name.startswith("MET") else numpy.float64)
            for name, values in self.scalars.items()
        }
        for name, fields in [("Jet", ["pt", "eta", "phi", "m"]), ("Lep", ["pt", "eta", "phi"])]:
            table = numpy.array(self.values[name], numpy.float32).reshape(-1, len(fields))
            record = awkward.zip({field: table[:, column] for column, field in enumerate(fields)})
            arrays[name] = awkward.unflatten(record, numpy.array(self.counts[name]))
        with uproot.recreate(path) as file:
            types = {
                name: array.dtype if isinstance(array, numpy.ndarray) else array.type
                for name, array in arrays.items()
            }
            file.mktree("Events", types).extend(arrays)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--msq", type=float, required=True, help="squark mass, GeV")
    parser.add_argument("--mlsp", type=float, required=True, help="neutralino mass, GeV")
    parser.add_argument("--seed", type=int, required=True, help="any non-negative integer")
    parser.add_argument("--events", type=int, default=500)
    parser.add_argument("--output", type=pathlib.Path, required=True, help="ROOT file to write")
    parser.add_argument(
        "--cross-section", type=pathlib.Path, required=True, help="JSON file to write")
    parser.add_argument(
        "--k-factor", type=float, default=1.0, help="higher orders over leading order")
    chosen = parser.parse_args()
    if not 0 <= chosen.mlsp < chosen.msq <= 6000:
        parser.error("masses must satisfy 0 <= mlsp < msq <= 6000 GeV")
    if chosen.events < 1 or chosen.seed < 0:
        parser.error("--events must be positive and --seed not negative")
    return chosen


def main():
    chosen = arguments()
    # Pythia takes seeds from 1 to 900 000 000.
    pythia = generator(chosen.msq, chosen.mlsp, chosen.seed % 900_000_000 + 1)
    random = numpy.random.default_rng(chosen.seed)
    # Anti-kt, radius 0.4, pt > 20 GeV, |eta| < 4.5, without the invisible, with real masses.
    finder = pythia8mc.SlowJet(-1, 0.4, 20.0, 4.5, 2, 1)
    columns = Columns()
    failures = 0
    while len(columns.scalars["weight"]) < chosen.events:
        if not pythia.next():
            failures += 1
            if failures > 100 + chosen.events:
                sys.exit("Pythia fails on most events; its message is above.")
            continue
        columns.append(*observed(pythia.event, finder, random), weights(pythia.infoPython()))
    columns.write(chosen.output)
    # A snapshot, so taken when all events are made; millibarns to picobarns.
    cross_section = {"value": pythia.infoPython().sigmaGen() * 1e9, "k_factor": chosen.k_factor}
    chosen.cross_section.write_text(json.dumps(cross_section) + "\n")


if __name__ == "__main__":
    main()
