// SPDX-License-Identifier: Apache-2.0

extension WorkspaceReader {
  /// The measurements; a parameter of interest that no modifier has is accepted, since patches may
  /// bring it.
  mutating func measurements(of root: JSONNode) -> [Workspace.Measurement] {
    var measurements: [Workspace.Measurement] = []
    var names: Set<String> = []
    for (index, node) in collector.list("measurements", of: root).enumerated() {
      collector.within(.key("measurements"), .index(index)) {
        guard let measurement = measurement(node) else { return }
        if !names.insert(measurement.name).inserted {
          collector.report(
            "there are two measurements called '\(measurement.name)'; rename one", at: node.place)
        }
        measurements.append(measurement)
      }
    }
    return measurements
  }

  private func measurement(_ node: JSONNode) -> Workspace.Measurement? {
    guard let node = collector.object(node, "a measurement", required: ["name", "config"]),
      let name = collector.text("name", of: node), let configuration = node["config"]
    else { return nil }
    return collector.within(.key("config")) {
      guard
        let node = collector.object(
          configuration, "the config of a measurement", required: ["poi", "parameters"]),
        let poi = collector.text("poi", of: node)
      else { return nil }
      return Workspace.Measurement(name: name, poi: poi, parameters: configurations(of: node))
    }
  }

  private func configurations(of node: JSONNode) -> [Workspace.ParameterConfiguration] {
    var configurations: [Workspace.ParameterConfiguration] = []
    var names: Set<String> = []
    for (index, element) in collector.list("parameters", of: node, mayBeEmpty: true).enumerated() {
      collector.within(.key("parameters"), .index(index)) {
        guard let configuration = configuration(element) else { return }
        if !names.insert(configuration.name).inserted {
          collector.report(
            "parameter '\(configuration.name)' is configured twice; remove one", at: element.place)
        }
        configurations.append(configuration)
      }
    }
    return configurations
  }

  private func configuration(_ node: JSONNode) -> Workspace.ParameterConfiguration? {
    let keys = ["inits", "bounds", "auxdata", "sigmas", "fixed"]
    guard
      let node = collector.object(
        node, "a parameter's configuration", required: ["name"], optional: keys + ["factors"]),
      let name = collector.text("name", of: node)
    else { return nil }
    if let factors = node["factors"] {
      collector.report(
        "'factors' of parameter '\(name)' is not supported; give 'auxdata' instead",
        at: factors.place)
    }
    let configuration = Workspace.ParameterConfiguration(
      name: name, inits: collector.numbers("inits", of: node), bounds: bounds(of: node),
      auxiliaryData: collector.numbers("auxdata", of: node),
      sigmas: sigmas(of: node, name), isFixed: isFixed(of: node))
    checkLengths(of: configuration, in: node)
    return configuration
  }

  /// Widths of a normal constraint: positive.
  private func sigmas(of node: JSONNode, _ name: String) -> [Double]? {
    guard let values = collector.numbers("sigmas", of: node), let place = node["sigmas"]?.place
    else { return nil }
    for (index, value) in values.enumerated() where value <= 0 {
      collector.within(.key("sigmas")) {
        collector.report(
          "the width of a constraint must be positive, but '\(name)' has \(value)", at: place,
          element: index)
      }
    }
    return values
  }

  private func isFixed(of node: JSONNode) -> Bool? {
    guard let value = node["fixed"] else { return nil }
    if case .boolean(let isFixed) = value.content { return isFixed }
    collector.within(.key("fixed")) {
      collector.report(
        "'fixed' must be true or false, but this is \(value.kindName)", at: value.place)
    }
    return nil
  }

  private func bounds(of node: JSONNode) -> [ClosedRange<Double>]? {
    guard node["bounds"] != nil else { return nil }
    var ranges: [ClosedRange<Double>] = []
    for (index, element) in collector.list("bounds", of: node).enumerated() {
      collector.within(.key("bounds"), .index(index)) {
        guard let pair = element.doubles, pair.count == 2, pair[0] <= pair[1] else {
          collector.report(
            "a bound must be two numbers, the lower first, as in [0, 10]", at: element.place)
          return
        }
        ranges.append(pair[0]...pair[1])
      }
    }
    return ranges
  }

  /// Lists as long as the parameter has slots, and none for what it doesn't have.
  private func checkLengths(
    of configuration: Workspace.ParameterConfiguration, in node: JSONNode
  ) {
    guard let parameter = parameters.configuration(of: configuration.name) else { return }
    let counts = [
      ("inits", configuration.inits?.count), ("bounds", configuration.bounds?.count),
      ("auxdata", configuration.auxiliaryData?.count), ("sigmas", configuration.sigmas?.count),
    ]
    for (key, count) in counts {
      guard let count, let place = node[key]?.place else { continue }
      collector.within(.key(key)) {
        if parameter.unusedKeys.contains(key) {
          collector.report(
            "parameter '\(configuration.name)' is a \(parameter.kind) and has no '\(key)'; "
              + "remove it", at: place)
        } else if count != parameter.slots {
          collector.report(
            "'\(key)' has \(count) values, but parameter '\(configuration.name)' has "
              + "\(parameter.slots)", at: place)
        }
      }
    }
  }
}
