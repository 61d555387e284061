// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Events
import Figures
import Foundation
import HistFactory
import Inference
import Preservation
import Sampling
import Workflow

extension Failure {
  /// The one place that says whose matter an error of the modules below is.
  package init(classifying error: any Error) {
    switch error {
    case let failure as Failure:
      self = failure
    case is InvalidSpecification, is InvalidWorkspace, is InvalidModel, is InvalidHypothesis,
      is InvalidToyFile, is EventFileError, is FigureError, is RefusedPoint:
      self = .refused("\(error)")
    case is SamplingError, is FitFailure:
      self = .failed("\(error)")
    case let error as ArtifactError:
      self = Failure(error.code == .corrupted ? .failed : .refused, error.description)
    case let error as RegistryError:
      self = Failure(Self.kind(of: error.code), error.description)
    case is CancellationError:
      self = .failed("Cancelled. The same command continues where this one stopped.")
    case let error as CocoaError:
      self = Failure(classifying: error)
    default:
      self = Failure(.unexpected, "\(error)")
    }
  }

  private static func kind(of code: RegistryError.Code) -> Kind {
    switch code {
    case .notFound, .invalidQuery, .refused, .newerSchema, .unwritable: .refused
    case .busy, .corrupt: .failed
    }
  }

  private init(classifying error: CocoaError) {
    let path = error.filePath ?? "a file"
    switch error.code {
    case .fileNoSuchFile, .fileReadNoSuchFile:
      self = .refused("\(path): there is no such file.")
    case .fileReadNoPermission, .fileWriteNoPermission:
      self = .refused("\(path): you may not open it; its permissions forbid that.")
    case .fileWriteOutOfSpace:
      self = .failed("\(path): the disk is full.")
    default:
      self = .failed("\(path): \(error.localizedDescription)")
    }
  }
}

/// Runs a piece of work and lets nothing but a `Failure` out.
func classified<Value>(_ work: () throws -> Value) throws(Failure) -> Value {
  do {
    return try work()
  } catch {
    throw Failure(classifying: error)
  }
}

/// Runs a piece of asynchronous work and lets nothing but a `Failure` out.
func classified<Value>(
  isolation: isolated (any Actor)? = #isolation, _ work: () async throws -> Value
) async throws(Failure) -> Value {
  do {
    return try await work()
  } catch {
    throw Failure(classifying: error)
  }
}
