// SPDX-License-Identifier: Apache-2.0

/// Which parameter acts on which sample, and through which type of modifier.
public struct ModifierGridFigure: Figure, Hashable {
  /// A sample and the modifiers it has.
  public struct Row: Hashable, Sendable {
    /// The channel and the sample.
    public var name: String
    /// In the order of the workspace.
    public var modifiers: [Modifier]

    /// A row from its parts.
    public init(_ name: String, modifiers: [Modifier]) {
      (self.name, self.modifiers) = (name, modifiers)
    }
  }

  /// A modifier of a sample.
  public struct Modifier: Hashable, Sendable {
    /// The column.
    public var parameter: String
    /// The colour, such as `normsys`.
    public var type: String

    /// A modifier from its parts.
    public init(_ parameter: String, type: String) {
      (self.parameter, self.type) = (parameter, type)
    }
  }

  /// In bold above the plot; empty for none.
  public var title: String
  /// Under the title.
  public var notes: [String]
  /// From the top downwards.
  public var rows: [Row]

  /// A figure from its parts.
  public init(title: String = "", notes: [String] = [], rows: [Row]) {
    (self.title, self.notes, self.rows) = (title, notes, rows)
  }

  /// The whole document, as large as the grid needs.
  ///
  /// - Throws: `FigureError` for no rows, no modifiers, or more than 400 rows or parameters.
  public func svg(_ style: FigureStyle) throws(FigureError) -> String {
    try style.check()
    let parameters = Self.unique(rows.flatMap { $0.modifiers.map(\.parameter) })
    let types = Self.unique(rows.flatMap { $0.modifiers.map(\.type) })
    try Check.count(rows.count, of: "samples", atMost: 400)
    try Check.count(parameters.count, of: "parameters", atMost: 400)
    let names = rows.map { Label($0.name).width(size: style.smallSize) }.max() ?? 0
    let room = style.width - min(names, style.width * FigureStyle.namesShare) - 4 * style.gap
    let cell = min(
      max(room / Double(parameters.count), style.smallSize * 1.2), style.smallSize * 3)
    var grown = style
    grown.width = max(style.width, style.width - room + cell * Double(parameters.count))
    var plot = try Plot(
      grown, title: title, notes: notes, x: PlotAxis(names: parameters),
      y: PlotAxis(names: rows.map(\.name), isDownwards: true))
    plot.sideWidth = max(0, room - cell * Double(parameters.count))
    plot.frameHeight = min(cell, style.smallSize * 1.5) * Double(rows.count)
    plot.isLegendAbove = true
    plot.legend = types.enumerated().map { .fill($1, color($0, style)) }
    return plot.svg { panel, _ in draw(in: &panel, parameters, types, style) }
  }

  private func draw(
    in panel: inout Panel, _ parameters: [String], _ types: [String], _ style: FigureStyle
  ) {
    let columns = Dictionary(uniqueKeysWithValues: zip(parameters, parameters.indices))
    var cells: [[[PagePoint]]] = types.map { _ in [] }
    for (row, entry) in rows.enumerated() {
      for (parameter, modifiers) in Dictionary(grouping: entry.modifiers, by: \.parameter) {
        guard let column = columns[parameter] else { continue }
        // Several types share the cell side by side.
        let present = types.indices.filter { index in
          modifiers.contains { $0.type == types[index] }
        }
        for (place, type) in present.enumerated() {
          let left = Double(column) - 0.46 + 0.92 * Double(place) / Double(present.count)
          let right = left + 0.92 / Double(present.count)
          cells[type].append(
            panel.rectangle(x: (left, right), y: (Double(row) - 0.44, Double(row) + 0.44)))
        }
      }
    }
    for (index, outlines) in cells.enumerated() {
      // The dictionary's order changes from run to run, the drawing must not.
      let sorted = outlines.sorted { ($0[0].y, $0[0].x) < ($1[0].y, $1[0].x) }
      panel.draw(area: sorted, color(index, style))
    }
  }

  private func color(_ index: Int, _ style: FigureStyle) -> Fill {
    .plain(style.palette.series[index % style.palette.series.count])
  }

  /// In the order in which they first appear.
  private static func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}
