// SPDX-License-Identifier: Apache-2.0
import CKernels
import Differentiation

/// Scratch memory of the Hessian, made when the first one is asked for.
final class CurvatureScratch {
  /// [bins × stride] ∂ν/∂(shared parameters).
  let jacobian: WorkArray
  /// [stride × stride] half of the second-derivative terms: R + Rᵀ is added to the Hessian.
  let halfTerms: WorkArray
  /// [local] ∂ν/∂(local parameter).
  let localJacobian: WorkArray
  /// [stride] derivative of scale · h in one cell, and of Σ pulled · h of one sample.
  let cellGradient: WorkArray
  let shapeMoments: WorkArray
  /// Derivatives of the templates' coefficients: 1 for each a, then q′(a), padded.
  let coefficientSlopes: WorkArray
  /// [stride] Σ over one sample's normsys: f′/f at its parameter's position.
  let normsysGradient: WorkArray
  /// [samples with normsys × stride] what second derivatives with a normsys are multiples of.
  let combinations: WorkArray
  /// [normsys] sample after sample: f′/f, ones, and the position in the shared block.
  let normsysSlopes: WorkArray
  let ones: WorkArray
  let normsysPositions: ConstantTable<Int32>
  /// [parameters of the normsys table] position in the shared block.
  let rowPositions: ConstantTable<Int32>
  /// [parameters] Σ (f′/f)′ · ∂/∂(log product).
  var normsysCurvatures: [Double]
  /// [factors] position in the shared block.
  let factorPositions: ConstantTable<Int32>

  init(_ structure: ModelStructure) {
    let layout = structure.curvature, stride = layout.stride
    jacobian = WorkArray(structure.binCount * stride)
    halfTerms = WorkArray(stride * stride)
    localJacobian = WorkArray(layout.local.count)
    cellGradient = WorkArray(stride)
    shapeMoments = WorkArray(stride)
    normsysGradient = WorkArray(stride)
    combinations = WorkArray(structure.normsys.rowCount * stride)
    coefficientSlopes = WorkArray(structure.templates.coefficientCount)
    for k in 0..<structure.templates.bends { coefficientSlopes[k] = 1 }
    let normsys = structure.normsys.slots.count
    normsysSlopes = WorkArray(normsys)
    normsysCurvatures = Array(repeating: 0, count: layout.position.count)
    ones = WorkArray(normsys)
    ones.fill(1)
    normsysPositions = ConstantTable(
      (0..<normsys).map { layout.position[Int(structure.normsys.slots[$0])] })
    rowPositions = ConstantTable(
      (0..<structure.normsys.parameters.count).map {
        layout.position[Int(structure.normsys.parameters[$0])]
      })
    factorPositions = ConstantTable(
      (0..<structure.factorParameters.count).map {
        layout.position[Int(structure.factorParameters[$0])]
      })
  }
}

extension Likelihood {
  /// The curvature at the point whose gradient was just evaluated, with curvatures of the rates
  /// unless it is Fisher's.
  ///
  /// H = Jᵀ diag(∂²/∂ν²) J + Σ_b (∂/∂ν_b) ∂²ν_b + constraints; Fisher's information leaves out the
  /// second term and has 1/ν_b for ∂²/∂ν².
  func accumulateCurvature(into hessian: StructuredHessian, fisher: Bool) {
    let scratch = curvatureScratch, stride = structure.curvature.stride
    hessian.shared.clear()
    hessian.coupling.clear()
    hessian.blocks.clear()
    scratch.jacobian.clear()
    scratch.localJacobian.clear()
    if fisher {
      for bin in 0..<structure.binCount {
        let rate = rates.rates.base[bin]
        rateCurvature.base[bin] = rate > 0 ? 1 / rate : 0
      }
      rates.limits?.mask(rateGradient, rateCurvature)
    } else {
      scratch.halfTerms.clear()
    }
    takeSlopes()
    for index in 0..<structure.channels.count {
      let channel = structure.channels[index]
      for sample in channel.firstSample..<channel.endSample {
        addCells(of: sample, channel: channel, hessian: hessian, fisher: fisher)
        if !fisher { addSecondDerivatives(of: sample) }
      }
      addLocal(channel, hessian: hessian)
    }
    kernel_rank_update(
      hessian.shared.base, scratch.jacobian.base, rateCurvature.base, structure.binCount, stride)
    if !fisher { addHalfTerms(to: hessian) }
    addConstraints(to: hessian, fisher: fisher)
  }

  /// Brings what is known per coefficient and per normsys into the order of this file.
  private func takeSlopes() {
    let scratch = curvatureScratch, lanes = structure.normsys.lanes
    let bends = structure.templates.bends
    (scratch.coefficientSlopes.base + bends).update(from: rates.bendSlopes.base, count: bends)
    kernel_gather(
      scratch.normsysSlopes.base, rates.normsysSlopes.base, lanes.base, lanes.count)
  }

  /// Fills `normsysGradient` for a sample.
  private func setNormsysGradient(_ sample: SamplePlan) {
    let scratch = curvatureScratch
    scratch.normsysGradient.base.update(repeating: 0, count: structure.curvature.stride)
    kernel_scatter(
      scratch.normsysGradient.base, scratch.normsysPositions.base + sample.firstNormsys, 1,
      scratch.normsysSlopes.base + sample.firstNormsys, scratch.ones.base,
      sample.endNormsys - sample.firstNormsys)
  }

  /// One sample's part of the Jacobian, of the coupling and of the local blocks.
  private func addCells(
    of index: Int, channel: ChannelPlan, hessian: StructuredHessian, fisher: Bool
  ) {
    let scratch = curvatureScratch, layout = structure.curvature, stride = layout.stride
    let sample = structure.samples[index], scale = rates.scales.base[index]
    let cell = scratch.cellGradient.base, jacobian = scratch.jacobian.base
    setNormsysGradient(sample)
    for bin in 0..<sample.binCount {
      if let limits = rates.limits, !limits.isActive(sample.firstCell + bin) { continue }
      setCellGradient(index, sample, bin: bin)
      let h = rates.shapes.base[sample.firstCell + bin], row = sample.firstBin + bin
      let weight = fisher ? 0 : rateGradient.base[row]
      kernel_axpy(
        jacobian + row * stride, rates.binwiseFactors.base[sample.firstCell + bin], cell, stride)
      for use in sample.firstBinwise..<sample.endBinwise {
        let rest = binwiseProduct(sample, bin: bin, without: use)
        let position = Int(layout.position[Int(structure.binwise[use]) + bin])
        let secondDerivatives: UnsafeMutablePointer<Double>
        if position < 0 {
          scratch.localJacobian.base[-1 - position] += scale * h * rest
          secondDerivatives = hessian.coupling.base + (-1 - position) * stride
        } else {
          jacobian[row * stride + position] += scale * h * rest
          secondDerivatives = scratch.halfTerms.base + position * stride
        }
        guard !fisher else { continue }
        kernel_axpy(secondDerivatives, weight * rest, cell, stride)
        for other in use + 1..<sample.endBinwise {
          let both = binwiseProduct(sample, bin: bin, without: use, and: other)
          addPair(
            position, Int(layout.position[Int(structure.binwise[other]) + bin]),
            weight * scale * h * both, channel: channel, bin: bin, hessian: hessian)
        }
      }
    }
  }

  /// Derivative of scale · h in one cell with respect to the shared parameters but the bin-wise.
  private func setCellGradient(_ index: Int, _ sample: SamplePlan, bin: Int) {
    let scratch = curvatureScratch, cell = scratch.cellGradient.base
    let h = rates.shapes.base[sample.firstCell + bin], scale = rates.scales.base[index]
    kernel_scaled(
      cell, h * scale, scratch.normsysGradient.base, structure.curvature.stride)
    kernel_template_row(
      cell, scale, structure.templates.values.base + sample.firstElement + 8 * bin,
      8 * sample.binCount, structure.templates.blocks.base + sample.firstBlock, sample.blockCount,
      scratch.coefficientSlopes.base, structure.templates.bends)
    for k in sample.firstFactor..<sample.endFactor {
      cell[Int(scratch.factorPositions[k])] += h * factorProduct(index, sample, without: k)
    }
  }

  /// The scale of a sample without one or two of its normfactors.
  private func factorProduct(
    _ index: Int, _ sample: SamplePlan, without first: Int, and second: Int = -1
  ) -> Double {
    var product = rates.normsysProducts.base[structure.normsys.productOfSample[index]]
    for k in sample.firstFactor..<sample.endFactor where k != first && k != second {
      product *= rates.parameters.base[Int(structure.factorParameters[k])]
    }
    return product
  }

  /// A mixed second derivative of two bin-wise parameters of one cell.
  private func addPair(
    _ first: Int, _ second: Int, _ value: Double, channel: ChannelPlan, bin: Int,
    hessian: StructuredHessian
  ) {
    let stride = structure.curvature.stride
    switch (first < 0, second < 0) {
    case (true, true):
      let start = channel.firstLocal + bin * channel.localsPerBin, size = channel.localsPerBin
      let i = -1 - first - start, j = -1 - second - start
      let block = hessian.blocks.base + hessian.blockOffset(ofLocal: start)
      block[i * size + j] += value
      block[j * size + i] += value
    case (true, false): hessian.coupling[(-1 - first) * stride + second] += value
    case (false, true): hessian.coupling[(-1 - second) * stride + first] += value
    case (false, false): curvatureScratch.halfTerms[first * stride + second] += value
    }
  }

  /// Σ_b weight_b r_b ∂²(scale · h_b) of one sample, as rows of R (the Hessian gets R + Rᵀ).
  private func addSecondDerivatives(of index: Int) {
    let scratch = curvatureScratch, stride = structure.curvature.stride
    let sample = structure.samples[index]
    let moment = moments.base[index], scale = rates.scales.base[index]
    let half = scratch.halfTerms.base
    let shapeMoments = scratch.shapeMoments.base
    shapeMoments.update(repeating: 0, count: stride)
    for bin in 0..<sample.binCount {
      kernel_template_row(
        shapeMoments, pulled.base[sample.firstCell + bin],
        structure.templates.values.base + sample.firstElement + 8 * bin, 8 * sample.binCount,
        structure.templates.blocks.base + sample.firstBlock, sample.blockCount,
        scratch.coefficientSlopes.base, structure.templates.bends)
    }
    // normsys with normsys and with templates: g ⊗ (scale U + scale T g/2), added up later.
    let normsys = scratch.normsysGradient.base
    if sample.firstNormsys < sample.endNormsys {
      let combination =
        scratch.combinations.base + Int(structure.normsys.rowOfSample[index]) * stride
      kernel_scaled(combination, scale, shapeMoments, stride)
      kernel_axpy(combination, 0.5 * scale * moment, normsys, stride)
    }
    // Normfactors with all these and with each other.
    if sample.firstFactor < sample.endFactor { kernel_axpy(shapeMoments, moment, normsys, stride) }
    for k in sample.firstFactor..<sample.endFactor {
      let row = half + Int(scratch.factorPositions[k]) * stride
      kernel_axpy(row, factorProduct(index, sample, without: k), shapeMoments, stride)
      for other in k + 1..<sample.endFactor {
        row[Int(scratch.factorPositions[other])] +=
          moment * factorProduct(index, sample, without: k, and: other)
      }
    }
  }

  /// Adds Jᵀ diag J where local parameters are involved.
  private func addLocal(_ channel: ChannelPlan, hessian: StructuredHessian) {
    let scratch = curvatureScratch, stride = structure.curvature.stride
    let size = channel.localsPerBin
    guard size > 0 else { return }
    for bin in 0..<channel.binCount {
      let row = channel.firstBin + bin, curvature = rateCurvature.base[row]
      let start = channel.firstLocal + bin * size
      let block = hessian.blocks.base + hessian.blockOffset(ofLocal: start)
      for i in 0..<size {
        let weight = curvature * scratch.localJacobian.base[start + i]
        kernel_axpy(
          hessian.coupling.base + (start + i) * stride, weight,
          scratch.jacobian.base + row * stride, stride)
        for j in 0..<size { block[i * size + j] += weight * scratch.localJacobian.base[start + j] }
      }
    }
  }

  private func addHalfTerms(to hessian: StructuredHessian) {
    let stride = structure.curvature.stride, order = structure.curvature.shared.count
    let scratch = curvatureScratch, normsys = structure.normsys
    kernel_sparse_product(
      scratch.halfTerms.base, scratch.rowPositions.base, normsys.useStarts.base,
      normsys.useRows.base, normsys.useLanes.base, rates.normsysSlopes.base,
      scratch.combinations.base, normsys.parameters.count, stride)
    kernel_add_symmetrised(hessian.shared.base, scratch.halfTerms.base, order, stride)
    for k in 0..<normsys.parameters.count {
      scratch.normsysCurvatures[Int(normsys.parameters[k])] = 0
    }
    kernel_normsys_gradient(
      &scratch.normsysCurvatures, &normsysTables, productMoments.base,
      rates.normsysCurvatures.base)
    for k in 0..<normsys.parameters.count {
      let slot = Int(normsys.parameters[k])
      hessian.addDiagonal(slot, scratch.normsysCurvatures[slot])
    }
    let templates = structure.templates
    for k in 0..<templates.parameters.count {
      hessian.addDiagonal(
        Int(templates.parameters[k]),
        rates.bendCurvatures.base[k] * coefficientGradient.base[templates.bends + k])
    }
  }

  private func addConstraints(to hessian: StructuredHessian, fisher: Bool) {
    let constraints = structure.constraints
    for i in 0..<constraints.normalParameters.count {
      let sigma = constraints.normalSigmas[i]
      hessian.addDiagonal(Int(constraints.normalParameters[i]), 1 / (sigma * sigma))
    }
    for i in 0..<constraints.poissonParameters.count {
      let tau = constraints.poissonTau[i]
      let curvature = fisher ? 1 / auxiliaryRates[i] : auxiliaryCurvature[i]
      hessian.addDiagonal(Int(constraints.poissonParameters[i]), tau * tau * curvature)
    }
  }
}
