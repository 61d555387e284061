// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A particle of a generator's event. GeV; mothers by their place in the event, −1 for none.
struct Particle {
  var px = 0.0
  var py = 0.0
  var pz = 0.0
  var energy = 0.0
  /// As the generator gives it: negative for some that are off their mass shell.
  var mass = 0.0
  var pdgId: Int64 = 0
  var status: Int64 = 0
  var mother1: Int64 = -1
  var mother2: Int64 = -1

  /// Transverse momentum.
  var pt: Double { (px * px + py * py).squareRoot() }

  /// Pseudorapidity; infinite along the beam, 0 for a particle at rest.
  var eta: Double {
    let pt = pt
    if pt > 0 { return asinh(pz / pt) }
    return pz == 0 ? 0 : pz > 0 ? .infinity : -.infinity
  }

  /// Azimuth in (−π, π].
  var phi: Double { atan2(py, px) }
}
