// SPDX-License-Identifier: Apache-2.0

/// What is wrong inside a file; the reader adds the file to make an EventFileError.
struct FileProblem: Error {
  /// Where, from the outside in: a tree, a branch, a basket.
  private var places: [String] = []
  /// What, as the rest of a sentence that begins with the innermost place.
  private let predicate: String

  init(_ predicate: String) { self.predicate = predicate }

  /// What is wrong at a place.
  init(_ place: String, _ predicate: String) {
    places = [place]
    self.predicate = predicate
  }

  /// "tree 'Events', branch 'Jet_pt', basket 3 has offsets that aren't ascending"
  var message: String {
    places.isEmpty ? predicate : places.joined(separator: ", ") + " " + predicate
  }

  /// Runs a body and puts the place before what goes wrong in it.
  static func locating<Value>(_ place: @autoclosure () -> String, _ body: () throws -> Value) throws
    -> Value
  {
    do {
      return try body()
    } catch var problem as FileProblem {
      problem.places.insert(place(), at: 0)
      throw problem
    }
  }

  /// Runs a body and turns what goes wrong in it into an error of the file.
  static func inFile<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let problem as FileProblem {
      throw EventFileError(path: path, message: problem.message)
    }
  }
}
