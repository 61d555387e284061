// SPDX-License-Identifier: Apache-2.0
import CKernels
import Differentiation

extension Likelihood {
  /// What any evaluation with gradient has to read: each template twice, once for the expected
  /// events and once for their derivatives. For benchmarks, which compare with it.
  package func streamTemplates() -> Double {
    let templates = structure.templates
    return kernel_dot(templates.values.base, templates.values.base, templates.count)
      + kernel_dot(templates.values.base, templates.values.base, templates.count)
  }

  /// The same with the polynomials of all normsys, which are read once. Their padding isn't.
  package func streamTables() -> Double {
    let polynomials = structure.normsys.polynomials
    let count = 6 * structure.normsys.slots.count
    return streamTemplates() + kernel_dot(polynomials.base, polynomials.base, count)
  }

  /// Bytes of the templates, without padding and without those that vanish.
  package var templateBytes: Int { structure.templates.count * MemoryLayout<Double>.stride }
}
