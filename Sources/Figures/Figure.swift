// SPDX-License-Identifier: Apache-2.0

/// Values that can be drawn as an SVG document.
///
/// The same values give the same bytes. Texts understand a few marks, all of them with braces, so
/// that names such as `m_sq_gev` are left as they are: see <doc:Labels>.
public protocol Figure: Sendable {
  /// The whole document, a standalone SVG file.
  ///
  /// - Throws: `FigureError` for values that can't be drawn: none at all, NaN or infinite ones, a
  ///   range that is empty or, on a logarithmic axis, not positive.
  func svg(_ style: FigureStyle) throws(FigureError) -> String
}

extension Figure {
  /// The whole document in the standard style.
  ///
  /// - Throws: `FigureError` for values that can't be drawn.
  public func svg() throws(FigureError) -> String { try svg(FigureStyle()) }
}
