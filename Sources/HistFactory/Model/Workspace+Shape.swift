// SPDX-License-Identifier: Apache-2.0

extension Workspace {
  /// Makes sure that all arrays of a channel have one length and names are unique, so that the
  /// compiler need not ask. (Workspaces read from JSON always pass.)
  func checkShape() throws(InvalidModel) {
    var channelNames: Set<String> = []
    for channel in channels {
      guard channelNames.insert(channel.name).inserted else {
        throw InvalidModel("there are two channels '\(channel.name)': rename one")
      }
      guard let bins = channel.samples.first?.data.count, bins > 0 else {
        throw InvalidModel(
          "channel '\(channel.name)' has no sample with bins: add one or remove it")
      }
      var sampleNames: Set<String> = []
      for sample in channel.samples {
        guard sampleNames.insert(sample.name).inserted else {
          throw InvalidModel(
            "channel '\(channel.name)' has two samples '\(sample.name)': rename one")
        }
        let place = "sample '\(sample.name)' of channel '\(channel.name)'"
        guard sample.data.count == bins else {
          throw InvalidModel("\(place) has \(sample.data.count) bins, the first has \(bins)")
        }
        for modifier in sample.modifiers where !modifier.fits(bins: bins) {
          throw InvalidModel(
            "\(modifier.kindName) '\(modifier.name)' in \(place) does not have \(bins) "
              + "value(s), one per bin")
        }
      }
    }
  }
}

extension Workspace {
  /// Makes sure that the interpolation of every normsys is defined.
  func checkFactors(_ interpolation: ModelOptions.NormsysInterpolation) throws(InvalidModel) {
    for channel in channels {
      for sample in channel.samples {
        for modifier in sample.modifiers {
          guard case .normsys(let lo, let hi) = modifier.kind else { continue }
          let place =
            "normsys '\(modifier.name)' on sample '\(sample.name)' of channel '\(channel.name)'"
          let least = min(lo, hi)
          guard least >= 0, lo.isFinite, hi.isFinite else {
            throw InvalidModel(
              "\(place) has the factor \(least), and no power of a negative factor exists: use a "
                + "histosys, or 0")
          }
          guard least > 0 || interpolation == .code4 else {
            throw InvalidModel(
              "\(place) has the factor 0, at which code1 jumps: use code4, or a small factor")
          }
        }
      }
    }
  }
}

extension ModelOptions {
  /// Refuses limits that are no numbers.
  func check() throws(InvalidModel) {
    for limit in [minimumSampleYield, minimumBinYield] {
      guard limit?.isFinite != false else {
        throw InvalidModel("a lower limit of yields must be a finite number")
      }
    }
  }
}

extension Workspace.Modifier {
  fileprivate func fits(bins: Int) -> Bool {
    switch kind {
    case .normfactor, .lumi, .shapefactor, .normsys: true
    case .histosys(let lo, let hi): lo.count == bins && hi.count == bins
    case .shapesys(let values), .staterror(let values): values.count == bins
    }
  }
}
