// SPDX-License-Identifier: Apache-2.0
import Figures
import Foundation
import Testing

/// Colours that mean different things look different to any colour vision.
struct PaletteTests {
  /// Linear red, green and blue as those without one kind of cone see them (Machado, Oliveira and
  /// Fernandes 2009, doi:10.1109/TVCG.2009.113, severity 1).
  private static let visions: [[[Double]]] = [
    [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    [
      [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
      [-0.003882, -0.048116, 1.051998],
    ],
    [
      [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
      [-0.011820, 0.042940, 0.968881],
    ],
    [
      [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
      [0.004733, 0.691367, 0.303900],
    ],
  ]

  private static func linear(_ hex: String) -> [Double] {
    let number = Int(hex.dropFirst(), radix: 16) ?? 0
    return [number >> 16, number >> 8 & 255, number & 255].map { part in
      let value = Double(part) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
  }

  private static func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
    matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  /// CIE L*a*b* for D65.
  private static func lab(_ color: [Double]) -> [Double] {
    let xyz = product(
      [
        [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
      ], color)
    let roots = zip(xyz, [0.95047, 1, 1.08883]).map { value, white in
      let part = value / white
      return part > 216.0 / 24389 ? cbrt(part) : (24389.0 / 27 * part + 16) / 116
    }
    return [
      116 * roots[1] - 16, 500 * (roots[0] - roots[1]), 200 * (roots[1] - roots[2]),
    ]
  }

  private static func distance(_ first: String, _ second: String, _ vision: [[Double]]) -> Double {
    let seen = [first, second].map { color in
      lab(product(vision, linear(color)).map { min(max($0, 0), 1) })
    }
    return zip(seen[0], seen[1]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  /// A difference of 2.3 can just be seen side by side; these are far apart on a page.
  @Test(arguments: [
    Palette().series,
    [Palette().oneSigma, Palette().twoSigma, Palette().paper],
    [Palette().observed, Palette().expected, Palette().ink, Palette().twoSigma],
  ])
  func colorsDifferForEveryVision(_ colors: [String]) {
    for vision in Self.visions {
      for (index, color) in colors.enumerated() {
        for other in colors.dropFirst(index + 1) {
          #expect(Self.distance(color, other, vision) > 15, "\(color) and \(other)")
        }
      }
    }
  }
}
