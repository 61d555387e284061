// SPDX-License-Identifier: Apache-2.0
import Events
public import Workflow

extension StepCatalog {
  /// `selection`, `signal-model`, `fit`, `cls`, `upper-limit` and `command`, with ROOT as the only
  /// format of events.
  public static var standard: StepCatalog {
    StepCatalog([
      SelectionKind(formats: [ROOTFormat()]), SignalModelKind(), FitKind(), CLsKind(),
      UpperLimitKind(), CommandKind(),
    ])
  }
}
