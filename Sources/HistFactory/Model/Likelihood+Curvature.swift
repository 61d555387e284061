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
  /// [2 × histosys parameters + 1] derivative of the coefficients: 1, then q′(a), then 0.
  let coefficientSlopes: WorkArray
  /// [widest sample] scale · coefficient slope of each column.
  let columnSlopes: WorkArray
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
    for k in 0..<histosys { coefficientSlopes[k] = 1 }
    let widths = (0..<structure.samples.count).map { structure.samples[$0].stride }
    columnSlopes = WorkArray(widths.max() ?? 0)
    templatePositions = ConstantTable(
      (0..<structure.templateCoefficients.count).map { column in
        let coefficient = Int(structure.templateCoefficients[column])
        guard coefficient < 2 * histosys else { return 0 }
        return layout.position[Int(structure.histosysParameters[coefficient % histosys])]
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
  /// The curvature at the point whose gradient was just evaluated.
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
        let rate = rates.rates[bin]
        rateCurvature[bin] = rate > 0 ? 1 / rate : 0
      }
    } else {
      scratch.halfTerms.fill(0)
    }
    let count = structure.histosysParameters.count
    for k in 0..<count { scratch.coefficientSlopes[count + k] = rates.bendSlopes[k] }
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
    let sample = structure.samples[index], scale = rates.scales[index]
    let cell = scratch.cellGradient.base, slopes = scratch.columnSlopes.base
    for column in 0..<sample.templateCount {
      let coefficient = Int(structure.templateCoefficients[sample.firstTemplate + column])
      slopes[column] = scale * scratch.coefficientSlopes[coefficient]
    }
    for bin in 0..<sample.binCount {
      setCellGradient(index, sample, bin: bin)
      let h = rates.shapes[sample.firstCell + bin], row = sample.firstBin + bin
      let weight = fisher ? 0 : rateGradient[row]
      kernel_axpy(
        scratch.jacobian.base + row * stride, rates.binwiseFactors[sample.firstCell + bin], cell,
        stride)
      for use in sample.firstBinwise..<sample.endBinwise {
        let plan = structure.binwise[use]
        let rest = binwiseProduct(sample, bin: bin, without: use)
        let position = Int(layout.position[plan.firstParameter + bin])
        if position < 0 {
          let local = -1 - position
          scratch.localJacobian[local] += scale * h * rest
          if !fisher {
            kernel_axpy(hessian.coupling.base + local * stride, weight * rest, cell, stride)
          }
        } else {
          scratch.jacobian[row * stride + position] += scale * h * rest
          if !fisher {
            kernel_axpy(
              scratch.halfTerms.base + position * stride, weight * rest, cell, stride)
          }
        }
        guard !fisher else { continue }
        for other in use + 1..<sample.endBinwise {
          let both = binwiseProduct(sample, bin: bin, without: use, and: other)
          addPair(
            position,
            Int(layout.position[structure.binwise[other].firstParameter + bin]),
            weight * scale * h * both, channel: channel, bin: bin, hessian: hessian)
        }
      }
    }
  }

  /// Derivative of scale · h in one cell with respect to the shared parameters but the bin-wise.
  private func setCellGradient(_ index: Int, _ sample: SamplePlan, bin: Int) {
    let scratch = curvatureScratch, cell = scratch.cellGradient.base
    scratch.cellGradient.fill(0)
    let h = rates.shapes[sample.firstCell + bin], scaled = h * rates.scales[index]
    let matrix = structure.templates.base + sample.firstMatrixElement + bin * sample.stride
    let positions = scratch.templatePositions.base + sample.firstTemplate
    for column in 0..<sample.templateCount {
      cell[Int(positions[column])] += matrix[column] * scratch.columnSlopes.base[column]
    }
    for k in sample.firstNormsys..<sample.endNormsys {
      cell[Int(scratch.normsysPositions[k])] += scaled * rates.normsysSlopes[k]
    }
    for k in sample.firstFactor..<sample.endFactor {
      cell[Int(scratch.factorPositions[k])] += h * factorProduct(index, sample, without: k)
    }
  }

  /// The scale of a sample without one or two of its normfactors.
  private func factorProduct(
    _ index: Int, _ sample: SamplePlan, without first: Int, and second: Int = -1
  ) -> Double {
    var product = rates.normsysProducts[index]
    for k in sample.firstFactor..<sample.endFactor where k != first && k != second {
      product *= rates.parameters[Int(structure.factorParameters[k])]
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
    let moment = moments[index], scale = rates.scales[index]
    let shapeMoments = scratch.shapeMoments, combination = scratch.combination
    shapeMoments.fill(0)
    for column in sample.firstTemplate..<sample.firstTemplate + sample.templateCount {
      let coefficient = Int(structure.templateCoefficients[column])
      shapeMoments.base[Int(scratch.templatePositions[column])] +=
        projected[column] * scratch.coefficientSlopes[coefficient]
    }
    // normsys with normsys and with templates: g ⊗ (scale U + scale T g/2).
    combination.fill(0)
    kernel_axpy(combination.base, scale, shapeMoments.base, stride)
    for k in sample.firstNormsys..<sample.endNormsys {
      combination.base[Int(scratch.normsysPositions[k])] +=
        0.5 * scale * moment * rates.normsysSlopes[k]
    }
    for k in sample.firstNormsys..<sample.endNormsys {
      let position = Int(scratch.normsysPositions[k])
      let row = scratch.halfTerms.base + position * stride
      kernel_axpy(row, rates.normsysSlopes[k], combination.base, stride)
      row[position] += 0.5 * scale * moment * rates.normsysCurvatures[k]
    }
    // Normfactors with all these and with each other.
    for k in sample.firstNormsys..<sample.endNormsys {
      shapeMoments.base[Int(scratch.normsysPositions[k])] += moment * rates.normsysSlopes[k]
    }
    for k in sample.firstFactor..<sample.endFactor {
      let row = scratch.halfTerms.base + Int(scratch.factorPositions[k]) * stride
      kernel_axpy(row, factorProduct(index, sample, without: k), shapeMoments.base, stride)
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
      let row = channel.firstBin + bin, curvature = rateCurvature[row]
      let start = channel.firstLocal + bin * size
      let block = hessian.blocks.base + hessian.blockOffset(ofLocal: start)
      for i in 0..<size {
        let weight = curvature * scratch.localJacobian[start + i]
        kernel_axpy(
          hessian.coupling.base + (start + i) * stride, weight,
          scratch.jacobian.base + row * stride, stride)
        for j in 0..<size { block[i * size + j] += weight * scratch.localJacobian[start + j] }
      }
    }
  }

  private func addHalfTerms(to hessian: StructuredHessian) {
    let stride = structure.curvature.stride, order = structure.curvature.shared.count
    let half = curvatureScratch.halfTerms.base, shared = hessian.shared.base
    for i in 0..<order {
      for j in i..<order { shared[i * stride + j] += half[i * stride + j] + half[j * stride + i] }
    }
    let count = structure.histosysParameters.count
    for k in 0..<count {
      hessian.addDiagonal(
        Int(structure.histosysParameters[k]),
        rates.bendCurvatures[k] * coefficientGradient[count + k])
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
