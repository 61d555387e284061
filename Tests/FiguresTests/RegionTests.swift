// SPDX-License-Identifier: Apache-2.0
import Figures
import Testing

struct RegionTests {
  @Test func aRegionHasOneValuePerNode() {
    #expect(throws: FigureError.self) {
      try ContourFigure.Region(columns: 2, rows: 3, positive: [1, 2])
    }
  }
}
