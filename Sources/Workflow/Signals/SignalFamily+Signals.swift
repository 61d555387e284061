// SPDX-License-Identifier: Apache-2.0
public import Artifacts
import Foundation

extension SignalFamily {
  /// The points of a family that has signals nowhere else; nil when it has them everywhere.
  public var pool: [[String: Double]]? {
    switch source {
    case .signals(let pool) where pool.match == .exact: pool.signals.map(\.point)
    case .patchSet(let pool) where pool.match == .exact: pool.patches.map(\.point)
    default: nil
    }
  }

  /// Every file of the family, by a name that is its own.
  public var files: [String: Artifact] {
    var files: [String: Artifact] = [:]
    if case .table(let table)? = crossSection { files["cross_section_pb"] = table.file }
    switch source {
    case .efficiencyMap(let map): files["efficiency_map"] = map.file
    case .patchSet(let pool): files["patchset"] = pool.file
    case .generator(let generator):
      for (path, artifact) in generator.files { files["generator/\(path)"] = artifact }
    case .signals(let pool):
      for signal in pool.signals {
        for (part, input) in signal.inputs {
          for (index, artifact) in input.artifacts.enumerated() {
            files["signals/\(signal.name)/\(part)/\(index)"] = artifact
          }
        }
      }
    }
    return files
  }

  /// The signal at a point.
  ///
  /// A ready signal or a patch keeps its own point, which is another one when the nearest is taken.
  ///
  /// - Parameters:
  ///   - point: every parameter of the family.
  ///   - name: what the signal is called; by default, the family's name and the coordinates.
  ///   - replacement: what stands in for the output that an efficiency map replaces; the
  ///     interpolation is not this module's.
  ///   - parameters: the scan's, whose ranges and scales say what is near; without them it is the
  ///     spread of the members.
  /// - Throws: `RefusedPoint` when there is no signal, or `CanonicalJSONError`.
  public func signal(
    at point: [String: Double], named name: String? = nil, replacement: StepInput? = nil,
    parameters: [ScanParameter] = []
  ) throws -> Signal {
    let name = name ?? Self.name(self.name, at: point)
    switch source {
    case .efficiencyMap(let map):
      guard let replacement else {
        throw RefusedPoint(
          "the efficiency map gives '\(map.replaces)' when it is interpolated, and it was not")
      }
      return Signal(
        name: name, point: point,
        inputs: try adding([map.replaces: replacement], at: point))
    case .signals(let pool):
      let index = try member(at: point, of: pool.signals.map(\.point), pool.match, parameters)
      let signal = pool.signals[index]
      return Signal(
        name: signal.name, point: signal.point,
        inputs: try adding(signal.inputs, at: signal.point), generator: signal.generator)
    case .patchSet(let pool):
      let index = try member(at: point, of: pool.patches.map(\.point), pool.match, parameters)
      let patch = pool.patches[index]
      let value = try CanonicalJSON.data(PatchDescriptor(patch: patch.name))
      return Signal(
        name: name, point: patch.point,
        inputs: try adding(
          [SignalPart.patch.rawValue: StepInput(artifacts: [pool.file], value: value)],
          at: patch.point))
    case .generator(let generator):
      var inputs: [String: StepInput] = [:]
      for (path, artifact) in generator.files {
        inputs["file.\(path)"] = StepInput(artifacts: [artifact])
      }
      return Signal(
        name: name, point: point, inputs: try adding(inputs, at: point),
        generator: try generator.step(at: point))
    }
  }

  /// Inputs with the cross section at a point, if the family has one.
  private func adding(_ inputs: [String: StepInput], at point: [String: Double]) throws
    -> [String: StepInput]
  {
    guard let crossSection else { return inputs }
    var inputs = inputs
    inputs[SignalPart.crossSection.rawValue] = StepInput(
      value: try CanonicalJSON.data(try crossSection.crossSection(at: point)))
    return inputs
  }

  /// `squark_1400_0`: coordinates in the order of the parameters' names.
  private static func name(_ name: String, at point: [String: Double]) -> String {
    let values = point.sorted { $0.key < $1.key }.map { PointText.number($0.value) }
    return String(([name] + values).joined(separator: "_").prefix(100))
  }

  /// The number of the member that stands for a point.
  private func member(
    at point: [String: Double], of members: [[String: Double]], _ match: Match,
    _ parameters: [ScanParameter]
  ) throws(RefusedPoint) -> Int {
    guard let metric = PointMetric(members, parameters, at: point),
      let nearest = metric.nearest(to: point, among: members)
    else {
      throw RefusedPoint(
        "the members of '\(name)' have other parameters than \(PointText.sentence(point))")
    }
    // Coordinates may have gone through the unit cube and back.
    if match == .exact, nearest.distance > 1e-9 {
      throw RefusedPoint(
        "'\(name)' has no member at \(PointText.sentence(point)); the nearest is at "
          + "\(PointText.sentence(members[nearest.index])); write 'match: nearest' to take it")
    }
    return nearest.index
  }
}

extension Generator {
  /// The program at a point.
  ///
  /// - Throws: `RefusedPoint` where the point lacks a parameter of the arguments.
  public func step(at point: [String: Double]) throws(RefusedPoint) -> GeneratorStep {
    for placeholder in arguments.flatMap(GeneratorPlaceholder.all) {
      guard case .parameter(let name) = placeholder.kind, point[name] == nil else { continue }
      throw RefusedPoint("the generator needs '\(name)', which the point does not have")
    }
    return GeneratorStep(
      arguments: arguments.map { GeneratorPlaceholder.fill($0, at: point) },
      files: files.keys.sorted(), outputs: outputs, events: events, timeLimit: timeLimit)
  }
}

extension SignalFamily {
  /// Ids of the steps that a run of one of the family's signals has, in the order of the file; those
  /// that an efficiency map makes needless are not among them.
  ///
  /// - Throws: `InvalidSpecification` when the map replaces what the analysis does not have.
  public func steps(of analysis: AnalysisSpecification) throws(InvalidSpecification) -> [String] {
    var provided: Set<String> = crossSection == nil ? [] : [SignalPart.crossSection.rawValue]
    if case .efficiencyMap(let map) = source { provided.insert(map.replaces) }
    return try PlanScope(analysis, provided: provided).steps.map(\.id)
  }
}
