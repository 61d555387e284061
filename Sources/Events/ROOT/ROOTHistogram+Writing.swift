// SPDX-License-Identifier: Apache-2.0

extension ROOTHistogram {
  /// A TH1D of version 3 (TH1 version 8), ROOT 6's.
  func record(named name: String) -> [UInt8] {
    var writer = ByteWriter()
    writer.object(version: 3) { histogram in
      histogram.object(version: 8) { base in
        base.named(name, title: title)
        base.styles()
        base.put(Int32(contents.count + 2))
        base.axis("xaxis", edges: edges)
        base.axis("yaxis", edges: [0, 1])
        base.axis("zaxis", edges: [0, 1])
        base.put(Int16(0))  // bars
        base.put(Int16(1000))
        let total = contents.reduce(0, +)
        base.put(total)  // entries, of which ROOT makes no use but to print it
        base.put(total)
        base.put((squares ?? contents).reduce(0, +))
        base.put(zip(contents, centres).reduce(0) { $0 + $1.0 * $1.1 })
        base.put(zip(contents, centres).reduce(0) { $0 + $1.0 * $1.1 * $1.1 })
        for value in [-1111.0, -1111, 0] { base.put(value) }  // maximum, minimum, norm: none set
        base.put([Double]())  // contour levels
        base.put(squares.map { [0] + $0 + [0] } ?? [])
        base.put("")  // option
        base.object(version: 5) { list in
          list.rootObject()
          list.put("")
          list.put(Int32(0))
        }
        base.put(Int32(0))  // a buffer of no entries
        base.put(UInt8(0))
        base.put(Int32(0))  // kNormal errors
        base.put(Int32(2))  // kNeutral overflows
      }
      histogram.put([underflow] + contents + [overflow])
    }
    return writer.bytes
  }

  private var centres: [Double] { zip(edges, edges.dropFirst()).map { 0.5 * ($0 + $1) } }
}

extension ByteWriter {
  /// TAttLine, TAttFill, TAttMarker with ROOT's defaults.
  fileprivate mutating func styles() {
    object(version: 2) { line in
      for value: Int16 in [602, 1, 1] { line.put(value) }
    }
    object(version: 2) { fill in
      for value: Int16 in [0, 1001] { fill.put(value) }
    }
    object(version: 2) { marker in
      for value: Int16 in [1, 1] { marker.put(value) }
      marker.put(Float(1))
    }
  }

  /// TAxis with its TAttAxis.
  fileprivate mutating func axis(_ name: String, edges: [Double]) {
    object(version: 10) { axis in
      axis.named(name)
      axis.object(version: 4) { style in
        style.put(Int32(510))
        for value: Int16 in [1, 1, 42] { style.put(value) }
        for value: Float in [0.005, 0.035, 0.03, 1, 0.035] { style.put(value) }
        for value: Int16 in [1, 42] { style.put(value) }
      }
      axis.put(Int32(edges.count - 1))
      axis.put(edges[0])
      axis.put(edges[edges.count - 1])
      axis.put(edges.count > 2 ? edges : [])
      axis.put(Int32(0))  // first and last of no range
      axis.put(Int32(0))
      axis.put(UInt16(0))
      axis.put(UInt8(0))  // no time axis
      axis.put("")
      axis.put(UInt32(0))  // no labels
      axis.put(UInt32(0))
    }
  }
}
