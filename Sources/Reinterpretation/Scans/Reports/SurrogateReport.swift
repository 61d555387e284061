// SPDX-License-Identifier: Apache-2.0
public import Sampling

/// The Gaussian processes of a scan, published whole.
public struct SurrogateReport: Sendable, Codable {
  /// The scan's name.
  public let scan: String
  /// Of every random choice.
  public let seed: UInt64
  /// The free parameters; positions of the data are in the unit cube that they span.
  public let parameters: [ScanReport.Parameter]
  /// Expressions that every point of the scan fulfils.
  public let constraints: [String]
  /// One for each output.
  public let outputs: [Surrogate]

  /// The Gaussian process of one output.
  public struct Surrogate: Sendable, Codable {
    /// The output; its transform says what the values of the data are.
    public let output: ScanReport.Output
    /// Data, hyperparameters (logarithms of amplitude and length scales) and inflation.
    public let process: GaussianProcess

    private enum CodingKeys: String, CodingKey {
      case output
      case process = "gaussian_process"
    }
  }
}
