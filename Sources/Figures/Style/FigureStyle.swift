// SPDX-License-Identifier: Apache-2.0

/// How every figure looks: one size of paper, one size of text, one set of colours.
public struct FigureStyle: Hashable, Sendable {
  /// Width of the document in pixels.
  public var width: Double
  /// Height of the document in pixels; figures with many rows grow beyond it.
  public var height: Double
  /// Size of axis labels in pixels; everything else is relative to it.
  public var fontSize: Double
  /// Width of a contour or a limit in pixels; everything else is relative to it.
  public var lineWidth: Double
  /// The colours.
  public var palette: Palette

  /// A style from its parts. Text of 20 in 800 pixels can still be read at half the size.
  public init(
    width: Double = 800, height: Double = 640, fontSize: Double = 20, lineWidth: Double = 2.5,
    palette: Palette = Palette()
  ) {
    (self.width, self.height, self.fontSize) = (width, height, fontSize)
    (self.lineWidth, self.palette) = (lineWidth, palette)
  }
}
