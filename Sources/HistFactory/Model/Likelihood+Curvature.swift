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
  /// [stride] derivative of scale · h in one cell, and vectors of one sample.
  let cellGradient: WorkArray
  let shapeMoments: WorkArray
  let combination: WorkArray
  /// [2 × histosys parameters + 1] derivatives of the coefficients: 1 and q′(a) in turn, then 0.
  let coefficientSlopes: WorkArray
  /// [templates] coefficient slope of each column.
  let columnSlopes: WorkArray
  /// [normsys entries] ones.
  let ones: WorkArray
  /// [templates], [normsys entries], [factors] position in the shared block.
  let templatePositions: ConstantTable<Int32>
  let normsysPositions: ConstantTable<Int32>
  let factorPositions: ConstantTable<Int32>

  init(_ structure: ModelStructure) {
    let layout = structure.curvature, stride = layout.stride
    let histosys = structure.histosysParameters.count
    jacobian = WorkArray(structure.binCount * stride)
    halfTerms = WorkArray(stride * stride)
    localJacobian = WorkArray(layout.local.count)
    cellGradient = WorkArray(stride)
    shapeMoments = WorkArray(stride)
    combination = WorkArray(stride)
    coefficientSlopes = WorkArray(2 * histosys + 1)
    for k in 0..<histosys { coefficientSlopes[2 * k] = 1 }
    columnSlopes = WorkArray(structure.templateCoefficients.count)
    ones = WorkArray(structure.normsysParameters.count)
    ones.fill(1)
    templatePositions = ConstantTable(
      (0..<structure.templateCoefficients.count).map { column in
        let coefficient = Int(structure.templateCoefficients[column])
        guard coefficient < 2 * histosys else { return 0 }
        return layout.position[Int(structure.histosysParameters[coefficient / 2])]
      })
    normsysPositions = ConstantTable(
      (0..<structure.normsysParameters.count).map {
        layout.position[Int(structure.normsysParameters[$0])]
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
    hessian.shared.fill(0)
    hessian.coupling.fill(0)
    hessian.blocks.fill(0)
    scratch.jacobian.fill(0)
    scratch.localJacobian.fill(0)
    if fisher {
      for bin in 0..<structure.binCount {
        let rate = rates.rates.base[bin]
        rateCurvature.base[bin] = rate > 0 ? 1 / rate : 0
      }
      rates.limits?.mask(rateGradient, rateCurvature)
    } else {
      scratch.halfTerms.fill(0)
    }
    let count = structure.histosysParameters.count
    for k in 0..<count {
      scratch.coefficientSlopes.base[2 * k + 1] = rates.bendSlopes.base[k]
    }
    kernel_gather(
      scratch.columnSlopes.base, scratch.coefficientSlopes.base,
      structure.templateCoefficients.base, scratch.columnSlopes.count)
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

  /// One sample's part of the Jacobian, of the coupling and of the local blocks.
  private func addCells(
    of index: Int, channel: ChannelPlan, hessian: StructuredHessian, fisher: Bool
  ) {
    let scratch = curvatureScratch, layout = structure.curvature, stride = layout.stride
    let sample = structure.samples[index], scale = rates.scales.base[index]
    let cell = scratch.cellGradient.base, jacobian = scratch.jacobian.base
    for bin in 0..<sample.binCount {
      if let limits = rates.limits, !limits.isActive(sample.firstCell + bin) { continue }
      setCellGradient(index, sample, bin: bin)
      let h = rates.shapes.base[sample.firstCell + bin], row = sample.firstBin + bin
      let weight = fisher ? 0 : rateGradient.base[row]
      kernel_axpy(
        jacobian + row * stride, rates.binwiseFactors.base[sample.firstCell + bin], cell, stride)
      for use in sample.firstBinwise..<sample.endBinwise {
        let rest = binwiseProduct(sample, bin: bin, without: use)
        let position = Int(layout.position[structure.binwise[use].firstParameter + bin])
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
            position, Int(layout.position[structure.binwise[other].firstParameter + bin]),
            weight * scale * h * both, channel: channel, bin: bin, hessian: hessian)
        }
      }
    }
  }

  /// Derivative of scale · h in one cell with respect to the shared parameters but the bin-wise.
  private func setCellGradient(_ index: Int, _ sample: SamplePlan, bin: Int) {
    let scratch = curvatureScratch, cell = scratch.cellGradient.base
    let h = rates.shapes.base[sample.firstCell + bin], scale = rates.scales.base[index]
    cell.update(repeating: 0, count: structure.curvature.stride)
    kernel_scatter_pairs(
      cell, scratch.templatePositions.base + sample.firstTemplate, scale,
      structure.templates.base + sample.firstMatrixElement + bin * sample.stride,
      scratch.columnSlopes.base + sample.firstTemplate,
      Int(structure.templateSizes.base[2 * index]), sample.templateCount)
    kernel_scatter(
      cell, scratch.normsysPositions.base + sample.firstNormsys, h * scale,
      rates.normsysSlopes.base + sample.firstNormsys, scratch.ones.base,
      sample.endNormsys - sample.firstNormsys)
    for k in sample.firstFactor..<sample.endFactor {
      cell[Int(scratch.factorPositions[k])] += h * factorProduct(index, sample, without: k)
    }
  }

  /// The scale of a sample without one or two of its normfactors.
  private func factorProduct(
    _ index: Int, _ sample: SamplePlan, without first: Int, and second: Int = -1
  ) -> Double {
    var product = rates.normsysProducts.base[index]
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
    let shapeMoments = scratch.shapeMoments.base, combination = scratch.combination.base
    let normsysCount = sample.endNormsys - sample.firstNormsys
    let normsysPositions = scratch.normsysPositions.base + sample.firstNormsys
    let slopes = rates.normsysSlopes.base + sample.firstNormsys
    let curvatures = rates.normsysCurvatures.base + sample.firstNormsys
    shapeMoments.update(repeating: 0, count: stride)
    kernel_scatter_pairs(
      shapeMoments, scratch.templatePositions.base + sample.firstTemplate, 1,
      projected.base + sample.firstTemplate, scratch.columnSlopes.base + sample.firstTemplate,
      Int(structure.templateSizes.base[2 * index]), sample.templateCount)
    // normsys with normsys and with templates: g ⊗ (scale U + scale T g/2).
    for i in 0..<stride { combination[i] = scale * shapeMoments[i] }
    kernel_scatter(
      combination, normsysPositions, 0.5 * scale * moment, slopes, scratch.ones.base,
      normsysCount)
    kernel_scatter_rows(half, normsysPositions, slopes, combination, normsysCount, stride)
    for k in 0..<normsysCount {
      half[Int(normsysPositions[k]) * (stride + 1)] += 0.5 * scale * moment * curvatures[k]
    }
    // Normfactors with all these and with each other.
    kernel_scatter(
      shapeMoments, normsysPositions, moment, slopes, scratch.ones.base, normsysCount)
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
    kernel_add_symmetrised(
      hessian.shared.base, curvatureScratch.halfTerms.base, order, stride)
    let count = structure.histosysParameters.count
    for k in 0..<count {
      hessian.addDiagonal(
        Int(structure.histosysParameters[k]),
        rates.bendCurvatures.base[k] * coefficientGradient.base[2 * k + 1])
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
