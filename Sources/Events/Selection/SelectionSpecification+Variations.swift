// SPDX-License-Identifier: Apache-2.0

extension SelectionSpecification {
  /// Columns that are replaced, up and down, and everything that uses them with it.
  ///
  /// The fields of a collection are replaced by expressions of its element, columns of the event by
  /// expressions of the event; either sees the nominal values.
  public struct Shift: Sendable, Hashable, Codable {
    /// A column and what replaces it.
    public struct Replacement: Sendable, Hashable, Codable {
      /// A field of the collection, or a column of the event.
      public var name: String
      /// Its value in the variation.
      public var expression: String
      /// A replacement.
      public init(name: String, expression: String) {
        self.name = name
        self.expression = expression
      }
    }

    /// Columns of the missing transverse momentum that recoils against the collection:
    /// pTmiss' = pTmiss − Σ (pT' − pT), as vectors, over all elements of the collection.
    public struct MissingMomentum: Sendable, Hashable, Codable {
      /// Column of its magnitude.
      public var pt: String
      /// Column of its azimuth.
      public var phi: String
      /// Both columns.
      public init(pt: String, phi: String) {
        self.pt = pt
        self.phi = phi
      }
    }

    /// Its name.
    public var name: String
    /// The collection of the events whose fields are replaced; nil for columns of the event.
    public var object: String?
    /// One standard deviation up.
    public var up: [Replacement]
    /// One standard deviation down.
    public var down: [Replacement]
    /// What recoils against the collection; nil for nothing.
    public var missingMomentum: MissingMomentum?
    /// A shift.
    public init(
      name: String, object: String? = nil, up: [Replacement], down: [Replacement],
      missingMomentum: MissingMomentum? = nil
    ) {
      self.name = name
      self.object = object
      self.up = up
      self.down = down
      self.missingMomentum = missingMomentum
    }
  }

  /// A relative change of all yields.
  public struct Rate: Sendable, Hashable, Codable {
    /// Its name.
    public var name: String
    /// Change one standard deviation up: 0.1 for ten per cent more.
    public var up: Double
    /// Change one standard deviation down: −0.1 for ten per cent less.
    public var down: Double
    /// A rate.
    public init(name: String, up: Double, down: Double) {
      self.name = name
      self.up = up
      self.down = down
    }
  }

  /// A table that expressions look numbers up in; its content comes when the program is compiled.
  public struct Table: Sendable, Hashable, Codable {
    /// Its name in expressions.
    public var name: String
    /// How many numbers it is asked with: 1 or 2.
    public var dimensions: Int
    /// What it says beyond its axes.
    public var outside: LookupTable.Outside
    /// A table.
    public init(name: String, dimensions: Int, outside: LookupTable.Outside) {
      self.name = name
      self.dimensions = dimensions
      self.outside = outside
    }
  }
}
