// SPDX-License-Identifier: Apache-2.0

/// The deformations of all samples by histosys, as a matrix of blocks of eight columns.
///
/// Every histosys is a·S_b + q(a)·A_b with S = (hi − lo)/2, A = (hi + lo − 2 nominal)/16 and an even
/// function q that is the interpolation code. The coefficients are one vector, a of all parameters and
/// from `bends` on q(a) of all of them; a sample has blocks only where some of their numbers don't
/// vanish.
struct TemplateTable: Sendable {
  /// Parameters with histosys; parameter k has the coefficients k and `bends` + k.
  let parameters: ConstantTable<Int32>
  /// [blocks] the first of eight coefficients that each block is multiplied by, sample after sample.
  let blocks: ConstantTable<Int32>
  /// Sample after sample [blocks × bins × 8].
  let values: ConstantTable<Double>
  /// [samples] how many blocks each has.
  let blockCounts: [Int]
  /// How many numbers there are without padding, in columns that don't vanish.
  let count: Int

  /// Where the coefficients q(a) begin: a multiple of eight.
  var bends: Int { (parameters.count + 7) & ~7 }
  /// Coefficients with padding, which is always 0.
  var coefficientCount: Int { 2 * bends }
}

extension TemplateTable {
  /// Collects columns sample by sample.
  struct Builder {
    private struct Column {
      let sample: Int
      /// In the order in which parameters were met.
      let parameter: Int
      let isBend: Bool
      let firstValue: Int
    }

    private let slots: [Int32]
    private var columns: [Column] = []
    private var values: [Double] = []
    /// [samples] bins of each, and one past its last column.
    private var bins: [Int] = []
    private var columnEnds: [Int] = []

    /// slots: of all parameters that some histosys uses.
    init(slots: [Int32]) { self.slots = slots }

    mutating func beginSample(bins: Int) {
      self.bins.append(bins)
      columnEnds.append(columns.count)
    }

    /// Adds a histosys of the sample begun last. Columns that vanish are left out; an A that is
    /// nothing but rounding (symmetric templates) counts as 0.
    mutating func add(_ parameter: Int, nominal: [Double], lo: [Double], hi: [Double]) {
      let sample = bins.count - 1
      for isBend in [false, true] {
        let first = values.count
        var vanishes = true
        for bin in nominal.indices {
          let value = Self.value(isBend: isBend, nominal: nominal[bin], lo: lo[bin], hi: hi[bin])
          vanishes = vanishes && value == 0
          values.append(value)
        }
        if vanishes {
          values.removeLast(nominal.count)
        } else {
          columns.append(
            Column(sample: sample, parameter: parameter, isBend: isBend, firstValue: first))
          columnEnds[sample] = columns.count
        }
      }
    }

    private static func value(isBend: Bool, nominal: Double, lo: Double, hi: Double) -> Double {
      guard isBend else { return 0.5 * (hi - lo) }
      let sum = hi + lo - 2 * nominal
      let size = abs(hi) + abs(lo) + 2 * abs(nominal)
      return abs(sum) <= 0x1p-52 * size ? 0 : sum / 16
    }

    /// - Returns: the table, and the new position of each parameter.
    func table() -> (table: TemplateTable, positions: [Int]) {
      let grouping = EightfoldGrouping(
        count: slots.count, places: 2 * bins.count,
        members: columns.map { ($0.parameter, 2 * $0.sample + ($0.isBend ? 1 : 0)) })
      var positions = Array(repeating: 0, count: slots.count)
      for (position, parameter) in grouping.order.enumerated() { positions[parameter] = position }
      let groups = (slots.count + 7) / 8
      var blocks: [Int32] = [], blockCounts: [Int] = [], elements: [Double] = []
      var blockOfGroup = Array(repeating: -1, count: 2 * groups)
      var firstColumn = 0
      for sample in bins.indices {
        let own = columns[firstColumn..<columnEnds[sample]]
        firstColumn = columnEnds[sample]
        for group in blockOfGroup.indices { blockOfGroup[group] = -1 }
        for column in own {
          blockOfGroup[positions[column.parameter] / 8 + (column.isBend ? groups : 0)] = 0
        }
        var count = 0
        for group in blockOfGroup.indices where blockOfGroup[group] == 0 {
          blockOfGroup[group] = count
          blocks.append(Int32(8 * group))
          count += 1
        }
        blockCounts.append(count)
        let first = elements.count
        elements += repeatElement(0, count: 8 * count * bins[sample])
        for column in own {
          let position = positions[column.parameter]
          let block = blockOfGroup[position / 8 + (column.isBend ? groups : 0)]
          for bin in 0..<bins[sample] {
            elements[first + 8 * (block * bins[sample] + bin) + position % 8] =
              values[column.firstValue + bin]
          }
        }
      }
      let table = TemplateTable(
        parameters: ConstantTable(grouping.order.map { slots[$0] }), blocks: ConstantTable(blocks),
        values: ConstantTable(elements), blockCounts: blockCounts, count: values.count)
      return (table, positions)
    }
  }
}
