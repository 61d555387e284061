// SPDX-License-Identifier: Apache-2.0
public import Workflow
extension StepCatalog {
  /// selection, signal-model, fit, cls, upper-limit, command.
  public static var standard: StepCatalog { StepCatalog([]) }
}
