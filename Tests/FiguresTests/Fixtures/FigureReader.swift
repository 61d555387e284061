// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Reads values back from a document, by the numbers at its axes and nothing else.
struct FigureReader {
  typealias Point = (x: Double, y: Double)

  /// Pixels to values along one axis, from two of its labels.
  struct Axis {
    let isLogarithmic: Bool
    private let first: (place: Double, value: Double)
    private let last: (place: Double, value: Double)

    init?(_ labels: [(place: Double, value: Double)], isLogarithmic: Bool) {
      let sorted = labels.sorted { $0.place < $1.place }
      guard let first = sorted.first, let last = sorted.last, first.place < last.place else {
        return nil
      }
      (self.first, self.last, self.isLogarithmic) = (first, last, isLogarithmic)
    }

    func value(at place: Double) -> Double {
      let fraction = (place - first.place) / (last.place - first.place)
      guard isLogarithmic else { return first.value + fraction * (last.value - first.value) }
      return first.value * pow(last.value / first.value, fraction)
    }
  }

  /// One frame of a document.
  struct Frame {
    let left: Double
    let top: Double
    let right: Double
    let bottom: Double
  }

  let reader: SVGReader
  let frames: [Frame]

  init(_ document: String) throws {
    reader = try SVGReader(document)
    frames = reader.elements("rect").filter { $0.attributes["fill"] == "none" }.compactMap {
      guard let left = $0["x"], let top = $0["y"], let width = $0["width"],
        let height = $0["height"]
      else { return nil }
      return Frame(left: left, top: top, right: left + width, bottom: top + height)
    }
    try #require(!frames.isEmpty)
  }

  /// The horizontal axis under a frame, or above it.
  func x(_ frame: Int = 0, isLogarithmic: Bool = false, isAbove: Bool = false) throws -> Axis {
    let edge = isAbove ? frames[frame].top : frames[frame].bottom
    let labels = reader.elements("text").filter { text in
      guard let y = text["y"], text.attributes["text-anchor"] == "middle" else { return false }
      return isAbove ? y < edge && y > edge - 20 : y > edge && y < edge + 30
    }
    return try #require(
      Axis(
        labels.compactMap { label in
          Self.number(label.markedText).flatMap { value in label["x"].map { ($0, value) } }
        }, isLogarithmic: isLogarithmic))
  }

  /// The vertical axis left of a frame. Labels sit 0.35 of their size above their baseline.
  func y(_ frame: Int = 0, isLogarithmic: Bool = false) throws -> Axis {
    let box = frames[frame]
    let labels = reader.elements("text").compactMap { text -> (place: Double, value: Double)? in
      guard let x = text["x"], let y = text["y"], let size = text["font-size"],
        text.attributes["text-anchor"] == "end", text.attributes["transform"] == nil,
        x < box.left, x > box.left - 12
      else { return nil }
      let place = y - 0.35 * size
      guard place > box.top - 1, place < box.bottom + 1 else { return nil }
      return FigureReader.number(text.markedText).map { (place, $0) }
    }
    return try #require(Axis(labels, isLogarithmic: isLogarithmic))
  }

  /// Outlines of all paths with an attribute of a value, in pixels, in the document's order.
  func paths(_ attribute: String, _ value: String) -> [[Point]] {
    reader.elements("path").filter { $0.attributes[attribute] == value }.flatMap {
      SVGReader.outlines($0.attributes["d"] ?? "")
    }
  }

  /// Middles of circles of a colour inside of a frame.
  func discs(_ fill: String, in frame: Int = 0) -> [Point] {
    let box = frames[frame]
    return reader.elements("circle").filter { $0.attributes["fill"] == fill }.compactMap { circle in
      guard let x = circle["cx"], let y = circle["cy"] else { return nil }
      let isInside =
        (box.left - 1...box.right + 1).contains(x)
        && (box.top - 1...box.bottom + 1).contains(y)
      return isInside ? (x, y) : nil
    }
  }

  /// Reads 5, −0.2, 10^3 and 2×10^−5.
  static func number(_ text: String) -> Double? {
    let parts = text.replacingOccurrences(of: "−", with: "-").components(separatedBy: "10^")
    guard parts.count == 2 else { return Double(parts.joined()) }
    let factor = parts[0].isEmpty ? 1 : Double(parts[0].dropLast())
    guard let factor, let exponent = Double(parts[1]) else { return nil }
    return factor * pow(10, exponent)
  }
}

/// Whether a number that was read back from hundredths of a pixel is the one that was drawn.
func isNear(_ read: Double, _ drawn: Double, within tolerance: Double = 2e-3) -> Bool {
  abs(read - drawn) <= tolerance * max(1, abs(drawn))
}
