// SPDX-License-Identifier: Apache-2.0
import CKernels

/// All normsys: parameter after parameter, for each the samples it scales in blocks of eight.
struct NormsysTable: Sendable {
  /// Parameters with normsys, and one more than as many starts of their entries.
  let parameters: ConstantTable<Int32>
  let starts: ConstantTable<Int32>
  /// [entries] the first of the eight products that an entry multiplies.
  let blocks: ConstantTable<Int32>
  /// [entries × 6 × 8] polynomial coefficients, [entries × 2 × 8] logarithms; 0 for samples without.
  let polynomials: ConstantTable<Double>
  let exponents: ConstantTable<Double>
  /// Products of the factors of samples, padded; the last eight belong to samples without normsys.
  let productCount: Int
  /// [samples] where the product of each stands.
  let productOfSample: [Int]

  /// Parameter after parameter (starts: one more than parameters): the sample of each normsys, counted
  /// among the samples with normsys, and where its number stands in an array [entries × 8].
  let useStarts: ConstantTable<Int32>
  let useRows: ConstantTable<Int32>
  let useLanes: ConstantTable<Int32>
  /// [samples] position among those with normsys, −1 for others; and how many there are.
  let rowOfSample: ConstantTable<Int32>
  let rowCount: Int

  /// Sample after sample: the slot of each normsys, and where its number stands in an array
  /// [entries × 8].
  let slots: ConstantTable<Int32>
  let lanes: ConstantTable<Int32>

  /// Entries times eight.
  var laneCount: Int { 8 * blocks.count }

  /// The coefficient of a^power, 1 to 6, of the k-th normsys, sample after sample.
  func polynomial(_ k: Int, _ power: Int) -> Double {
    let lane = Int(lanes[k])
    return polynomials[48 * (lane / 8) + 8 * (power - 1) + lane % 8]
  }
}

extension NormsysTable {
  /// One normsys of one sample.
  struct Use {
    let sample: Int
    let slot: Int
    let coefficients: NormsysCoefficients
  }

  /// - Parameters:
  ///   - uses: sample after sample.
  ///   - samples: how many samples there are.
  ///   - slotCount: slots of the parameter vector.
  init(_ uses: [Use], samples: Int, slotCount: Int) {
    var usesOfSlot: [[Int]] = Array(repeating: [], count: slotCount)
    for (index, use) in uses.enumerated() { usesOfSlot[use.slot].append(index) }
    let product = Self.products(uses, samples: samples, slotCount: slotCount)
    var parameters: [Int32] = [], starts: [Int32] = [0], blocks: [Int32] = []
    var polynomials: [Double] = [], exponents: [Double] = []
    var lanes = Array(repeating: Int32(0), count: uses.count)
    var useStarts: [Int32] = [0], useRows: [Int32] = [], useLanes: [Int32] = []
    var entryOfBlock = Array(repeating: -1, count: product.count / 8)
    for slot in usesOfSlot.indices where !usesOfSlot[slot].isEmpty {
      let first = blocks.count
      for index in usesOfSlot[slot] {
        let place = product.ofSample[uses[index].sample]
        if entryOfBlock[place / 8] < first {
          entryOfBlock[place / 8] = blocks.count
          blocks.append(Int32(place & ~7))
          polynomials += repeatElement(0, count: 48)
          exponents += repeatElement(0, count: 16)
        }
        let entry = entryOfBlock[place / 8], lane = place % 8
        let values = uses[index].coefficients.values
        for k in 0..<6 { polynomials[48 * entry + 8 * k + lane] = values[k] }
        for k in 0..<2 { exponents[16 * entry + 8 * k + lane] = values[6 + k] }
        lanes[index] = Int32(8 * entry + lane)
        useRows.append(Int32(product.rows[uses[index].sample]))
        useLanes.append(lanes[index])
      }
      useStarts.append(Int32(useRows.count))
      parameters.append(Int32(slot))
      starts.append(Int32(blocks.count))
    }
    self.parameters = ConstantTable(parameters)
    self.starts = ConstantTable(starts)
    self.blocks = ConstantTable(blocks)
    self.polynomials = ConstantTable(polynomials)
    self.exponents = ConstantTable(exponents)
    productCount = product.count
    productOfSample = product.ofSample
    self.useStarts = ConstantTable(useStarts)
    self.useRows = ConstantTable(useRows)
    self.useLanes = ConstantTable(useLanes)
    rowOfSample = ConstantTable(product.rows.map(Int32.init))
    rowCount = product.rows.count { $0 >= 0 }
    slots = ConstantTable(uses.map { Int32($0.slot) })
    self.lanes = ConstantTable(lanes)
  }

  /// Gives samples with normsys of the same parameters places in one block.
  private static func products(
    _ uses: [Use], samples: Int, slotCount: Int
  ) -> (ofSample: [Int], count: Int, rows: [Int]) {
    var item = Array(repeating: -1, count: samples)
    var withNormsys: [Int] = []
    for use in uses where item[use.sample] < 0 {
      item[use.sample] = withNormsys.count
      withNormsys.append(use.sample)
    }
    let grouping = EightfoldGrouping(
      count: withNormsys.count, places: slotCount,
      members: uses.map { (item[$0.sample], $0.slot) })
    let none = (withNormsys.count + 7) & ~7
    var places = Array(repeating: none, count: samples)
    for (place, index) in grouping.order.enumerated() { places[withNormsys[index]] = place }
    return (places, none + 8, item)
  }

  /// Pointers for the kernels; valid as long as this table.
  func kernelTables(isSmooth: Bool) -> kernel_normsys_tables {
    kernel_normsys_tables(
      parameters: parameters.base, starts: starts.base, blocks: blocks.base,
      polynomials: polynomials.base, exponents: exponents.base, parameter_count: parameters.count,
      product_count: productCount, is_smooth: isSmooth ? 1 : 0)
  }
}
