// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The same selections by others: a C++ loop compiled with -O2 where there is a compiler, numpy
/// masks, awkward arrays, both with boost-histogram, where there is a Python that has them.
struct SelectionPeers {
  private let folder: URL
  private let python: String?
  private let loop: String?

  init(folder: URL, python: String?) throws {
    self.folder = folder
    self.python = python
    let source = folder.appending(path: "loop.cpp")
    try Data(Self.loopSource.utf8).write(to: source)
    let program = folder.appending(path: "loop").path
    let compiler = ["/usr/bin/g++", "/usr/bin/c++", "/usr/bin/clang++"].first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
    let isCompiled = try compiler.map {
      try Self.output(of: $0, ["-O2", "-std=c++17", source.path, "-o", program], in: folder) != nil
    }
    loop = isCompiled == true ? program : nil
    if loop == nil { print("there is no C++ compiler, so no loop to compare with") }
  }

  func rows(of workload: SelectionWorkload) throws -> [SelectionBenchmark.Row] {
    var rows: [SelectionBenchmark.Row] = []
    if let loop, let row = try row("C++ -O2 loop", loop, [workload.name]) { rows.append(row) }
    let arrays = workload.name == "flat" ? "numpy masks" : "awkward"
    if let python,
      let row = try row(
        "\(arrays) + boost-histogram", python, ["-c", Self.arraysSource, workload.name])
    {
      rows.append(row)
    }
    return rows
  }

  /// What a program printed: seconds and the sum of weights.
  private func row(
    _ name: String, _ program: String, _ arguments: [String]
  ) throws -> SelectionBenchmark.Row? {
    guard let text = try Self.output(of: program, arguments, in: folder) else {
      print("  \(name) failed")
      return nil
    }
    let numbers = text.split(separator: " ").compactMap { Double($0) }
    guard numbers.count == 2 else { return nil }
    return SelectionBenchmark.Row(name: name, seconds: numbers[0], sumW: numbers[1])
  }

  private static func output(
    of program: String, _ arguments: [String], in folder: URL
  ) throws -> String? {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    return process.terminationStatus == 0 ? text : nil
  }

  private static let loopSource = #"""
    #include <cmath>
    #include <cstdint>
    #include <cstdio>
    #include <cstring>
    #include <ctime>
    #include <string>
    #include <vector>
    template <class T> std::vector<T> column(const std::string &name) {
      FILE *file = std::fopen(name.c_str(), "rb");
      std::fseek(file, 0, SEEK_END);
      std::vector<T> values(std::ftell(file) / sizeof(T));
      std::rewind(file);
      if (std::fread(values.data(), sizeof(T), values.size(), file) != values.size()) std::exit(1);
      std::fclose(file);
      return values;
    }
    struct Histogram {
      double upper, sumW[52] = {}, sumW2[52] = {};
      explicit Histogram(double upper) : upper(upper) {}
      void fill(double x, double w) {
        int bin = x < 0 ? 0 : x >= upper ? 51 : 1 + int(std::floor(x / upper * 50));
        sumW[bin] += w;
        sumW2[bin] += w * w;
      }
    };
    struct Cut {
      long entries = 0;
      double sumW = 0, sumW2 = 0;
      void fill(double w) { entries++; sumW += w; sumW2 += w * w; }
    };
    double processor() {
      timespec time;
      clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
      return time.tv_sec + 1e-9 * time.tv_nsec;
    }
    double flat(double &sumW) {
      static auto met = column<double>("met.f64"), ht = column<double>("ht.f64"),
        pt1 = column<double>("pt1.f64"), pt2 = column<double>("pt2.f64"),
        dphi = column<double>("dphi.f64"), eta = column<double>("eta.f64"),
        w = column<double>("w.f64");
      double start = processor();
      Cut cuts[7];
      Histogram h1(2000), h2(4000), h3(5000), h4(2000);
      for (size_t i = 0; i < w.size(); i++) {
        double weight = w[i];
        cuts[0].fill(weight);
        if (!(met[i] > 200)) continue;
        cuts[1].fill(weight);
        if (!(pt1[i] > 150)) continue;
        cuts[2].fill(weight);
        if (!(pt2[i] > 50)) continue;
        cuts[3].fill(weight);
        if (!(dphi[i] > 0.4)) continue;
        cuts[4].fill(weight);
        if (!(std::fabs(eta[i]) < 2.5)) continue;
        cuts[5].fill(weight);
        double meff = met[i] + ht[i];
        if (!(meff > 1000)) continue;
        cuts[6].fill(weight);
        h1.fill(met[i], weight);
        h2.fill(ht[i], weight);
        h3.fill(meff, weight);
        h4.fill(pt1[i], weight);
      }
      sumW = cuts[6].sumW + 0 * (h1.sumW[1] + h2.sumW[1] + h3.sumW[1] + h4.sumW[1]);
      return processor() - start;
    }
    double jagged(double &sumW) {
      static auto pt = column<double>("Jet_pt.f64"), eta = column<double>("Jet_eta.f64"),
        phi = column<double>("Jet_phi.f64"), met = column<double>("MET_pt.f64"),
        metPhi = column<double>("MET_phi.f64"), w = column<double>("w.f64");
      static auto offsets = column<int64_t>("offsets.i64");
      double start = processor();
      Cut cuts[7];
      Histogram h1(5000), h2(4000), h3(2000), h4(2000);
      std::vector<int64_t> jets;
      for (size_t i = 0; i < w.size(); i++) {
        double weight = w[i];
        cuts[0].fill(weight);
        jets.clear();
        double ht = 0;
        for (int64_t j = offsets[i]; j < offsets[i + 1]; j++)
          if (pt[j] > 50 && std::fabs(eta[j]) < 2.8) {
            jets.push_back(j);
            ht += pt[j];
          }
        if (jets.size() < 2) continue;
        cuts[1].fill(weight);
        if (!(pt[jets[0]] > 200)) continue;
        cuts[2].fill(weight);
        if (!(met[i] > 150)) continue;
        cuts[3].fill(weight);
        double meff = ht + met[i];
        if (!(meff > 600)) continue;
        cuts[4].fill(weight);
        double least = INFINITY;
        for (size_t j = 0; j < jets.size() && j < 3; j++) {
          double difference = phi[jets[j]] - metPhi[i];
          if (difference > M_PI) difference -= 2 * M_PI;
          if (difference <= -M_PI) difference += 2 * M_PI;
          least = std::fmin(least, std::fabs(difference));
        }
        if (!(least > 0.4)) continue;
        cuts[5].fill(weight);
        if (!(met[i] / std::sqrt(ht) > 5)) continue;
        cuts[6].fill(weight);
        h1.fill(meff, weight);
        h2.fill(ht, weight);
        h3.fill(met[i], weight);
        h4.fill(pt[jets[0]], weight);
      }
      sumW = cuts[6].sumW + 0 * (h1.sumW[1] + h2.sumW[1] + h3.sumW[1] + h4.sumW[1]);
      return processor() - start;
    }
    int main(int, char **arguments) {
      double best = INFINITY, sumW = 0;
      for (int i = 0; i < 9; i++)
        best = std::fmin(best, std::strcmp(arguments[1], "flat") ? jagged(sumW) : flat(sumW));
      std::printf("%.9f %.9f\n", best, sumW);
    }
    """#

  private static let arraysSource = #"""
    import sys, time
    import numpy as np
    import boost_histogram as bh
    def column(name): return np.fromfile(name + ".f64")
    def histogram(upper): return bh.Histogram(bh.axis.Regular(50, 0, upper), storage=bh.storage.Weight())
    def cutflow(masks, w):
        rows = [(len(w), w.sum(), (w * w).sum())]
        passed = None
        for mask in masks:
            passed = mask if passed is None else passed & mask
            kept = w[passed]
            rows.append((len(kept), kept.sum(), (kept * kept).sum()))
        return rows, passed, kept
    def flat():
        masks = (met > 200, pt1 > 150, pt2 > 50, dphi > 0.4, np.abs(eta) < 2.5, met + ht > 1000)
        rows, passed, kept = cutflow(masks, w)
        meff = met[passed] + ht[passed]
        for values, upper in ((met[passed], 2000), (ht[passed], 4000), (meff, 5000), (pt1[passed], 2000)):
            histogram(upper).fill(values, weight=kept)
        return rows[-1][1]
    def jagged():
        good = jets[(jets.pt > 50) & (abs(jets.eta) < 2.8)]
        ht = ak.sum(good.pt, axis=1)
        leading = ak.fill_none(ak.firsts(good.pt), 0)
        difference = (good.phi[:, :3] - metphi + np.pi) % (2 * np.pi) - np.pi
        dphi3 = ak.fill_none(ak.min(abs(difference), axis=1), -1)
        ht, leading, dphi3 = (ak.to_numpy(x) for x in (ht, leading, dphi3))
        meff = ht + met
        with np.errstate(divide="ignore"):
            significance = met / np.sqrt(ht)
        masks = (ak.to_numpy(ak.num(good)) >= 2, leading > 200, met > 150, meff > 600, dphi3 > 0.4,
            significance > 5)
        rows, passed, kept = cutflow(masks, w)
        for values, upper in ((meff, 5000), (ht, 4000), (met, 2000), (leading, 2000)):
            histogram(upper).fill(values[passed], weight=kept)
        return rows[-1][1]
    w = column("w")
    if sys.argv[1] == "flat":
        met, ht, pt1, pt2, dphi, eta = (column(x) for x in ("met", "ht", "pt1", "pt2", "dphi", "eta"))
        job = flat
    else:
        import awkward as ak
        offsets = ak.index.Index64(np.fromfile("offsets.i64", dtype=np.int64))
        record = ak.contents.RecordArray(
            [ak.contents.NumpyArray(column("Jet_" + x)) for x in ("pt", "eta", "phi")], ["pt", "eta", "phi"])
        jets = ak.Array(ak.contents.ListOffsetArray(offsets, record))
        met, metphi = column("MET_pt"), column("MET_phi")
        job = jagged
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        total = job()
        best = min(best, time.process_time() - start)
    print(best, total)
    """#
}
