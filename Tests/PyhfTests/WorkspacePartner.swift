// SPDX-License-Identifier: Apache-2.0
import HistFactory

/// A second workspace to combine a drawn one with: another draw, or the same one with parts that
/// are equal, gone, new or changed.
struct WorkspacePartner {
  private(set) var workspace: Workspace
  private var numbers: SeededNumbers

  init(of draw: WorkspaceDraw) {
    numbers = SeededNumbers(draw.seed ^ 0xABCD)
    workspace = draw.workspace
    if numbers.happens(0.3) {
      workspace = WorkspaceDraw(seed: draw.seed + 500_000).workspace
      if numbers.happens(0.5) { workspace.measurements[0].name = "other" }
      return
    }
    changeChannels(other: WorkspaceDraw(seed: draw.seed + 500_000).workspace)
    changeMeasurements()
  }

  private mutating func changeChannels(other: Workspace) {
    workspace.channels.shuffle(using: &numbers)
    workspace.observations.shuffle(using: &numbers)
    if numbers.happens(0.4), workspace.channels.count > 1 {
      let gone = workspace.channels.removeLast()
      workspace.observations.removeAll { $0.name == gone.name }
    }
    if numbers.happens(0.4) {
      let sample = numbers.whole(0...workspace.channels[0].samples.count - 1)
      workspace.channels[0].samples[sample].data[0] += 1
    }
    if numbers.happens(0.3) { workspace.channels[0].samples.removeLast() }
    if numbers.happens(0.3) { workspace.observations[0].data[0] += 1 }
    if numbers.happens(0.5) {
      var new = other.channels[0]
      new.name = "new"
      workspace.channels.append(new)
      workspace.observations.append(
        .init(name: "new", data: other.channels[0].samples[0].data.map { $0.magnitude.rounded() }))
    }
  }

  private mutating func changeMeasurements() {
    switch numbers.whole(0...3) {
    case 0: workspace.measurements[0].name = "other"
    case 1:
      workspace.measurements[0].parameters.removeLast()
      workspace.measurements[0].parameters.append(.init(name: "new", inits: [1]))
    case 2: workspace.measurements[0].poi = "mu2"
    default: break
    }
    workspace.measurements[0].parameters.shuffle(using: &numbers)
  }
}
