// SPDX-License-Identifier: Apache-2.0

/// Data, hyperparameters, inflation and prior; the factor is made again when it is read.
extension GaussianProcess: Codable {
  private enum CodingKeys: String, CodingKey {
    case observations, hyperparameters, inflation, prior
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      values.decode([Observation].self, forKey: .observations),
      hyperparameters: values.decode([Double].self, forKey: .hyperparameters),
      inflation: values.decode(Double.self, forKey: .inflation),
      prior: values.decodeIfPresent(GaussianProcess.self, forKey: .prior))
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(observations, forKey: .observations)
    try values.encode(hyperparameters, forKey: .hyperparameters)
    try values.encode(inflation, forKey: .inflation)
    try values.encodeIfPresent(prior, forKey: .prior)
  }
}
