// SPDX-License-Identifier: Apache-2.0

/// A generator whose files are not in the store yet.
struct DraftGenerator {
  var arguments: [String]
  /// Paths, sorted.
  var files: [String]
  var outputs: [String: GeneratorStep.Output]
  var events: EventsDescriptor?
  var timeLimit: Double
}

/// Reads `generator:` of a signal or a family.
struct GeneratorReader {
  /// The parts a program can make.
  static let parts: [SignalPart] = [.events, .crossSection]

  let signal: SignalReader
  /// Parameters that arguments may name; nil when any may be.
  let parameters: [String]?
  /// Whether each of the parameters must be named: those of a scan change the events.
  let isExhaustive: Bool
  private var diagnostics: Diagnostics { signal.diagnostics }

  init(signal: SignalReader, parameters: [String]?, isExhaustive: Bool) {
    self.signal = signal
    self.parameters = parameters
    self.isExhaustive = isExhaustive
  }

  /// The generator; nil after reporting.
  func read(_ node: SpecificationNode) -> DraftGenerator? {
    let before = diagnostics.all.count
    let reader = FieldReader(node, diagnostics)
    let arguments = reader.elements("arguments", required: true) ?? []
    let files = files(reader.elements("files") ?? [])
    let outputs = outputs(reader.fields("outputs", required: true) ?? [], at: node)
    let eventsNode = reader.node("events")
    let timeLimit = reader.double("time_limit", in: 0.001...2_592_000)
    reader.finish()
    let events = eventsNode.flatMap(descriptor)
    if outputs[SignalPart.events.rawValue] != nil, eventsNode == nil {
      diagnostics.error(
        "'events' is missing, which says how the program's events are read, as in "
          + "'events: {format: root, tree: Events}'", at: node)
    } else if let eventsNode, outputs[SignalPart.events.rawValue] == nil {
      diagnostics.error("the program has no output 'events' to be read", atKeyOf: eventsNode)
    }
    if arguments.isEmpty, let list = node.fields?.first(where: { $0.key == "arguments" })?.value {
      diagnostics.error("the first argument is the program, so there must be one", at: list)
    }
    let texts = check(arguments, files, outputs.keys.sorted(), at: node)
    guard diagnostics.all.count == before else { return nil }
    return DraftGenerator(
      arguments: texts, files: files.sorted(), outputs: outputs, events: events,
      timeLimit: timeLimit ?? 3600)
  }

  private func descriptor(_ node: SpecificationNode) -> EventsDescriptor? {
    let reader = FieldReader(node, diagnostics)
    let descriptor = signal.descriptor(reader)
    if let files = reader.node("files") {
      diagnostics.error("the files are the program's output 'events'; remove this", atKeyOf: files)
    }
    reader.finish()
    return descriptor
  }

  private func files(_ nodes: [SpecificationNode]) -> [String] {
    var files: [String] = []
    for node in nodes {
      guard let path = signal.path(node) else { continue }
      if files.contains(path) { diagnostics.error("the same file again", at: node) }
      if path.contains("}") {
        diagnostics.error("a file of a generator cannot have '}' in its name", at: node)
      }
      files.append(path)
    }
    return files
  }

  private func outputs(
    _ fields: [(key: String, value: SpecificationNode)], at node: SpecificationNode
  ) -> [String: GeneratorStep.Output] {
    var outputs: [String: GeneratorStep.Output] = [:]
    for (name, node) in fields {
      guard let part = Self.parts.first(where: { $0.rawValue == name }) else {
        let hint = Suggestion.hint(
          for: name, among: Self.parts.map(\.rawValue), known: "it can make")
        diagnostics.error(
          "'\(name)' is no part of a signal that a program makes\(hint)", atKeyOf: node)
        continue
      }
      guard signal.isDeclared(part, at: node) else { continue }
      let reader = FieldReader(node, diagnostics)
      let pathNode = reader.node("path", required: true)
      let typeNode = reader.node("type")
      reader.finish()
      if let typeNode, let type = typeNode.string(diagnostics), type != part.type.rawValue {
        diagnostics.error(
          "the type of '\(name)' is '\(part.type.rawValue)', not '\(type)'", at: typeNode)
      }
      guard let pathNode, let path = pathNode.string(diagnostics) else { continue }
      if let problem = SpecificationFolder(directory: nil, cure: "it is written where it runs")
        .spellingProblem(with: path)
      {
        diagnostics.error(problem, at: pathNode)
      }
      if outputs.values.contains(where: { $0.path == path }) {
        diagnostics.error("another output has the same path; give each its own", at: pathNode)
      }
      outputs[name] = GeneratorStep.Output(path: path, type: part.type)
    }
    if let list = node.fields?.first(where: { $0.key == "outputs" })?.value, fields.isEmpty {
      diagnostics.error("a generator makes at least 'events'", at: list)
    }
    return outputs
  }

  /// Texts of the arguments, with every placeholder checked.
  private func check(
    _ nodes: [SpecificationNode], _ files: [String], _ outputs: [String], at node: SpecificationNode
  ) -> [String] {
    var used: Set<String> = []
    let texts = nodes.map { node -> String in
      guard let text = node.string(diagnostics) else { return "" }
      if text.contains("\0") {
        diagnostics.error("an argument can't contain the character 0", at: node)
      }
      for placeholder in GeneratorPlaceholder.all(in: text) {
        switch placeholder.kind {
        case .seed: break
        case .parameter(let name):
          used.insert(name)
          check(name, "parameter", among: parameters, at: node) { $0 }
        case .file(let path): check(path, "file", among: files, at: node) { "file.\($0)" }
        case .output(let name): check(name, "output", among: outputs, at: node) { "output.\($0)" }
        case .input(let name):
          diagnostics.error(
            "'{input.\(name)}': a generator has no inputs; its files are '{file.PATH}'", at: node)
        }
      }
      return text
    }
    if isExhaustive {
      for name in parameters ?? [] where !used.contains(name) {
        diagnostics.error(
          "the parameter '\(name)' of the scan is in no argument, so that the events would not "
            + "depend on it; pass it as '{\(name)}'", at: node)
      }
    }
    return texts
  }

  private func check(
    _ name: String, _ noun: String, among names: [String]?, at node: SpecificationNode,
    spelling: (String) -> String
  ) {
    guard let names, !names.contains(name) else { return }
    let hint = Suggestion.hint(for: name, among: names, known: "\(noun)s")
    diagnostics.error("'{\(spelling(name))}': there is no \(noun) '\(name)'\(hint)", at: node)
  }
}
