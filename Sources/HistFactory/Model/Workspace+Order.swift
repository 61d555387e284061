// SPDX-License-Identifier: Apache-2.0

/// Whether pyhf (Python) sorts one name before another: by code point, which is the order of UTF-8.
func precedes(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}

extension Workspace {
  /// Channels as pyhf orders them.
  var sortedChannels: [Channel] { channels.sorted { precedes($0.name, $1.name) } }
}

extension Workspace.Channel {
  /// Samples as pyhf orders them.
  var sortedSamples: [Workspace.Sample] { samples.sorted { precedes($0.name, $1.name) } }
}

extension Workspace.Modifier {
  /// The seven kinds without their data, in the order in which pyhf makes parameters of them.
  enum KindName: Int, CaseIterable {
    case histosys, lumi, normfactor, normsys, shapefactor, shapesys, staterror
  }

  var kindName: KindName {
    switch kind {
    case .histosys: .histosys
    case .lumi: .lumi
    case .normfactor: .normfactor
    case .normsys: .normsys
    case .shapefactor: .shapefactor
    case .shapesys: .shapesys
    case .staterror: .staterror
    }
  }
}
