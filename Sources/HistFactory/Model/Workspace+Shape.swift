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

extension Workspace.Modifier {
  fileprivate func fits(bins: Int) -> Bool {
    switch kind {
    case .normfactor, .lumi, .shapefactor, .normsys: true
    case .histosys(let lo, let hi): lo.count == bins && hi.count == bins
    case .shapesys(let values), .staterror(let values): values.count == bins
    }
  }
}
