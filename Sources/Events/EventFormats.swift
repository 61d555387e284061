// SPDX-License-Identifier: Apache-2.0

/// The formats that come with this module.
public enum EventFormats {
  /// One of each, in the order in which they are told.
  public static let all: [any EventFormat] = [
    ROOTFormat(), RNTupleFormat(), CSVFormat(), LHEFormat(), HepMC3Format(), NPZFormat(),
    HDF5Format(),
  ]

  /// The format that an analysis calls by this name; nil if there is none.
  public static func named(_ name: String) -> (any EventFormat)? {
    all.first { type(of: $0).name == name }
  }

  /// Their names, for messages: "root, rntuple, csv, lhe, hepmc3, npz, hdf5".
  public static var names: String {
    all.map { type(of: $0).name }.joined(separator: ", ")
  }
}
