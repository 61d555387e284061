// SPDX-License-Identifier: Apache-2.0
import Events
public import Workflow

extension StepCatalog {
  /// `selection`, `signal-model`, `fit`, `cls`, `upper-limit` and `command`, with all
  /// formats of events (`EventFormats`).
  public static var standard: StepCatalog {
    StepCatalog([
      SelectionKind(formats: EventFormats.all), SignalModelKind(), FitKind(), CLsKind(),
      UpperLimitKind(), CommandKind(),
    ])
  }
}
