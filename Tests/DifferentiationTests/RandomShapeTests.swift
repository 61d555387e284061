// SPDX-License-Identifier: Apache-2.0
import Differentiation
import Testing

/// Operations on matrices and events, on random shapes: reverse mode, forward mode and differences
/// agree, and so do second derivatives and differences of gradients.
@Suite struct RandomShapeTests {
  private func check(
    _ tape: Tape, at point: [Double], seed: UInt64, tolerance: Double = 1e-8,
    step: Double = 1e-3, location: SourceLocation = #_sourceLocation
  ) throws {
    let check = try checkGradient(of: tape, at: point, step: step, seed: seed)
    #expect(check.reverseDeviation < tolerance, sourceLocation: location)
    #expect(check.forwardDeviation < tolerance, sourceLocation: location)
    #expect(check.dualityDeviation < 1e-13, sourceLocation: location)
    let curvature = try checkCurvature(of: tape, at: point, step: step, seed: seed)
    #expect(curvature < 10 * tolerance, sourceLocation: location)
  }

  private func numbers(_ count: Int, _ random: inout CounterRandom) -> [Double] {
    (0..<count).map { _ in random.normal() }
  }

  @Test(arguments: 0..<12)
  func matrixProducts(_ seed: UInt64) throws {
    var random = CounterRandom(seed: seed)
    let rows = 1 + Int(random.next() % 9), columns = 1 + Int(random.next() % 12)
    let depth = 1 + Int(random.next() % 9)
    let builder = TapeBuilder()
    let x = builder.input(count: rows * depth), y = builder.input(count: depth * columns)
    let tape = builder.tape(of: tanh(matrixProduct(x, y, depth: depth)))
    #expect(tape.resultCount == rows * columns)
    try check(tape, at: numbers(tape.inputCount, &random), seed: seed)
  }

  @Test(arguments: 0..<12)
  func softmaxOfRows(_ seed: UInt64) throws {
    var random = CounterRandom(seed: 100 + seed)
    let rows = 1 + Int(random.next() % 6), columns = 1 + Int(random.next() % 9)
    let builder = TapeBuilder()
    let tape = builder.tape(of: softmax(builder.input(count: rows * columns), columns: columns))
    let point = numbers(tape.inputCount, &random)
    try check(tape, at: point, seed: seed)
    let value = try tape.value(at: point.map { 300 * $0 })
    for row in 0..<rows {
      #expect(abs(value[row * columns..<(row + 1) * columns].reduce(0, +) - 1) < 1e-15 * 10)
    }
  }

  @Test(arguments: [Activation.identity, .relu, .tanh, .sigmoid, .softplus], [1, 5, 97, 200])
  func denseLayers(_ activation: Activation, _ events: Int) throws {
    var random = CounterRandom(seed: UInt64(events))
    let layer = DenseLayer(
      inputs: 1 + Int(random.next() % 5), outputs: 1 + Int(random.next() % 11),
      activation: activation)
    let builder = TapeBuilder()
    let x = builder.input(count: events * layer.inputs)
    let parameters = builder.input(count: layer.parameterCount)
    let tape = builder.tape(of: layer(x, parameters))
    #expect(tape.resultCount == events * layer.outputs)
    // Small steps, so that few events cross a kink of relu; none does with these seeds.
    try check(
      tape, at: numbers(tape.inputCount, &random), seed: 3, tolerance: 1e-7, step: 1e-5)
  }

  @Test func layersAreWhatTheirFormulaSays() throws {
    let layer = DenseLayer(inputs: 2, outputs: 3, activation: .relu)
    let builder = TapeBuilder()
    let x = builder.constant([1, 2, -1, 0.5])
    let tape = builder.tape(of: layer(x, builder.input(count: layer.parameterCount)))
    let value = try tape.value(at: [1, 2, 3, 4, 5, 6, -10, 0.5, 0])
    // Rows (1, 2) and (−1, 0.5) times ((1, 2, 3), (4, 5, 6)) plus (−10, 0.5, 0).
    #expect(value == [0, 12.5, 15, 0, 1, 0])
  }

  @Test(arguments: 0..<8)
  func networks(_ seed: UInt64) throws {
    var random = CounterRandom(seed: 200 + seed)
    let widths = [1 + Int(random.next() % 3), 7, 1 + Int(random.next() % 9), 2]
    let network = Network(widths, hidden: .tanh, output: .sigmoid)
    let builder = TapeBuilder()
    let x = builder.constant(numbers(17 * widths[0], &random))
    let tape = builder.tape(of: network(x, builder.input(count: network.parameterCount)))
    try check(tape, at: network.initialParameters(seed: seed), seed: seed)
  }

  @Test(arguments: 0..<4)
  func networksOfVariableFeatures(_ seed: UInt64) throws {
    var random = CounterRandom(seed: 600 + seed)
    let network = Network([2, 5, 4, 3], hidden: .softplus, output: .identity)
    let builder = TapeBuilder()
    let x = builder.input(count: 2 * 113), parameters = builder.input(count: network.parameterCount)
    // The same network twice: nodes that share nothing.
    let tape = builder.tape(of: network(x, parameters) + network(0.5 * x, sigmoid(parameters)))
    let start = network.initialParameters(seed: seed)
    try check(tape, at: numbers(2 * 113, &random) + start, seed: seed)
  }

  @Test(arguments: 0..<16)
  func kernelHistograms(_ seed: UInt64) throws {
    var random = CounterRandom(seed: 300 + seed)
    let events = 1 + Int(random.next() % 150), bins = 1 + Int(random.next() % 6)
    let weights = seed % 3 == 0 ? 1 : events
    let builder = TapeBuilder()
    let x = builder.input(count: events), w = builder.input(count: weights)
    let edges = builder.input(count: bins + 1), bandwidth = builder.input(count: 1)
    let histogram = KernelHistogram(
      of: x, weights: w, edges: edges, bandwidth: bandwidth,
      tails: seed % 2 == 0 ? .folded : .dropped)
    let tape = builder.tape(of: concatenate([histogram.sumW, histogram.sumW2]))
    let positions = (0...bins).map { Double($0) - Double(bins) / 2 + 0.2 * random.uniform() }
    let point = numbers(events + weights, &random) + positions + [0.5]
    try check(tape, at: point, seed: seed, tolerance: 1e-7)
  }

  @Test(arguments: 0..<6)
  func softmaxHistograms(_ seed: UInt64) throws {
    var random = CounterRandom(seed: 400 + seed)
    let events = 1 + Int(random.next() % 40), bins = 1 + Int(random.next() % 6)
    let builder = TapeBuilder()
    let outputs = builder.input(count: events * bins), w = builder.input(count: events)
    let histogram = SoftmaxHistogram(of: outputs, weights: w, bins: bins, temperature: 0.7)
    let tape = builder.tape(of: concatenate([histogram.sumW, histogram.sumW2]))
    try check(tape, at: numbers(tape.inputCount, &random), seed: seed, tolerance: 1e-7)
  }

  @Test(arguments: 0..<6)
  func softSelections(_ seed: UInt64) throws {
    var random = CounterRandom(seed: 500 + seed)
    let events = 1 + Int(random.next() % 40)
    let builder = TapeBuilder()
    let x = builder.input(count: events), y = builder.input(count: events)
    let cuts = builder.input(count: 3)
    let selection = SoftSelection(x, above: cuts[0], steepness: exp(cuts[2]))
      .and(SoftSelection(y, below: cuts[1], steepness: exp(cuts[2])))
    let tape = builder.tape(of: concatenate([selection.weights, selection.logWeights]))
    try check(tape, at: numbers(tape.inputCount, &random), seed: seed, tolerance: 1e-7)
  }

  @Test func edgesStayOrdered() throws {
    var random = CounterRandom(seed: 9)
    let builder = TapeBuilder()
    let tape = builder.tape(of: orderedEdges(builder.input(count: 5), from: -1, to: 3))
    try check(tape, at: numbers(5, &random), seed: 1)
    for _ in 0..<50 {
      let edges = try tape.value(at: numbers(5, &random).map { 3 * $0 })
      #expect(edges[0] == -1 && edges[5] == 3)
      for (lower, upper) in zip(edges, edges.dropFirst()) { #expect(lower < upper) }
    }
  }
}
