// SPDX-License-Identifier: Apache-2.0
import Figures
import Foundation
import Preservation
import Workflow

extension Reinterpreter {
  /// The scan as a figure in SVG: contours in a plane, or limits along one parameter.
  ///
  /// - Parameters:
  ///   - name: the scan.
  ///   - slice: axes and what becomes of the other parameters, for scans of more than two.
  ///   - title: above the plot; nil takes the analysis' title.
  public func scanFigure(_ name: String, slice: ScanSlice = ScanSlice(), title: String? = nil)
    throws(Failure) -> String
  {
    try classified {
      let (_, surface) = try surface(name, slice)
      let drawing = ScanDrawing(
        surface: surface, points: try scan(name).points,
        title: title ?? surface.scan.preserved.version.title)
      return try surface.slice.axes.count == 2
        ? drawing.contours().svg() : drawing.limits().svg()
    }
  }
}
